import { inModule, lastKey, modulePath, parentModule, type Step, spell, stepsOf } from './address.js';
import { asArray, asObject, at, type Json, member, objectsIn } from './shape.js';

/** What an expression is made from, as far as the configuration tells. */
export interface Made {
  /** The resource instance it comes from, where only one can be meant. */
  resource?: { address: string; attribute?: string };
  /** The `aws_iam_policy_document`, or other data source, whose attribute it is. */
  data?: { address: string; attribute: string };
  /** What is named in the expression, for people. */
  label: string;
}

/**
 * Attributes that name the thing they belong to: a version of a guardrail and a service account of Google, known by its address of
 * mail, have no other name. Others say something about it, and are no reference.
 */
const identity = /^(?:id|arn|name|bucket|version|email|(?:cluster_)?identifier|\w+_(?:id|arn|name))$/;

/** Expressions name few things; one that names more is not worth following, and a hostile one could name any number. */
const mostReferences = 32;

const deepest = 20;

/** Configuration of a plan: which expression an attribute has, and what the expression refers to. */
export class Configuration {
  private readonly modules = new Map<string, Json | undefined>();
  private readonly resources = new Map<string, Map<string, Json>>();

  /**
   * `instances` gives the addresses of the instances of a resource: of `module.a` and `aws_s3_bucket.b`, all of them where the plan is whole.
   * `variables` are the values of the root's.
   */
  constructor(
    private readonly root: unknown,
    private readonly instances: (module: string, resource: string) => readonly string[],
    private readonly isWhole: boolean,
    private readonly variables: unknown,
  ) {}

  /** The configuration of a resource: `module.a["x"]` and `aws_s3_bucket.b`. */
  resource(module: string, resource: string): Json | undefined {
    let known = this.resources.get(module);
    if (!known) {
      known = new Map();
      for (const each of objectsIn(member(this.module(module), 'resources')))
        known.set(String(member(each, 'address')), each);
      this.resources.set(module, known);
    }
    return known.get(resource);
  }

  /**
   * What an expression of a module is made from; `key` is that of the instance it is evaluated for, `["x"]`, and `resource` what that is an
   * instance of.
   */
  made(expression: unknown, module: string, key: string, depth = 0, resource?: string): Made | undefined {
    const leaves = leavesOf(member(expression, 'references'));
    if (leaves.length === 0 || depth > deepest) return undefined;
    // `b[each.key]` is written down as `b` and `each.key`.
    const named = leaves.filter((leaf) => leaf !== 'each.key' && leaf !== 'count.index');
    const others = named.length === 1 ? named : named.filter((leaf) => !this.isAside(leaf, module, depth));
    const [only] = others;
    const steps = only !== undefined && others.length === 1 ? stepsOf(only) : undefined;
    if (!steps) return this.agreed(others.length > 1 ? named : [], module, depth) ?? { label: labelOf(leaves, module) };
    const byKey = named.length < leaves.length;
    const isOfTurn = leaves.includes('each.key') || (byKey && this.arePaired(resource, steps, module));
    const instance = { key: isOfTurn ? key : '', byKey };
    return this.follow(steps, module, instance, depth) ?? { label: labelOf(leaves, module) };
  }

  /**
   * The one thing several names come to, as in `try(aws_s3_bucket_policy.b.id, aws_s3_bucket.b.id)` and where something chooses between the
   * two: nobody joins the name of a thing to itself, so that what else is named only decides.
   */
  private agreed(leaves: readonly string[], module: string, depth: number): Made | undefined {
    const found: Made[] = [];
    for (const leaf of leaves) {
      const steps = stepsOf(leaf) ?? [];
      const head = nameOf(steps[0]);
      if (head === 'local' || head === 'var') continue;
      const made = this.follow(steps, module, { key: '', byKey: false }, depth);
      if (!made?.resource && !this.isAside(leaf, module, depth)) return undefined;
      if (made?.resource) found.push(made);
    }
    const [first, ...more] = found;
    return more.length > 0 && more.every(({ resource }) => isOne(resource, first?.resource)) ? first : undefined;
  }

