import type { Dict, Unknown, Value, World } from '#model/value.js';
import type { Raw, RawMap } from '../yaml/tree.js';
import { intrinsics } from './intrinsics.js';
import { accountId, literal, rewritten, unknown } from './open.js';
import { optionValue } from './parameter.js';
import type { Template } from './template.js';

/** What the reader of a template is told beside its text. */
export interface Given {
  partition: string;
  regions: readonly string[];
  account?: string;
  /** Values of parameters, as in a parameters file. */
  parameters: Readonly<Record<string, string>>;
}

/**
 * A template in one world: turns what is written into values. Conditions and parameters with several possible values ask
 * the world; everything else is a pure reading.
 */
export class Scope {
  private depth = 0;

  constructor(
    readonly template: Template,
    readonly given: Given,
    readonly world: World,
  ) {}

  /** `at` is where a person should look for the value: the key it stands under, or the value itself. */
  value(raw: Raw, at: number = raw.at): Value {
    if (raw.kind === 'scalar') return typeof raw.value === 'string' ? literal(raw.value, at) : { ...raw, at };
    if (raw.kind === 'seq') return this.list(raw.items, at);
    if (raw.entries.size === 1) {
      const [name, entry] = raw.entries.entries().next().value as [string, { value: Raw }];
      if (name === 'Ref' || name.startsWith('Fn::')) return this.call(name, entry.value, at);
    }
    return this.dict(raw, at);
  }

  /** The value of a parameter, a pseudo parameter or a resource's `Ref`. */
  ref(name: string, at: number): Value {
    if (name.startsWith('AWS::')) return this.pseudo(name, at);
    const parameter = this.template.parameters.get(name);
    if (parameter) {
      const given = this.given.parameters[name];
      if (given !== undefined) return optionValue(parameter, { known: given }, at);
      const { values, words } = this.template.options.get(name) ?? { values: [], words: [] };
      const index = this.choose(`parameter ${name}`, words);
      return optionValue(parameter, values[index] ?? { other: [] }, at);
    }
    if (this.template.resources.has(name)) return { kind: 'reference', to: name, at };
    return unknown(`${name}, which the template refers to but does not define,`, at);
  }

  /** True, false, or decided by the world. An undefined condition is decided both ways. */
  condition(name: string): boolean {
    const entry = this.template.conditions.get(name);
    if (!entry || this.depth > 50) return this.choose(`condition ${name}`, ['true', 'false']) === 0;
    this.depth += 1;
    try {
      return this.holds(entry.value, `condition ${name}`);
    } finally {
      this.depth -= 1;
    }
  }

  private holds(raw: Raw, name: string): boolean {
    if (raw.kind === 'map' && raw.entries.size === 1) {
      const [key, { value }] = raw.entries.entries().next().value as [string, { value: Raw }];
      const items = value.kind === 'seq' ? value.items : [];
      if (key === 'Condition' && value.kind === 'scalar') return this.condition(String(value.value));
      if (key === 'Fn::And') return items.every((item) => this.holds(item, name));
      if (key === 'Fn::Or') return items.some((item) => this.holds(item, name));
      if (key === 'Fn::Not' && items[0]) return !this.holds(items[0], name);
      if (key === 'Fn::Equals' && items[0] && items[1]) {
        const known = compare(this.value(items[0]), this.value(items[1]));
        if (known !== undefined) return known;
        return this.choose(`the comparison ${spell(value)} in ${name}`, ['true', 'false']) === 0;
      }
    }
    return this.choose(`${spell(raw)} in ${name}`, ['true', 'false']) === 0;
  }

  choose(variable: string, options: readonly string[]): number {
    return options.length < 2 ? 0 : this.world.choose(variable, options);
  }

  private call(name: string, argument: Raw, at: number): Value {
    const intrinsic = intrinsics.get(name);
    if (!intrinsic) return unknown(`${name}, which Rampart does not follow,`, at);
    this.depth += 1;
    try {
      // CloudFormation itself nests far less; the guard keeps a hostile file from exhausting the stack.
      return this.depth > 200 ? unknown(`${name}, nested too deep to follow,`, at) : intrinsic(argument, at, this);
    } finally {
      this.depth -= 1;
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
    const { partition, regions, account } = this.given;
    const scalar = (value: string): Value => ({ kind: 'scalar', value, at });
    switch (name) {
      case 'AWS::NoValue':
        return { kind: 'absent', at };
      case 'AWS::Partition':
        return scalar(partition);
      case 'AWS::Region':
        return scalar(regions[this.choose('AWS::Region', regions)] ?? '');
      case 'AWS::URLSuffix':
        return scalar(partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com');
      case 'AWS::AccountId':
        return account === undefined ? accountId(at) : scalar(account);
      default:
        return unknown(name, at, ['', '*']);
    }
  }
}

/** A mapping that evaluates its values when they are asked for. */
class RawDict implements Dict {
  readonly kind = 'dict';
  readonly open?: Unknown;
  private readonly seen = new Map<string, Value>();

  constructor(
    private readonly scope: Scope,
    private readonly raw: RawMap,
    readonly at: number,
  ) {
    for (const key of raw.entries.keys()) {
      if (key.startsWith('Fn::')) this.open = rewritten(`${key}, which Rampart does not follow,`, at);
    }
    if (scope.template.macros.length > 0) this.open = rewritten(`macro ${scope.template.macros[0]}`, at);
  }

  keys(): readonly string[] {
    return [...this.raw.entries.keys()];
  }

  get(key: string): Value {
    let value = this.seen.get(key);
    if (value) return value;
    const entry = this.raw.entries.get(key);
    if (entry) value = this.scope.value(entry.value, entry.at);
    else value = this.open ?? { kind: 'absent', at: this.at };
    this.seen.set(key, value);
    return value;
  }
}

/** Whether two values are the same text, if that can be told. */
function compare(left: Value, right: Value): boolean | undefined {
  if (left.kind === 'scalar' && right.kind === 'scalar') return String(left.value ?? '') === String(right.value ?? '');
  const [known, open] = left.kind === 'scalar' ? [left, right] : [right, left];
  if (known.kind !== 'scalar') return undefined;
  if (open.kind === 'unknown' && open.not?.includes(String(known.value ?? ''))) return false;
  return undefined;
}

/** A stable spelling of an unevaluated expression, short enough for a finding. */
function spell(raw: Raw): string {
  const text = JSON.stringify(plain(raw, 0));
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}

function plain(raw: Raw, depth: number): unknown {
  if (raw.kind === 'scalar') return raw.value;
  if (depth > 8) return '...';
  if (raw.kind === 'seq') return raw.items.map((item) => plain(item, depth + 1));
  return Object.fromEntries([...raw.entries].map(([key, entry]) => [key, plain(entry.value, depth + 1)]));
}
