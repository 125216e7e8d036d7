import { type CheckLog, refuseIfAny } from './check-log.js';
import { digestsOf, sameDigests } from './digest.js';
import { quote } from './member-path.js';
import type { Judged, JudgedKind, Verdict } from './verdict.js';

const words: Readonly<Record<JudgedKind, string>> = {
  manifest: 'the file that was judged',
  parameters: 'the parameters it was judged with',
  plan: 'the saved plan that was judged',
  'change-set': 'the change set that was judged',
};

/**
 * Whether what is about to be deployed is what the gate passed: each file by its name, its kind and every digest. What else
 * the verdict rests on must be in hand too: a template that was passed with one set of parameters was not passed with another.
 * Manifests beside it may be deployed by themselves, so they need not; which of them were not shown is said.
 */
const compareInHand = (verdict: Verdict, inHand: readonly Judged[]): void => {
  if (verdict.result !== 'PASSED') refuseIfAny(['the gate did not pass it: it must not be deployed']);
  const problems = inHand.flatMap(({ path, kind, bytes }) => {
    const named = verdict.subjects.find((subject) => subject.kind === kind && subject.name === path);
    if (named === undefined) return [`${quote(path)} is not among what this verdict is about`];
    return sameDigests(named.digest, digestsOf(bytes)) ? [] : [`${quote(path)} is not ${words[kind]}`];
  });
  const held = new Set(inHand.map(({ kind }) => kind));
  for (const { kind, name } of verdict.subjects) {
    if (kind !== 'manifest' && !held.has(kind))
      problems.push(`the verdict rests on ${quote(name)} too: show it (--${kind})`);
  }
  refuseIfAny(problems);
};

/** The manifests that were judged beside those in hand: nested templates and objects of one cluster are judged by each other. */
const besides = (verdict: Verdict, inHand: readonly Judged[]): string => {
  const shown = new Set(inHand.map(({ path }) => path));
  const left = verdict.subjects.filter(({ kind, name }) => kind === 'manifest' && !shown.has(name));
  if (left.length === 0) return '';
  const more = left.length > mostNamed ? ` and ${left.length - mostNamed} more` : '';
  const names = left.slice(0, mostNamed).map(({ name }) => quote(name));
  return `; judged beside it and not shown: ${names.join(', ')}${more}`;
};

const mostNamed = 5;

export const describeVerdict = ({ result, baseline, subjects }: Verdict): string =>
  `${result} against ${baseline}, of ${subjects.length} ${subjects.length === 1 ? 'file' : 'files'}`;

/** The last check before a deployment. */
export const checkInHand = (
  verdict: Verdict | undefined,
  { inHand = [] }: { inHand?: readonly Judged[] | undefined },
  log: CheckLog,
): void => {
  if (inHand.length === 0) {
    log.skip('artifact', 'not made: nothing to be deployed was given');
    return;
  }
  log.run('artifact', () => {
    if (verdict === undefined) refuseIfAny(['no verdict of the gate vouches for what is in hand']);
    else compareInHand(verdict, inHand);
    const rest = verdict ? besides(verdict, inHand) : '';
    return [undefined, `${inHand.map(({ path }) => quote(path)).join(', ')}: as judged${rest}`];
  });
};
