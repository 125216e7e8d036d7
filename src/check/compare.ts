import type { ControlChange, JudgedResource, RequirementChange, ResultDiff, TypeCount } from '#model/change.js';
import type { Finding } from '#model/finding.js';
import type { Result } from '#model/result.js';
import type { Verdict } from '#model/verdict.js';
import { sayingOf } from './accepted.js';
import { type Named, sameFiles } from './same-file.js';

/** A judged state and what to call it. */
export interface State {
  name: string;
  result: Result;
}

const ranks: Readonly<Record<Verdict, number>> = {
  'not-applicable': 0,
  pass: 0,
  waived: 1,
  unknown: 2,
  fail: 3,
  error: 4,
};

type Standing = Verdict | 'absent';

/** Better is only what passes now: a fail that is unknown or waived now is not mended. */
function changeOf(from: Standing, to: Standing): ControlChange['change'] {
  if (to === 'absent') return 'other';
  if (from === 'absent') return ranks[to] > ranks.waived ? 'worse' : 'other';
  if (ranks[to] > ranks[from]) return 'worse';
  return to === 'pass' && ranks[from] > 0 ? 'better' : 'other';
}

/** What differs between two results: requirements on resources, controls, and the resources that were judged. */
export function compare(before: State, after: State): ResultDiff {
  const [old, now] = sameFiles(judgedOf(before.result), judgedOf(after.result));
  // Other requirements, or another version, may say the same in other words.
  const areWordsAlike =
    before.result.controlData === after.result.controlData && before.result.tool.version === after.result.tool.version;
  const requirements = [...requirementChanges(old, now, areWordsAlike)].sort(inOrder);
  return {
    from: before.name,
    to: after.name,
    caveats: caveatsOf(before, after),
    requirements,
    controls: controlChanges(before.result, after.result),
    resources: { added: onlyIn(now, old), removed: onlyIn(old, now) },
    unnamed: unnamedChanges(before.result, after.result),
  };
}

interface Judged extends Named {
  finding: Finding;
}

const judgedOf = ({ findings }: Result): Judged[] =>
  findings.map((finding) => ({
    file: finding.position?.file ?? '',
    resource: finding.resource,
    type: finding.type,
    finding,
  }));

const keyOf = ({ file, type, resource }: JudgedResource): string => JSON.stringify([file, type, resource]);

function onlyIn(these: readonly Judged[], those: readonly Judged[]): JudgedResource[] {
  const known = new Set(those.map(keyOf));
  const found = new Map(these.filter((each) => !known.has(keyOf(each))).map((each) => [keyOf(each), each]));
  return [...found]
    .sort(([left], [right]) => order(left, right))
    .map(([, { file, type, resource }]) => ({ resource, type, file }));
}

/** Of types no requirement names there are no findings, only numbers; none where only some requirements were judged. */
function unnamedChanges({ withoutRequirement: old }: Result, { withoutRequirement: now }: Result): TypeCount[] {
  if (!old || !now) return [];
  const types = [...new Set([...Object.keys(old), ...Object.keys(now)])].sort(order);
  return types
    .map((type) => ({ type, from: old[type] ?? 0, to: now[type] ?? 0 }))
    .filter(({ from, to }) => from !== to);
}

const order = (left: string, right: string): number => (left === right ? 0 : left < right ? -1 : 1);

/** The worst a requirement says of a resource, where it says several things. */
function worst(judged: readonly Judged[]): Map<string, Judged> {
  const map = new Map<string, Judged>();
  for (const each of judged) {
    const key = aboutOf(each);
    const other = map.get(key);
    if (!other || ranks[each.finding.verdict] > ranks[other.finding.verdict]) map.set(key, each);
  }
  return map;
}

const aboutOf = (each: Judged): string => JSON.stringify([each.finding.requirement, keyOf(each)]);

/** What a requirement finds wrong with a resource, or cannot decide: a value may get worse where no verdict does. */
function sayings(judged: readonly Judged[]): Map<string, Set<string>> {
  const map = new Map<string, Set<string>>();
  for (const each of judged) {
    if (isGood(each.finding.verdict)) continue;
    const key = aboutOf(each);
    map.set(key, (map.get(key) ?? new Set()).add(sayingOf(each.finding)));
  }
  return map;
}

