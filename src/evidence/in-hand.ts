import { type CheckLog, refuseIfAny } from './check-log.js';
import { type Digests, digestsOf, sameDigests } from './digest.js';
import { folded, quote } from './member-path.js';
import type { Judged, JudgedKind, Verdict } from './verdict.js';

const words: Readonly<Record<JudgedKind, string>> = {
  manifest: 'the file that was judged',
  parameters: 'the parameters it was judged with',
  plan: 'the saved plan that was judged',
  'change-set': 'the change set that was judged',
  assembly: 'what said where to deploy when it was judged',
  assets: 'what named the files to publish when it was judged',
  content: 'what was to be published when it was judged',
};

/**
 * Whether what is about to be deployed is what the gate passed: each file by its name, its kind and every digest. What else
 * the verdict rests on must be in hand too: a template that was passed with one set of parameters was not passed with another.
 * Manifests beside it may be deployed by themselves, so they need not, but for those it is made of; which of them were not
 * shown is said.
 */
const compareInHand = (verdict: Verdict, inHand: readonly Judged[]): void => {
  if (verdict.result !== 'PASSED') refuseIfAny(['the gate did not pass it: it must not be deployed']);
  const problems = inHand.flatMap(({ path, kind, bytes }) => {
    const named = verdict.subjects.find((subject) => isShownAs(subject.kind, kind) && subject.name === path);
    if (named === undefined) return [unnamed(verdict, path, digestsOf(bytes))];
    return sameDigests(named.digest, digestsOf(bytes)) ? [] : [`${quote(path)} is not ${words[named.kind]}`];
  });
  const held = new Set(inHand.map(({ kind, path }) => `${kind} ${path}`));
  for (const { kind, name } of verdict.subjects) {
    if (kind === 'content') continue;
    if (!isShownAs(kind, 'manifest') && !held.has(`${kind} ${name}`))
      problems.push(`the verdict rests on ${quote(name)} too: show it (--${kind})`);
  }
  problems.push(...missingParts(verdict, manifestsIn(inHand)), ...missingContents(verdict, inHand));
  refuseIfAny(problems);
};

/**
 * Names that look alike are told apart: Git or a file system may have spelt one otherwise than where it was judged. Others are
 * most often paths from another folder than the one it was judged in.
 */
const unnamed = ({ subjects }: Verdict, path: string, digest: Digests): string => {
  const twin = subjects.find(({ name }) => name !== path && folded(name) === folded(path));
  if (twin)
    return `${quote(path)} is spelt otherwise than ${quote(twin.name)}, which was judged (upper and lower case, or the form of Unicode)`;
  const files = subjects.filter(({ kind, name }) => kind !== 'content' && name !== path);
  const same = files.filter((each) => sameDigests(each.digest, digest));
  const meant = same.length > 0 ? same : files.filter(({ name }) => isFromElsewhere(name, path));
  const apart = `${quote(path)} is not among what this verdict is about`;
  if (meant.length === 0) return apart;
  const [what, from] = meant.length > 1 ? ['judged were', 'paths'] : ['judged was', 'a path'];
  const said = same.length > 0 ? 'these bytes were judged as' : what;
  return `${apart}: ${said} ${named(meant, ' and ')}, ${from} from the folder where it was judged; run the command in that folder`;
};

/** Whether one of two paths is the end of the other, whole names only. */
const isFromElsewhere = (judged: string, shown: string): boolean => {
  const path = shown.replace(/^(?:\.\.\/)+/, '');
  return `/${judged}`.endsWith(`/${path}`) || `/${path}`.endsWith(`/${judged}`);
};

/** What is in hand is shown as what it was judged as; what an assembly is made of with the manifests it speaks of. */
const isShownAs = (judged: JudgedKind, shown: JudgedKind): boolean =>
  judged === shown || ((judged === 'assembly' || judged === 'assets') && shown === 'manifest');

