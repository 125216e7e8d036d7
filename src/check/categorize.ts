import {
  type Categorized,
  type ChangeKind,
  type ChangeReason,
  type ChangeRules,
  changeKinds,
  type JudgedResource,
  type ResultDiff,
  type Signal,
} from '#model/change.js';
import type { Result } from '#model/result.js';

/** What is known of a change beside what differs. */
export interface Circumstances {
  before: Result;
  after: Result;
  /** Impact of each baseline, where it has one. */
  impactOf(baseline: string): string | undefined;
  /** Whether somebody said that such changes are made regularly and routinely: no manifest shows that. */
  recurring: boolean;
}

/**
 * FedRAMP's kind of a change, with the reasons. The weightiest kind anything speaks for decides, if it does so for certain;
 * otherwise a person has to. A guess would be worse: a transformative change taken for a routine one is told to nobody.
 */
export function categorize(diff: ResultDiff, rules: ChangeRules, circumstances: Circumstances): Categorized {
  const reasons = [...seenSignals(diff, rules, circumstances)].map(([signal, seen]): ChangeReason => {
    const { kind, certain, rule, reason } = rules.signals[signal];
    const isSaid = kind === 'routine-recurring' && circumstances.recurring;
    return { signal, kind, certain: certain || isSaid, rule, reason, seen: [...new Set(seen)].slice(0, 20) };
  });
  const sorted = reasons.sort((left, right) => changeKinds.indexOf(right.kind) - changeKinds.indexOf(left.kind));
  const source = `${rules.source}, ${rules.version}, ${rules.date}`;
  const [weightiest] = sorted;
  if (!weightiest) return { category: 'none-seen', between: [], reasons: [], notices: [], source };
  const isCertain = sorted.some(({ kind, certain }) => certain && kind === weightiest.kind);
  const between = isCertain ? [] : possible(sorted);
  const kinds = isCertain ? [weightiest.kind] : between;
  const notices = kinds.flatMap((kind) => rules.kinds[kind].notices.map((notice) => ({ ...notice, kind })));
  return { category: isCertain ? weightiest.kind : 'needs-a-person', between, reasons: sorted, notices, source };
}

/** What is not the weightiest kind is at least what is certain; what is neither routine nor transformative is adaptive. */
function possible(reasons: readonly ChangeReason[]): ChangeKind[] {
  const most = changeKinds.indexOf((reasons[0] as ChangeReason).kind);
  const certain = reasons.filter((each) => each.certain).map(({ kind }) => changeKinds.indexOf(kind));
  const routine = reasons.every(({ kind }) => kind === 'routine-recurring');
  const least = Math.max(routine ? 0 : 1, ...certain);
  return changeKinds.slice(Math.min(least, most), Math.max(most, routine ? 1 : most) + 1);
}

function* seenSignals(diff: ResultDiff, rules: ChangeRules, at: Circumstances): Generator<[Signal, string[]]> {
  const { before, after } = at;
  const impacts = [at.impactOf(before.baseline), at.impactOf(after.baseline)];
  if (before.baseline !== after.baseline && impacts[0] !== impacts[1])
    yield ['other-class', [before.baseline, after.baseline]];
  if (before.boundary.partition !== after.boundary.partition)
    yield ['other-partition', [before.boundary.partition, after.boundary.partition]];
  else if (before.system !== undefined && after.system !== undefined) {
    const regions = [before, after].map(({ boundary }) => [...boundary.regions].sort().join(', '));
    if (regions[0] !== regions[1]) yield ['other-regions', regions];
  }
  yield* typeSignals(diff, rules, at);
  const worse = diff.requirements.filter(({ change }) => change === 'worse');
  if (worse.length > 0) yield ['got-worse', worse.map(({ requirement, resource }) => `${requirement} on ${resource}`)];
  const news = new Set([...diff.resources.added, ...diff.resources.removed].map(keyOf));
  const settings = diff.requirements.filter((each) => each.change !== 'worse' && !news.has(keyOf(each)));
  if (settings.length > 0)
    yield ['settings', settings.map(({ requirement, resource }) => `${requirement} on ${resource}`)];
}

const keyOf = ({ file, type, resource }: JudgedResource): string => JSON.stringify([file, type, resource]);

function* typeSignals(
  { resources, unnamed }: ResultDiff,
  { types }: ChangeRules,
  at: Circumstances,
): Generator<[Signal, string[]]> {
  const [old, now] = [typesOf(at.before), typesOf(at.after)];
  const typed = (those: readonly { type: string }[]) => those.map(({ type }) => type);
  const added = [...typed(resources.added), ...typed(unnamed.filter(({ from, to }) => to > from))];
  const removed = [...typed(resources.removed), ...typed(unnamed.filter(({ from, to }) => to < from))];
  /** Of groups of types, by how their names begin, those on one side only. */
  const groups = (starts: readonly string[][]) => ({
    come: starts.filter((group) => !hasAny(old, group) && hasAny(now, group)).flat(),
    gone: starts.filter((group) => hasAny(old, group) && !hasAny(now, group)).flat(),
  });
  const clouds = Object.values(types.providers).map((starts) => [...starts]);
  const providers = groups(clouds);
  const named = [...providers.gone, ...providers.come];
  if (old.size > 0 && now.size > 0 && named.length > 0)
    yield [providers.gone.length > 0 && providers.come.length > 0 ? 'cloud-replaced' : 'other-clouds', named];
  const containers = groups([[...types.orchestration]]);
  if (containers.come.length + containers.gone.length > 0)
    yield ['other-orchestration', [...added, ...removed].filter((type) => starts(type, types.orchestration))];
  const isAi = (type: string) => starts(type, types.ai);
  const services = [...added.filter((type) => !old.has(type)), ...removed.filter((type) => !now.has(type))].filter(
    isAi,
  );
  if (services.length > 0) yield ['other-ai-services', services];
  const extended = added.filter((type) => isAi(type) && old.has(type));
  if (extended.length > 0) yield ['ai-service-extended', extended];
  const fresh = added.filter((type) => !old.has(type) && !isAi(type));
  if (fresh.length > 0) yield ['new-types', fresh];
  const gone = removed.filter((type) => !now.has(type) && !isAi(type));
  if (gone.length > 0) yield ['types-gone', gone];
  const staying = [...added, ...removed].filter((type) => old.has(type) && now.has(type) && !extended.includes(type));
  if (staying.length > 0) yield ['same-types', staying];
}

const starts = (type: string, beginnings: readonly string[]): boolean =>
  beginnings.some((each) => type.startsWith(each));

const hasAny = (side: ReadonlySet<string>, beginnings: readonly string[]): boolean =>
  [...side].some((type) => starts(type, beginnings));

const typesOf = ({ findings, withoutRequirement = {} }: Result): Set<string> =>
  new Set([...findings.map(({ type }) => type), ...Object.keys(withoutRequirement)]);
