import { visible } from '#model/unseen.js';
import type { Unknown, Value } from '#model/value.js';

/**
 * What a predicate says about one value. `reason` is a clause that follows the property's path ("is absent; must be
 * true"); empty for a pass. `at` is the place to show, `evidence` every place a pass rests on.
 */
export interface Outcome {
  verdict: 'pass' | 'fail' | 'unknown';
  reason: string;
  at: number;
  evidence: readonly number[];
  /** The choices it stands on, where only a part was followed through branches: `when condition A is true`. */
  branch?: string | undefined;
}

/** A pass that rests on what is at its place, on other places, or on what passed for it. */
export const pass = (at: number, restsOn?: readonly number[] | readonly Outcome[]): Outcome => new Passed(at, restsOn);

/** Nobody reads what most passes rest on, so it is put together when it is asked for. */
class Passed implements Outcome {
  readonly verdict = 'pass';
  readonly reason = '';

  constructor(
    readonly at: number,
    private readonly restsOn: readonly number[] | readonly Outcome[] | undefined,
  ) {}

  get evidence(): readonly number[] {
    if (this.restsOn === undefined) return [this.at];
    const [only] = this.restsOn;
    if (this.restsOn.length < 2) return only === undefined ? none : evidenceOf(only);
    return this.restsOn.flatMap(evidenceOf);
  }
}

const evidenceOf = (part: number | Outcome): readonly number[] => (typeof part === 'number' ? [part] : part.evidence);

/** The reason may be given as a function: most failures are those of alternatives, and nobody reads why. */
export const fail = (at: number, reason: string | (() => string)): Outcome => new Reasoned('fail', at, reason);

const none: readonly never[] = [];

/** An outcome whose reason is put into words when it is asked for, from that of another one where it has one. */
class Reasoned implements Outcome {
  readonly evidence = none;

  constructor(
    readonly verdict: Outcome['verdict'],
    readonly at: number,
    private readonly words: string | ((reason: string) => string),
    private readonly other?: Outcome,
  ) {}

  get reason(): string {
    return typeof this.words === 'string' ? this.words : this.words(this.other?.reason ?? '');
  }

  get branch(): string | undefined {
    return this.other?.branch;
  }
}

/** The same verdict, with the reason put into a larger sentence and, where given, another place to show. */
export const reworded = (outcome: Outcome, reword: (reason: string) => string, at = outcome.at): Outcome =>
  new Reasoned(outcome.verdict, at, reword, outcome);

/** `settledBy` names the input that would settle it. */
export const unknown = (at: number, settledBy: string): Outcome => new Reasoned('unknown', at, dependingOn(settledBy));

/** What is said of an unknown value. What would settle it may take a search, and is looked for when somebody asks. */
export const open = (value: Unknown, at = value.at): Outcome =>
  new Reasoned('unknown', at, () => dependingOn(value.settledBy));

const dependingOn = (settledBy: string): string => `is not known before deployment: it depends on ${settledBy}`;

/**
 * Three-valued "and": the first failure, else the first unknown, else a pass resting on all of them. What stands behind a
 * failure is not judged any more.
 */
export function all<Item>(items: readonly Item[], judge: (item: Item) => Outcome, at: number): Outcome {
  let undecided: Outcome | undefined;
  let first: Outcome | undefined;
  let passed: Outcome[] | undefined;
  for (const item of items) {
    const outcome = judge(item);
    if (outcome.verdict === 'fail') return outcome;
    if (outcome.verdict === 'unknown') undecided ??= outcome;
    else if (first === undefined) first = outcome;
    else if (passed === undefined) passed = [first, outcome];
    else passed.push(outcome);
  }
  if (undecided) return undecided;
  if (first === undefined) return pass(at, none);
  return passed === undefined && first.at === at ? first : pass(at, passed ?? [first]);
}

/** For outcomes that are there already. */
export const itself = (outcome: Outcome): Outcome => outcome;

/**
 * Three-valued "or": the first pass, else the first unknown, else `otherwise`, given the first failure. What stands behind a
 * pass is not judged any more.
 */
export function any<Item>(
  items: readonly Item[],
  judge: (item: Item) => Outcome,
  otherwise: (first: Outcome | undefined) => Outcome,
): Outcome {
  let undecided: Outcome | undefined;
  let first: Outcome | undefined;
  for (const item of items) {
    const outcome = judge(item);
    if (outcome.verdict === 'pass') return outcome;
    if (outcome.verdict === 'unknown') undecided ??= outcome;
    else first ??= outcome;
  }
  return undecided ?? otherwise(first);
}

/** A value as a finding quotes it: short, on one line, control characters made visible. */
export function quote(value: Value): string {
  switch (value.kind) {
    case 'scalar':
      return value.sensitive ? '(sensitive)' : short(JSON.stringify(value.value));
    case 'text':
      return value.sensitive ? '(sensitive)' : short(JSON.stringify(spell(value.parts)));
    case 'list':
      return `a list of ${value.items.length}`;
    case 'dict':
      return 'an object';
    case 'reference':
      return value.attribute ? `${value.to}.${value.attribute}` : value.to;
    case 'unknown':
      return value.settledBy;
    case 'absent':
      return 'absent';
  }
}

type Parts = Extract<Value, { kind: 'text' }>['parts'];

const spell = (parts: Parts): string =>
  parts
    .map((part) => (typeof part === 'string' ? part : `\${${part.kind === 'reference' ? quote(part) : '…'}}`))
    .join('');

const short = (text: string): string => {
  // Bidirectional overrides would let a value rewrite the sentence around it.
  const seen = visible(text);
  // Names of long ARNs stand at their end.
  return seen.length > 80 ? `${seen.slice(0, 31)}…${seen.slice(-48)}` : seen;
};