/** What is said now and was not, and what was said before; undefined where it is the same. */
function otherwise(
  before: ReadonlySet<string> = new Set(),
  after: ReadonlySet<string> = new Set(),
): string | undefined {
  const fresh = [...after].filter((saying) => !before.has(saying));
  const gone = [...before].filter((saying) => !after.has(saying));
  if (fresh.length + gone.length === 0) return undefined;
  const told = (list: readonly string[]): string => list.slice(0, 3).join('; ') + (list.length > 3 ? '; …' : '');
  return [...(fresh.length > 0 ? [told(fresh)] : []), ...(gone.length > 0 ? [`before: ${told(gone)}`] : [])].join('; ');
}

function* requirementChanges(
  before: readonly Judged[],
  after: readonly Judged[],
  areWordsAlike: boolean,
): Generator<RequirementChange> {
  const [old, now] = [worst(before), worst(after)];
  const [said, says] = areWordsAlike ? [sayings(before), sayings(after)] : [new Map(), new Map()];
  const [oldResources, nowResources] = [new Set(before.map(keyOf)), new Set(after.map(keyOf))];
  for (const key of new Set([...old.keys(), ...now.keys()])) {
    const [left, right] = [old.get(key), now.get(key)];
    const one = right ?? (left as Judged);
    const from: Standing = left?.finding.verdict ?? 'absent';
    const to: Standing = right?.finding.verdict ?? 'absent';
    const isNew = !oldResources.has(keyOf(one));
    const isGone = !nowResources.has(keyOf(one));
    // What passes on a new resource, or passed on one that is gone, is told by the resource alone.
    const isPlain = (isNew && isGood(to)) || (isGone && isGood(from));
    const words = from === to ? otherwise(said.get(key), says.get(key)) : undefined;
    if (isPlain || (from === to && words === undefined)) continue;
    const { requirement, title = '', severity, controls, reason: found } = one.finding;
    const reason = words ?? found;
    const { resource, type, file } = one;
    const change = changeOf(from, to);
    const ids = controls.map(({ id }) => id);
    yield { requirement, title, severity, controls: ids, resource, type, file, from, to, change, reason };
  }
}

const isGood = (standing: Standing): boolean => standing === 'pass' || standing === 'not-applicable';

const changeOrder = ['worse', 'other', 'better'];

const inOrder = (left: RequirementChange, right: RequirementChange): number =>
  changeOrder.indexOf(left.change) - changeOrder.indexOf(right.change) ||
  order(left.requirement, right.requirement) ||
  order(keyOf(left), keyOf(right));

function controlChanges(before: Result, after: Result): ControlChange[] {
  const [old, now] = [controlsOf(before), controlsOf(after)];
  return [...new Set([...old.keys(), ...now.keys()])].sort(order).flatMap((control) => {
    const [from, to] = [old.get(control) ?? 'absent', now.get(control) ?? 'absent'] as const;
    return from === to ? [] : [{ control, from, to, change: changeOf(from, to) }];
  });
}

/** Each control by the worst verdict of what supports it. */
function controlsOf({ findings }: Result): Map<string, Verdict> {
  const map = new Map<string, Verdict>();
  for (const { controls, verdict } of findings) {
    for (const { id } of controls) {
      const other = map.get(id);
      if (other === undefined || ranks[verdict] > ranks[other]) map.set(id, verdict);
    }
  }
  return map;
}

function caveatsOf({ result: before }: State, { result: after }: State): string[] {
  const caveats: string[] = [];
  if (before.baseline !== after.baseline)
    caveats.push(`They were judged against different baselines: ${before.baseline} and ${after.baseline}.`);
  if (before.controlData !== after.controlData)
    caveats.push('They were judged with different control data: a change may come from the requirements.');
  if (before.tool.version !== after.tool.version)
    caveats.push(`They were judged by different versions: ${before.tool.version} and ${after.tool.version}.`);
  const profiles = [before, after].map(({ profile }) => profile?.requirements.join(' ') ?? '');
  if (profiles[0] !== profiles[1]) caveats.push('They were judged by different requirements (--requirement).');
  if ((before.system ?? '') !== (after.system ?? '')) caveats.push('They were judged with different system files.');
  return caveats;
}