const manifestsIn = (inHand: readonly Judged[]): ReadonlySet<string> =>
  new Set(inHand.flatMap(({ kind, path }) => (kind === 'manifest' ? [path] : [])));

/** A template was passed with those nested in it, and these with what it gives them: by itself neither was. */
const missingParts = ({ subjects }: Verdict, shown: ReadonlySet<string>): string[] => {
  const around = subjects.filter(({ contains }) => contains);
  const parts = around.flatMap(({ name, contains = [] }) =>
    shown.has(name)
      ? contains
          .filter((part) => !shown.has(part))
          .map((part) => `${quote(part)} is nested in ${quote(name)} and was judged with it: ${show(part)}`)
      : [],
  );
  const alone = [...shown].flatMap((part) => {
    const [first, ...more] = around.filter(({ contains }) => contains?.includes(part));
    if (first === undefined || [first, ...more].some(({ name }) => shown.has(name))) return [];
    const which = `${quote(first.name)}${more.length > 0 ? ` and ${more.length} more` : ''}`;
    return [`${quote(part)} was judged as a part of ${which} only, with what that passes to it: ${show(first.name)}`];
  });
  const placed = subjects.flatMap(({ name, assembly }) =>
    shown.has(name) && assembly !== undefined && !shown.has(assembly)
      ? [`${quote(name)} was judged for where ${quote(assembly)} says that it goes: ${show(assembly)}`]
      : [],
  );
  const published = subjects.flatMap(({ name, assets = [] }) =>
    shown.has(name)
      ? assets
          .filter((each) => !shown.has(each))
          .map((each) => `${quote(name)} is published with what ${quote(each)} names: ${show(each)}`)
      : [],
  );
  return [...parts, ...alone, ...placed, ...published];
};

/** What is published is looked at where the file that names it is shown. */
const missingContents = ({ subjects }: Verdict, inHand: readonly Judged[]): string[] => {
  const shown = manifestsIn(inHand);
  const held = new Set(inHand.flatMap(({ kind, path }) => (kind === 'content' ? [path] : [])));
  return subjects.flatMap(({ name, contents = [] }) =>
    shown.has(name)
      ? contents
          .filter((each) => !held.has(each))
          .map((each) => `${quote(each)}, which ${quote(name)} publishes, is not there, or is too large to look at`)
      : [],
  );
};

const show = (name: string): string => `show it too (--for ${quote(name)})`;

/** The manifests that were judged beside those in hand, and first among them those of the same cluster. */
const besides = ({ subjects }: Verdict, inHand: readonly Judged[]): string => {
  const shown = manifestsIn(inHand);
  const unbound = subjects.flatMap(({ name, unbound: names = [] }) => (shown.has(name) ? names : []));
  const left = subjects.filter(({ kind, name }) => kind === 'manifest' && !shown.has(name));
  const isOfCluster = subjects.some(({ name, cluster }) => cluster && shown.has(name));
  const siblings = left.filter(({ cluster }) => cluster && isOfCluster);
  const others = left.filter(({ cluster }) => !(cluster && isOfCluster));
  return [
    ...(siblings.length > 0 ? [`; judged by objects that are not shown: ${named(siblings)}`] : []),
    ...(others.length > 0 ? [`; judged beside it and not shown: ${named(others)}`] : []),
    ...(unbound.length > 0
      ? [`; published with it, and nobody vouches for its content: ${named(unbound.map((name) => ({ name })))}`]
      : []),
  ].join('');
};

const named = (subjects: readonly { name: string }[], between = ', '): string => {
  const more = subjects.length > mostNamed ? ` and ${subjects.length - mostNamed} more` : '';
  return `${subjects
    .slice(0, mostNamed)
    .map(({ name }) => quote(name))
    .join(between)}${more}`;
};

const mostNamed = 5;

export const describeVerdict = ({ result, baseline, subjects }: Verdict): string => {
  const files = subjects.filter(({ kind }) => kind !== 'content').length;
  return `${result} against ${baseline}, of ${files} ${files === 1 ? 'file' : 'files'}`;
};

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
