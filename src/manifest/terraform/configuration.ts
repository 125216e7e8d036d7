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
const identity = /^(?:id|arn|name|bucket|version|email|\w+_(?:id|arn|name))$/;

/** Expressions name few things; one that names more is not worth following, and a hostile one could name any number. */
const mostReferences = 32;

const deepest = 20;

/** Configuration of a plan: which expression an attribute has, and what the expression refers to. */
export class Configuration {
  private readonly modules = new Map<string, Json | undefined>();
  private readonly resources = new Map<string, Map<string, Json>>();

  /**
   * `instances` gives the addresses of the instances of a resource: of `module.a` and `aws_s3_bucket.b`, all of them where the plan is whole.
   * `isRead` tells whether a data source has been read while planning.
   */
  constructor(
    private readonly root: unknown,
    private readonly instances: (module: string, resource: string) => readonly string[],
    private readonly isWhole: boolean,
    private readonly isRead: (module: string, data: string) => boolean,
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

  /** What an expression of a module is made from; `key` is that of the instance it is evaluated for, `["x"]`. */
  made(expression: unknown, module: string, key: string, depth = 0): Made | undefined {
    const leaves = leavesOf(member(expression, 'references'));
    if (leaves.length === 0 || depth > deepest) return undefined;
    // `b[each.key]` is written down as `b` and `each.key`.
    const named = leaves.filter((leaf) => leaf !== 'each.key' && leaf !== 'count.index');
    const others = named.length === 1 ? named : named.filter((leaf) => !this.isSettled(leaf, module, depth));
    const [only] = others;
    const steps = only !== undefined && others.length === 1 ? stepsOf(only) : undefined;
    if (!steps) return { label: labelOf(leaves, module) };
    const byKey = named.length < leaves.length;
    const instance = { key: leaves.includes('each.key') ? key : '', byKey };
    return this.follow(steps, module, instance, depth) ?? { label: labelOf(leaves, module) };
  }

  /** Whether what is named is known while planning: what is known after apply only does not come from it. */
  private isSettled(leaf: string, module: string, depth: number): boolean {
    const steps = stepsOf(leaf);
    const [head, name] = (steps ?? []).map(nameOf);
    if (!steps || head === undefined) return false;
    if (head === 'path' || head === 'terraform') return true;
    if (head === 'var') return module === '' || this.isGiven(name, module, depth);
    if (notResources.has(head) || head === 'module' || name === undefined) return false;
    if (head === 'data') return this.isRead(module, spell(steps.slice(0, 3)));
    // What has no instances has no values that are still to come.
    return this.instances(module, `${head}.${name}`).length === 0 && this.isWhole;
  }

  /** Whether an input of a module is known while planning. */
  private isGiven(name: string | undefined, module: string, depth: number): boolean {
    const parent = parentModule(module);
    const call = modulePath(module).at(-1) ?? '';
    const expressions = at(this.module(parent), 'module_calls', call, 'expressions');
    if (name === undefined || expressions === undefined || depth > deepest) return false;
    const expression = member(expressions, name);
    // Without an expression it is its default.
    if (expression === undefined || member(expression, 'constant_value') !== undefined) return true;
    const leaves = leavesOf(member(expression, 'references'));
    return leaves.length > 0 && leaves.every((leaf) => this.isSettled(leaf, parent, depth + 1));
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
    return this.instance(steps, module, instance);
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
    if (keyed) {
      const address = own + spell(steps.slice(2, 3));
      return known.includes(address) ? of(address) : undefined;
    }
    // Where there is one instance, no key can mean another.
    if (known.length === 1 && (byKey || !attribute || known[0] === own)) return of(known[0] as string);
    return byKey && key !== '' && known.includes(own + key) ? of(own + key) : undefined;
  }

  private module(address: string): Json | undefined {
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
function leavesOf(references: unknown): readonly string[] {
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
