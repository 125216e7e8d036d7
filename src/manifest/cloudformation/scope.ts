import { jsonText } from '#model/json-text.js';
import { namesSecret } from '#model/secret-name.js';
import { type Dict, openChoice, type Reference, type Unknown, type Value, type World } from '#model/value.js';
import type { Raw, RawMap } from '../yaml/tree.js';
import { compare } from './compare.js';
import type { Environment } from './environment.js';
import { type Exported, type Exports, withoutChoice, worldBeside } from './exports.js';
import { intrinsics } from './intrinsics.js';
import { lacks } from './lacks.js';
import { macroIn } from './macro.js';
import { absent, accountId, concat, elsewhere, literal, repositoryName, rewritten, unknown } from './open.js';
import { asGiven, asPassed, bared, isLookedUp, optionValue, type Parameter, scalarText } from './parameter.js';
import { spell } from './spell.js';
import type { Stack } from './stack.js';
import type { Template } from './template.js';

/** A file a template names: what it holds, or why it is not looked at. */
export type Opened = { file: string; text: string; identity: string } | { refused: string };

/** What the reader of a template is told beside its text. */
export interface Given {
  partition: string;
  regions: readonly string[];
  account?: string;
  /** Where the stack goes, where that is said beside the template. */
  environment?: Environment;
  /** Values of parameters, as in a parameters file. */
  parameters: Readonly<Record<string, string>>;
  /** Opens the template of a nested stack; `from` is the file that names it. */
  open?: (path: string, from: string) => Opened;
  /** What the stacks of the run export. */
  exports?: Exports;
}

/**
 * A stack in one world: turns what is written into values. Conditions and parameters with several possible values ask
 * the world; everything else is a pure reading.
 */
export class Scope {
  readonly template: Template;
  private around: Scope | undefined;

  constructor(
    readonly stack: Stack,
    readonly world: World,
    /** Shared with the scopes of stacks around and inside this one. */
    private readonly known: Known = nothing(),
  ) {
    this.template = stack.template;
  }

  /** The same where CloudFormation redacts nothing: what is hidden by `NoEcho` is shown in the Metadata of a resource. */
  bare(): Scope {
    return new Scope(this.stack, this.world, { ...this.known, values: new Map(), isBare: true });
  }

  /** `at` is where a person should look for the value: the key it stands under, or the value itself. */
  value(raw: Raw, at: number = raw.at): Value {
    if (raw.kind === 'scalar') return typeof raw.value === 'string' ? literal(raw.value, at) : { ...raw, at };
    if (raw.kind === 'seq') return this.list(raw.items, at);
    if (raw.entries.size === 1) {
      const [name, entry] = raw.entries.entries().next().value as [string, { value: Raw }];
      if (name === 'Ref' || (name.startsWith('Fn::') && !name.startsWith('Fn::ForEach::')))
        return this.call(name, entry.value, at);
    }
    return this.dict(raw, at);
  }

  /** The value of a parameter, a pseudo parameter or a resource's `Ref`. */
  ref(name: string, at: number): Value {
    if (name.startsWith('AWS::')) return this.pseudo(name, at);
    const parameter = this.template.parameters.get(name);
    if (parameter) return this.parameter(parameter, at);
    if (this.template.resources.has(name)) return { kind: 'reference', to: this.stack.prefix + name, at };
    return unknown(`${name}, which the template refers to but does not define`, at);
  }

  /** What `GetAtt` gives of a resource. */
  attribute(resource: string, attribute: string | undefined, at: number): Value {
    const entry = this.template.resources.get(resource);
    if (!entry) return unknown(`${resource}, which the template refers to but does not define`, at);
    const to = this.stack.prefix + resource;
    if (attribute?.startsWith('Outputs.')) return this.output(resource, attribute.slice('Outputs.'.length), at);
    if (attribute === undefined) return { kind: 'reference', to, at };
    const type = scalarText(entry.value.entries.get('Type')?.value) ?? '';
    // What these give is not the name of the thing itself: it may be the ARN of any other.
    const given = (): Unknown => elsewhere(`what ${to}.${attribute} returns`, at);
    if (namesSecret(attribute)) return { ...given(), hidden: true };
    if (type === jsonOfCdk && attribute === 'Value') return this.parsed(entry.value, at) ?? given();
    if (givesAnything.test(type)) return given();
    if (type === 'AWS::ECR::Repository' && attribute === 'RepositoryUri') return this.repositoryUri(to, at);
    // Versions are resources of their own: this is what the guardrail is before there is one.
    if (type === 'AWS::Bedrock::Guardrail' && attribute === 'Version') return { kind: 'scalar', value: 'DRAFT', at };
    return { kind: 'reference', to, attribute, at };
  }

