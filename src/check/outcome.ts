import { visible } from '#model/unseen.js';
import type { Value } from '#model/value.js';

/**
 * What a predicate says about one value. `reason` is a clause that follows the property's path ("is absent; must be
 * true"); empty for a pass. `at` is the place to show, `evidence` every place a pass rests on.
 */
export interface Outcome {
  verdict: 'pass' | 'fail' | 'unknown';
  reason: string;
  at: number;
  evidence: readonly number[];
}

export const pass = (at: number, evidence: readonly number[] = [at]): Outcome => ({
  verdict: 'pass',
  reason: '',
  at,
  evidence,
});

/** The reason may be given as a function: most failures are those of alternatives, and nobody reads why. */
export const fail = (at: number, reason: string | (() => string)): Outcome =>
  typeof reason === 'string' ? { verdict: 'fail', reason, at, evidence: none } : new Reasoned('fail', at, reason);

const none: readonly number[] = [];

/** An outcome whose reason is put into words when it is asked for. */
class Reasoned implements Outcome {
  readonly evidence = none;

  constructor(
    readonly verdict: Outcome['verdict'],
    readonly at: number,
    private readonly words: () => string,
  ) {}

  get reason(): string {
    return this.words();
  }
}

/** The same verdict, with the reason put into a larger sentence and, where given, another place to show. */
export const reworded = (outcome: Outcome, reword: (reason: string) => string, at = outcome.at): Outcome =>
  new Reasoned(outcome.verdict, at, () => reword(outcome.reason));

/** `settledBy` names the input that would settle it. */
export const unknown = (at: number, settledBy: string): Outcome => ({
  verdict: 'unknown',
  reason: `is not known before deployment: it depends on ${settledBy}`,
  at,
  evidence: [],
});

/**
 * Three-valued "and": the first failure, else the first unknown, else a pass resting on all of them. What stands behind a
 * failure is not judged any more.
 */
export function all<Item>(items: readonly Item[], judge: (item: Item) => Outcome, at: number): Outcome {
  let open: Outcome | undefined;
  let evidence: readonly number[] | undefined;
  for (const item of items) {
    const outcome = judge(item);
    if (outcome.verdict === 'fail') return outcome;
    if (outcome.verdict === 'unknown') open ??= outcome;
    else evidence = evidence === undefined ? outcome.evidence : joined(evidence, outcome.evidence);
  }
  return open ?? pass(at, evidence ?? none);
}

const joined = (left: readonly number[], right: readonly number[]): readonly number[] =>
  right.length === 0 ? left : left.length === 0 ? right : [...left, ...right];

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
  let open: Outcome | undefined;
  let first: Outcome | undefined;
  for (const item of items) {
    const outcome = judge(item);
    if (outcome.verdict === 'pass') return outcome;
    if (outcome.verdict === 'unknown') open ??= outcome;
    else first ??= outcome;
  }
  return open ?? otherwise(first);
}

/** A value as a finding quotes it: short, on one line, control characters made visible. */
export function quote(value: Value): string {
  switch (value.kind) {
    case 'scalar':
      return value.sensitive ? '(sensitive)' : short(JSON.stringify(value.value));
    case 'text':
      return short(JSON.stringify(spell(value.parts)));
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
  return seen.length > 80 ? `${seen.slice(0, 77)}…` : seen;
};
