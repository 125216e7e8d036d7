import type { Reference, Unknown, Value } from '#model/value.js';
import { RequirementFault } from './context.js';

/** One step of a path: a key, or, without one, every item of a list. */
export interface Step {
  key?: string;
}

const parsed = new Map<string, readonly Step[]>();

/**
 * The values a path leads to. `[*]` is every item; an absent or empty list counts as one absent value. A step into an
 * unknown value gives that value; a step into anything that cannot hold the key is absent.
 */
export function follow(base: Value, steps: readonly Step[]): Value[] {
  const fork = steps.findIndex(({ key }) => key === undefined);
  if (fork === -1) return [followOne(base, steps)];
  let values = [followOne(base, steps.slice(0, fork))];
  for (const { key } of steps.slice(fork)) {
    const next: Value[] = [];
    for (const value of values) {
      if (key !== undefined) next.push(member(value, key));
      else for (const item of items(value)) next.push(item);
    }
    values = next;
  }
  return values;
}

/** The one value a path without `[*]` leads to. */
export function followOne(base: Value, steps: readonly Step[]): Value {
  let value = base;
  for (const { key } of steps) value = member(value, key as string);
  return value;
}

export function stepsOf(path: string): readonly Step[] {
  let steps = parsed.get(path);
  if (!steps) {
    steps = parse(path);
    parsed.set(path, steps);
  }
  return steps;
}

function member(value: Value, key: string): Value {
  if (value.kind === 'dict') return value.get(key);
  if (value.kind === 'unknown') return new Inside(value);
  if (value.kind === 'absent') return value;
  return { kind: 'absent', at: value.at };
}

/**
 * What is in an unknown value: of that, not even what the whole is known not to be is known, nor that it is there. What the whole may
 * have to look for is looked for when somebody asks.
 */
class Inside implements Unknown {
  readonly kind = 'unknown';
  readonly maybeAbsent = true;
  readonly at: number;

  constructor(private readonly whole: Unknown) {
    this.at = whole.at;
  }

  get settledBy(): string {
    return this.whole.settledBy;
  }

  get from(): Reference | null | undefined {
    return this.whole.from;
  }

  get unset(): true | undefined {
    return this.whole.unset;
  }

  get shown(): true | undefined {
    return this.whole.shown;
  }

  /** A plan marks the whole of what is not known; a parameter that is hidden may turn out to hold nothing of the kind. */
  get hidden(): Unknown['hidden'] {
    return this.whole.from === undefined ? undefined : this.whole.hidden;
  }
}

function items(value: Value): readonly Value[] {
  if (value.kind === 'list') {
    const listed = value.open ? [...value.items, value.open] : value.items;
    return listed.length > 0 ? listed : [{ kind: 'absent', at: value.at }];
  }
  if (value.kind === 'unknown') return [new Inside(value)];
  // CloudFormation takes a single value where a list is asked for.
  return [value];
}

function parse(path: string): Step[] {
  const steps: Step[] = [];
  const pattern = /\.?(?:"([^"]+)"|([^."[\]]+))|(\[\*\])/gy;
  while (pattern.lastIndex < path.length) {
    const at = pattern.lastIndex;
    const match = pattern.exec(path);
    if (!match) throw new RequirementFault(`path ${path} cannot be read at character ${at + 1}`);
    steps.push(match[3] ? {} : { key: (match[1] ?? match[2]) as string });
  }
  if (steps.length === 0) throw new RequirementFault('a path is empty');
  return steps;
}