  /** What the CDK's `CfnJson` gives: the object its text is, with keys no template could write; undefined where that is not known here. */
  private parsed(resource: RawMap, at: number): Value | undefined {
    const properties = resource.entries.get('Properties')?.value;
    const raw = properties?.kind === 'map' ? properties.entries.get('Value')?.value : undefined;
    const text = raw && this.known.depth <= 50 ? this.deeper(() => this.value(raw, at)) : absent(at);
    if ((text.kind !== 'text' && text.kind !== 'scalar') || text.sensitive) return undefined;
    return jsonText(text.kind === 'text' ? text : { kind: 'text', parts: [String(text.value)], at });
  }

  /** The address of a repository of images: all of it but its name is that of the stack. */
  private repositoryUri(to: string, at: number): Value {
    const [account, region, suffix] = [
      this.pseudo('AWS::AccountId', at),
      this.pseudo('AWS::Region', at),
      this.pseudo('AWS::URLSuffix', at),
    ];
    return concat([account, '.dkr.ecr.', region, '.', suffix, '/', repositoryName(to, at)], at);
  }

  /** The fields of the ARN of a repository of images, of which the CDK makes its address; undefined for anything else. */
  arnFields(reference: Reference, at: number): readonly Value[] | undefined {
    const { to, attribute } = reference;
    if (attribute !== 'Arn' || !this.isRepository(reference)) return undefined;
    return [
      { kind: 'scalar', value: 'arn', at },
      this.pseudo('AWS::Partition', at),
      { kind: 'scalar', value: 'ecr', at },
      this.pseudo('AWS::Region', at),
      this.pseudo('AWS::AccountId', at),
      concat(['repository/', repositoryName(to, at)], at),
    ];
  }

  /** A value as a part of a text: the name of a repository of images has a shape, whichever it is. */
  inText(value: Value): Value {
    const isName = value.kind === 'reference' && value.attribute === undefined && this.isRepository(value);
    return isName ? repositoryName(value.to, value.at) : value;
  }

  private isRepository({ to }: Reference): boolean {
    const { prefix } = this.stack;
    const entry = to.startsWith(prefix) ? this.template.resources.get(to.slice(prefix.length)) : undefined;
    return scalarText(entry?.value.entries.get('Type')?.value) === 'AWS::ECR::Repository';
  }

  /**
   * What another stack of the run exports under a name, as far as that depends on no choice of its own: its conditions are not those of this
   * one, and its parameters may have any value. Undefined where nothing can be told.
   */
  imported(name: Value, at: number): Value | undefined {
    const { exports } = this.stack.given;
    const found = name.kind === 'scalar' ? exports?.find(String(name.value), this.stack) : undefined;
    if (!exports || !found || found.stack === this.stack) return undefined;
    const world = worldBeside(this.world);
    const value = exports.valueOf(found, world, () =>
      withoutChoice(() => new Scope(found.stack, world, { ...nothing(), isOpen: true }).value(found.value)),
    );
    switch (value?.kind) {
      case 'scalar':
        return { ...value, at };
      case 'reference':
        return this.asImported(value, found, exports, at);
      case 'text':
        // Those made of themselves double from stack to stack.
        if (value.parts.length > mostParts) return undefined;
        return concat(
          value.parts.map((part) => (typeof part === 'string' ? part : this.asImported(part, found, exports, at))),
          at,
        );
      default:
        return undefined;
    }
  }

  /** An open part of what another stack exports: what settles it is called as this one calls it. */
  private asImported<Part extends Unknown | Reference>(
    part: Part,
    found: Exported,
    exports: Exports,
    at: number,
  ): Part {
    if (part.kind === 'reference') return { ...part, to: exports.address(found, part.to), at };
    const own = part.settledBy === 'AWS::AccountId';
    return { ...part, settledBy: own ? part.settledBy : `${part.settledBy} of ${found.manifest.file}`, at };
  }

  /** True, false, or decided by the world. An undefined condition is decided both ways. */
  condition(name: string): boolean {
    const { known } = this;
    const variable = `condition ${this.stack.prefix}${name}`;
    const before = known.conditions.get(variable);
    if (before !== undefined) return before;
    const entry = this.template.conditions.get(name);
    if (!entry || known.depth > 50) return this.choose(variable, ['true', 'false']) === 0;
    const holds = this.deeper(() => this.holds(entry.value, variable));
    known.conditions.set(variable, holds);
    return holds;
  }

