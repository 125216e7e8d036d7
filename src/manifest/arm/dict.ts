import type { Dict, Unknown, Value } from '#model/value.js';
import { isNull, open } from './values.js';

/**
 * An object as Azure reads it: keys ignore case, null is not there, and values are worked out when they are asked for.
 * A key that stands twice in different case is not known, since services disagree which of the two counts.
 */
export class LooseDict implements Dict {
  readonly kind = 'dict';
  readonly open?: Unknown;
  private readonly makers = new Map<string, () => Value>();
  private readonly names: string[] = [];
  private readonly seen = new Map<string, Value>();

  constructor(
    entries: Iterable<readonly [string, () => Value]>,
    readonly at: number,
    more?: Unknown,
  ) {
    if (more) this.open = more;
    for (const [name, make] of entries) {
      const key = name.toLowerCase();
      if (this.makers.has(key)) {
        this.makers.set(key, () => open(`${name}, which stands twice in different case,`, at));
        continue;
      }
      this.names.push(name);
      this.makers.set(key, make);
    }
  }

  keys(): readonly string[] {
    return this.names;
  }

  get(name: string): Value {
    const value = this.raw(name);
    if (isNull(value)) return { kind: 'absent', at: value.at };
    if (value.kind === 'list') return { ...value, items: value.items.map(untried) };
    return untried(value);
  }

  /** The value with null as null, as expressions see it. */
  raw(name: string): Value {
    const key = name.toLowerCase();
    let value = this.seen.get(key);
    if (value) return value;
    const make = this.makers.get(key);
    value = make ? make() : (this.open ?? { kind: 'absent', at: this.at });
    this.seen.set(key, value);
    return value;
  }
}

/**
 * Which texts a parameter was already tried with decides conditions. It must not decide requirements: a parameter whose
 * default is right would then be wrong for having any other value, while one without a default is only unknown.
 */
function untried(value: Value): Value {
  if (value.kind !== 'unknown' || !value.not) return value;
  const { not, ...rest } = value;
  return not.includes('') ? { ...rest, not: [''] } : rest;
}

/** JSON of a parameters file, or of `json(…)`. */
export function looseJson(data: unknown, at: number): Value {
  if (Array.isArray(data)) return { kind: 'list', items: data.map((item) => looseJson(item, at)), at };
  if (typeof data === 'object' && data !== null) {
    return new LooseDict(
      Object.entries(data).map(([key, value]) => [key, () => looseJson(value, at)] as const),
      at,
    );
  }
  return { kind: 'scalar', value: (data ?? null) as string | number | boolean | null, at };
}