  /** What is called after another thing is named by that: the policy of a bucket by the bucket, whether there is one or not. */
  private calledAfter(steps: readonly Step[], module: string, depth: number): Made | undefined {
    const [type, name] = steps.map(nameOf);
    const attribute = nameOf(steps.at(-1));
    const after = type === undefined ? undefined : namesakes.get(type);
    if (after === undefined || (attribute !== 'id' && attribute !== after) || depth > deepest) return undefined;
    const keys = steps.flatMap((step) => ('key' in step ? [`[${step.key}]`] : []));
    const expression = at(this.resource(module, `${type}.${name}`), 'expressions', after);
    return this.made(expression, module, keys.at(-1) ?? '', depth + 1);
  }

  /**
   * What `each.value` is made from where a resource has an instance for each of another's (`for_each = aws_s3_bucket.b`), which then have
   * the same keys; undefined for any other expression. To give a key of one to another an expression would have to name something else, or
   * spell the keys out; of that a plan says nothing, and nobody does it.
   */
  chained(expression: unknown, forEach: unknown, module: string, key: string): Made | undefined {
    if (forEach === undefined || key === '') return undefined;
    const [leaf, ...others] = leavesOf(member(expression, 'references'));
    const [around, ...more] = leavesOf(member(forEach, 'references'));
    if (leaf === undefined || around === undefined || others.length + more.length > 0) return undefined;
    const [each, value, attribute, ...deeper] = (stepsOf(leaf) ?? []).map(nameOf);
    if (each !== 'each' || value !== 'value' || attribute === undefined || deeper.length > 0) return undefined;
    const [type, name, ...rest] = stepsOf(around) ?? [];
    if (!type || !name || rest.length > 0 || !identity.test(attribute)) return undefined;
    const resource = spell([type, name]);
    const address = `${inModule(module, resource)}${key}`;
    if (!this.instances(module, resource).includes(address)) return undefined;
    return { resource: { address, attribute }, label: `${address}.${attribute}` };
  }

  /**
   * Whether each instance of a resource has one of its own number among those of another, which `b[count.index]` then is: there are as many,
   * for the same reason. What a plan does not tell, such as `b[1 - count.index]`, would still take each of them once.
   */
  private arePaired(resource: string | undefined, steps: readonly Step[], module: string): boolean {
    const [type, name] = steps;
    if (resource === undefined || !type || !name) return false;
    const other = spell([type, name]);
    const [count, its] = [resource, other].map((each) => member(this.resource(module, each), 'count_expression'));
    if (count === undefined || its === undefined) return false;
    if (this.instances(module, resource).length !== this.instances(module, other).length) return false;
    const [first, ...more] = leavesOf(member(count, 'references'));
    return (first === other && more.length === 0) || JSON.stringify(count) === JSON.stringify(its);
  }

  /**
   * Whether what is named only decides: it is known while planning, so that what is known after apply only does not come from it, and is no
   * text, which could be joined to another. A plan tells what an expression names, and not what it does with it.
   */
  isAside(leaf: string, module: string, depth: number): boolean {
    const steps = stepsOf(leaf);
    const [head, name] = (steps ?? []).map(nameOf);
    if (!steps || head === undefined || name === undefined) return false;
    if (head === 'var') {
      const given = this.given(name, module, depth);
      return given !== undefined && !isJoinable(steps.slice(2).reduce<unknown>(inside, given.value));
    }
    if (notResources.has(head) || head === 'module' || head === 'data') return false;
    // What has no instances has no values that are still to come.
    return this.instances(module, `${head}.${name}`).length === 0 && this.isWhole;
  }

  /** The value of an input of a module, or of a variable of the root, where it is known while planning. */
  given(name: string, module: string, depth: number): { value: unknown } | undefined {
    if (module === '') return valueIn(member(this.variables, name), 'value');
    const parent = parentModule(module);
    const call = modulePath(module).at(-1) ?? '';
    const expressions = at(this.module(parent), 'module_calls', call, 'expressions');
    if (expressions === undefined || depth > deepest) return undefined;
    const expression = member(expressions, name);
    if (expression === undefined) return valueIn(at(this.module(module), 'variables', name), 'default');
    const leaves = leavesOf(member(expression, 'references'));
    if (leaves.length === 0) return valueIn(expression, 'constant_value');
    // Of what only decides nobody knows what it decides; it is taken for another that does.
    return leaves.every((leaf) => this.isAside(leaf, parent, depth + 1)) ? { value: null } : undefined;
  }