  /** Whether the stack itself is deployed, with all it is nested in. */
  isDeployed(): boolean {
    const { within } = this.stack;
    const parent = this.parent();
    if (!within || !parent) return true;
    const entry = within.stack.template.resources.get(within.id);
    return parent.isDeployed() && (!entry || parent.creates(entry.value));
  }

  /** Whether a resource of this stack is created. */
  creates(resource: RawMap): boolean {
    const condition = resource.entries.get('Condition')?.value;
    if (!condition) return true;
    const name = scalarText(condition);
    if (name !== undefined) return this.condition(name);
    return this.choose(`${spell(condition)} as the condition of a resource`, ['true', 'false']) === 0;
  }

  private holds(raw: Raw, name: string): boolean {
    const [key, { value }] = (raw.kind === 'map' && raw.entries.size === 1 && [...raw.entries][0]) || noCall;
    const items = value.kind === 'seq' ? value.items : [];
    const [one, other] = items;
    if (key === 'Condition' && value.kind === 'scalar') return this.condition(String(value.value));
    if (key === 'Fn::And' && one) return items.every((item) => this.holds(item, name));
    if (key === 'Fn::Or' && one) return items.some((item) => this.holds(item, name));
    if (key === 'Fn::Not' && one && !other) return !this.holds(one, name);
    if (key === 'Fn::Equals' && one && other) return this.areEqual(one, other, value, name);
    return this.choose(`${spell(raw)} in ${name}`, ['true', 'false']) === 0;
  }

  private areEqual(one: Raw, other: Raw, both: Raw, name: string): boolean {
    const known = compare(this.value(one), this.value(other));
    return known ?? this.choose(`the comparison ${spell(both)} in ${name}`, ['true', 'false']) === 0;
  }

  choose(variable: string, options: readonly string[]): number {
    return options.length < 2 ? 0 : this.world.choose(variable, options);
  }

  private deeper<T>(evaluate: () => T): T {
    this.known.depth += 1;
    try {
      return evaluate();
    } finally {
      this.known.depth -= 1;
    }
  }

  /** What one stack hands to another, worked out once: two that hand things to each other would otherwise never end. */
  private once(what: string, at: number, evaluate: () => Value): Value {
    const { values } = this.known;
    const before = values.get(what);
    if (before) return { ...before, at } as Value;
    values.set(what, unknown(what, at));
    try {
      const value = this.known.depth > 50 ? unknown(what, at) : this.deeper(evaluate);
      values.set(what, value);
      return value;
    } catch (thrown) {
      values.delete(what);
      throw thrown;
    }
  }

  private parent(): Scope | undefined {
    const { within } = this.stack;
    if (within) this.around ??= new Scope(within.stack, this.world, this.known);
    return this.around;
  }

  private parameter(parameter: Parameter, at: number): Value {
    const { name } = parameter;
    const { within } = this.stack;
    const parent = this.parent();
    if (within && parent) {
      const raw = within.passed.values.get(name);
      const what = `parameter ${this.stack.prefix}${name}`;
      const passed = raw ? this.once(what, at, () => parent.value(raw, at)) : absent(at);
      if (passed.kind !== 'absent') return asPassed(parameter, passed, at);
      if (within.passed.open) return unknown(what, at);
      // What a parent does not pass has its default: nobody else gives a nested stack anything.
      if (parameter.default !== undefined && !isLookedUp(parameter))
        return optionValue(parameter, { known: parameter.default }, at);
      return unknown(`${what}, which its parent does not pass`, at);
    }
    const value = this.chosen(parameter, at);
    return this.known.isBare ? bared(value) : value;
  }

  /** The value somebody gives who deploys the template, or one of those it may have. */
  private chosen(parameter: Parameter, at: number): Value {
    const { name } = parameter;
    const { parameters } = this.stack.given;
    const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    if (value !== undefined) return asGiven(parameter, value, at);
    if (this.known.isOpen && !parameter.allowed) return optionValue(parameter, { other: [] }, at);
    const { values, words } = this.template.options.get(name) ?? { values: [], words: [] };
    const index = this.choose(`parameter ${name}`, words);
    return optionValue(parameter, values[index] ?? { other: [] }, at);
  }

  private output(resource: string, name: string, at: number): Value {
    const nested = this.stack.nested.get(resource);
    const what = `output ${name} of nested stack ${this.stack.prefix}${resource}`;
    const output = nested?.template.outputs.get(name)?.value;
    const value = output?.kind === 'map' ? output.entries.get('Value')?.value : undefined;
    if (!nested || !value) return { ...elsewhere(what, at), ...(namesSecret(name) ? { hidden: true } : {}) };
    return this.once(what, at, () => new Scope(nested, this.world, this.known).value(value, at));
  }

  private call(name: string, argument: Raw, at: number): Value {
    const intrinsic = intrinsics.get(name);
    if (!intrinsic) return unknown(`${name}, which Rampart does not follow,`, at);
    // CloudFormation itself nests far less; the guard keeps a hostile file from exhausting the stack.
    if (this.known.depth > 200) return unknown(`${name}, nested too deep to follow,`, at);
    this.known.depth += 1;
    try {
      return intrinsic(argument, at, this);
    } finally {
      this.known.depth -= 1;
    }
  }

  private list(items: readonly Raw[], at: number): Value {
    const values = items.map((item) => this.value(item)).filter((value) => value.kind !== 'absent');
    return { kind: 'list', items: values, at };
  }

  private dict(raw: RawMap, at: number): Dict {
    return new RawDict(this, raw, at);
  }

  private pseudo(name: string, at: number): Value {
    const { given, place } = this.stack;
    const { partition, regions } = given;
    const account = place === undefined ? given.account : undefined;
    const scalar = (value: string): Value => ({ kind: 'scalar', value, at });
    switch (name) {
      case 'AWS::NoValue':
        return absent(at);
      case 'AWS::Partition':
        return scalar(partition);
      case 'AWS::Region':
        return scalar(regions[this.choose(place === undefined ? name : `${name} of ${place}`, regions)] ?? '');
      case 'AWS::URLSuffix':
        return scalar(partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com');
      case 'AWS::AccountId':
        return account === undefined ? accountId(at, place) : scalar(account);
      default:
        // A nested stack has a name of its own.
        return {
          ...unknown(this.stack.prefix === '' ? name : `${name} of ${this.stack.prefix.slice(0, -1)}`, at, ['', '*']),
          // AWS gives out ids and names of stacks, which have no quotes and wildcards.
          quoteless: true,
          literal: true,
        };
    }
  }
}

/** What was worked out in one world. */
interface Known {
  depth: number;
  conditions: Map<string, boolean>;
  values: Map<string, Value>;
  isBare?: boolean;
  /** Set where parameters are taken for any value they may have, instead of asking the world which. */
  isOpen?: boolean;
}

/** Pieces of a text another stack exports; ARNs and names have fewer. */
const mostParts = 32;

const nothing = (): Known => ({ depth: 0, conditions: new Map(), values: new Map() });

const noCall: [string, { value: Raw }] = ['', { value: { kind: 'scalar', value: null, at: 0 } }];

/** The CDK's resource for objects whose keys are known at deployment only. */
const jsonOfCdk = 'Custom::AWSCDKCfnJson';

/** Types whose attributes are whatever somebody puts into them. */
const givesAnything =
  /^(?:AWS::CloudFormation::(?:CustomResource|Stack|WaitCondition)|AWS::SSM::Parameter|AWS::Serverless::Application|Custom::.*)$/;

/** A mapping that evaluates its values when they are asked for. */
class RawDict implements Dict {
  readonly kind = 'dict';
  readonly open?: Unknown;
  private readonly macro?: Unknown | undefined;
  private seen: Map<string, Value> | undefined;

  constructor(
    private readonly scope: Scope,
    private readonly raw: RawMap,
    readonly at: number,
  ) {
    for (const key of raw.entries.keys()) {
      if (!key.startsWith('Fn::')) continue;
      this.open = rewritten(`${key}, which Rampart does not follow,`, at);
      this.macro ??= macroIn(raw, at);
    }
    if (scope.template.macros.length > 0) this.open = rewritten(`macro ${scope.template.macros[0]}`, at);
  }

  keys(): readonly string[] {
    return [...this.raw.entries.keys()];
  }

  lacks(sought: string | RegExp, key?: string): boolean {
    const raw = key === undefined ? this.raw : this.raw.entries.get(key)?.value;
    return typeof sought === 'string' && raw !== undefined && lacks(raw, sought, this.scope.stack);
  }

  get(key: string): Value {
    let value = this.seen?.get(key);
    if (value) return value;
    const entry = this.raw.entries.get(key);
    if (this.macro) value = this.macro;
    else if (entry) value = this.scope.value(entry.value, entry.at);
    else value = this.open ?? { kind: 'absent', at: this.at };
    this.seen ??= new Map();
    this.seen.set(key, value);
    return value;
  }
}

/** A value that depends on no choice; undefined for one that does. */
export function plainly(evaluate: () => Value): Value | undefined {
  try {
    return evaluate();
  } catch (thrown) {
    if (thrown !== openChoice) throw thrown;
    return undefined;
  }
}