  /** Whether an expression is null whatever is known after apply: spelt out, or by inputs and variables that are. */
  isNull(expression: unknown, module: string): boolean {
    if (member(expression, 'constant_value') === null) return true;
    const leaves = leavesOf(member(expression, 'references'));
    return leaves.length > 0 && leaves.every((leaf) => this.isNullInput(leaf, module));
  }

  private isNullInput(leaf: string, module: string): boolean {
    const [head, name, ...deeper] = (stepsOf(leaf) ?? []).map(nameOf);
    return head === 'var' && name !== undefined && deeper.length === 0 && this.given(name, module, 0)?.value === null;
  }

  /** Whether an input of a module is given what names other things: of that nobody knows whether it is turned around. */
  isWorkedOut(name: string, module: string): boolean {
    if (module === '') return false;
    const calls = at(this.module(parentModule(module)), 'module_calls', modulePath(module).at(-1) ?? '');
    return leavesOf(member(at(calls, 'expressions', name), 'references')).length > 0;
  }

  private follow(
    steps: readonly Step[],
    module: string,
    instance: { key: string; byKey: boolean },
    depth: number,
  ): Made | undefined {
    const head = nameOf(steps[0]);
    if (head === 'var') return instance.byKey ? undefined : this.input(steps.slice(1).map(nameOf), module, depth);
    if (head === 'module') return instance.byKey ? undefined : this.output(steps, module, depth);
    if (head === 'data') return instance.byKey ? undefined : data(steps, module);
    if (head === undefined || notResources.has(head)) return undefined;
    return (
      (instance.byKey ? undefined : this.calledAfter(steps, module, depth)) ?? this.instance(steps, module, instance)
    );
  }

  /** An input of the module is what its caller passes. */
  private input(rest: readonly (string | undefined)[], module: string, depth: number): Made | undefined {
    const [name, ...deeper] = rest;
    if (name === undefined || deeper.length > 0 || module === '') return undefined;
    const parent = parentModule(module);
    const call = modulePath(module).at(-1) ?? '';
    const expression = at(this.module(parent), 'module_calls', call, 'expressions', name);
    return this.made(expression, parent, lastKey(module), depth + 1);
  }

  /** An output of a called module is what the module says it is. */
  private output(steps: readonly Step[], module: string, depth: number): Made | undefined {
    const keyed = 'key' in (steps[2] ?? {});
    const called = steps.slice(0, keyed ? 3 : 2);
    const [output, ...deeper] = steps.slice(called.length);
    if (!output || !('name' in output) || deeper.length > 0 || !('name' in (steps[1] ?? {}))) return undefined;
    const child = inModule(module, spell(called));
    const call = at(this.module(module), 'module_calls', (steps[1] as { name: string }).name);
    const many = member(call, 'count_expression') ?? member(call, 'for_each_expression');
    if (many !== undefined && !keyed) return undefined;
    return this.made(at(call, 'module', 'outputs', output.name, 'expression'), child, '', depth + 1);
  }

  private instance(steps: readonly Step[], module: string, { key, byKey }: { key: string; byKey: boolean }) {
    const [type, name] = steps;
    if (!type || !name || !('name' in type) || !('name' in name)) return undefined;
    const resource = `${type.name}.${name.name}`;
    const known = this.instances(module, resource);
    const keyed = steps[2] !== undefined && 'key' in steps[2];
    const attribute = steps[keyed ? 3 : 2];
    if (steps.length > (keyed ? 4 : 3)) return undefined;
    if (attribute && !('name' in attribute && identity.test(attribute.name))) return undefined;
    const label = inModule(module, spell(steps));
    const of = (address: string): Made => ({
      resource: attribute ? { address, attribute: attribute.name } : { address },
      label,
    });
    const own = inModule(module, resource);
    const address =
      keyed || attribute ? named(own, keyed ? spell(steps.slice(2, 3)) : '', byKey) : keyOf(known, own, key, byKey);
    return address !== undefined && known.includes(address) ? of(address) : undefined;
  }

  /** What a module is made of; the root where the address is empty. */
  module(address: string): Json | undefined {
    const path = modulePath(address);
    const key = path.join('.');
    if (!this.modules.has(key)) {
      let place: unknown = member(this.root, 'root_module');
      for (const name of path) place = at(place, 'module_calls', name, 'module');
      this.modules.set(key, asObject(place));
    }
    return this.modules.get(key);
  }
}

/** Parts of a thing that the provider calls by its name → the attribute that gives it. */
const namesakes: ReadonlyMap<string, string> = new Map([
  ['aws_s3_bucket_policy', 'bucket'],
  ['aws_s3_bucket_public_access_block', 'bucket'],
  ['aws_s3_bucket_ownership_controls', 'bucket'],
]);

const isOne = (one: Made['resource'], other: Made['resource']): boolean =>
  one?.address === other?.address && nameIn(one) === nameIn(other);

/** The name of a bucket is its id. */
const nameIn = (resource: Made['resource']): string | undefined =>
  resource?.attribute === 'bucket' ? 'id' : resource?.attribute;

/** What is written with an attribute or a key is one instance; beside it, a key of the turn stands for something else. */
const named = (own: string, key: string, byKey: boolean): string | undefined => (byKey ? undefined : own + key);

/** The instance the key of the turn chooses. Where there is one, no key can mean another; of what has no keys none is chosen. */
function keyOf(known: readonly string[], own: string, key: string, byKey: boolean): string | undefined {
  const [only, ...others] = known;
  if (others.length === 0) return byKey && only === own ? undefined : only;
  return byKey && key !== '' ? own + key : undefined;
}

/** What may be a part of a text; booleans, nothing and lists decide which of several is meant. */
const isJoinable = (value: unknown): boolean =>
  (typeof value === 'string' && value !== '') || typeof value === 'number';

function valueIn(object: unknown, key: string): { value: unknown } | undefined {
  const value = member(object, key);
  return value === undefined ? undefined : { value };
}

/** What a step leads to; of what is not there, a text nobody knows. */
function inside(value: unknown, step: Step): unknown {
  const key = 'name' in step ? step.name : step.key.replace(/^"(.*)"$/, '$1');
  const found = Array.isArray(value) ? value[Number(key)] : member(value, key);
  return found === undefined ? openText : found;
}

const openText = '?';

const nameOf = (step: Step | undefined): string | undefined => (step && 'name' in step ? step.name : undefined);

const notResources = new Set(['each', 'count', 'local', 'path', 'self', 'terraform', 'ephemeral']);

function data(steps: readonly Step[], module: string): Made | undefined {
  const last = steps.at(-1);
  const keyed = 'key' in (steps[3] ?? {});
  if (!last || !('name' in last) || steps.length !== (keyed ? 5 : 4)) return undefined;
  const address = inModule(module, spell(steps.slice(0, -1)));
  return { data: { address, attribute: last.name }, label: inModule(module, spell(steps)) };
}

const labelOf = (leaves: readonly string[], module: string): string =>
  leaves
    .slice(0, 3)
    .map((leaf) => inModule(module, leaf))
    .join(' and ');

/** References of an expression without those that are the beginning of another: `aws_kms_key.a.arn` comes with `aws_kms_key.a`. */
export function leavesOf(references: unknown): readonly string[] {
  const named = asArray(references).filter((each): each is string => typeof each === 'string');
  const [first, second] = named;
  // As most are written down: an attribute, and the resource it is one of.
  if (named.length === 2 && isInside(first as string, second as string)) return [first as string];
  const all = [...new Set(named)];
  if (all.length > mostReferences) return [];
  return all.filter((each) => !all.some((other) => isInside(other, each)));
}

/** Whether a reference goes on where another ends. */
function isInside(inner: string, outer: string): boolean {
  const next = inner.charCodeAt(outer.length);
  return (next === dot || next === openBracket) && inner.startsWith(outer);
}

const dot = 46;
const openBracket = 91;
