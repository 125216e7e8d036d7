import { compare } from '#check/compare.js';
import { supportOf } from '#check/support.js';
import { defaultLimits, readMember, stampReader, type TrustPolicy, verifyBundle } from '#evidence/index.js';
import { readBundle } from '#io/bundle.js';
import { wallClock } from '#io/clock.js';
import type { JudgedResource, RequirementChange, ResultDiff } from '#model/change.js';
import { RampartError } from '#model/error.js';
import type { Result } from '#model/result.js';
import type { SupportChange } from '#model/support.js';
import type { Verdict } from '#model/verdict.js';
import { countsText } from '#report/said.js';
import { resultIn } from './result-file.js';
import { loadTrust } from './trust.js';

export interface EvidenceDiff {
  from: Side;
  to: Side;
  /** What makes the two hard to compare. */
  caveats: readonly string[];
  changes: readonly SupportChange[];
  /** What is wrong in both, in another way: accepted or not, it may be worse. */
  otherwise: readonly RequirementChange[];
  /** Controls supported in both. */
  kept: number;
  /** Controls contradicted in both, or open in both. */
  against: number;
  /** Controls of which a deviation is the worst in both. */
  waived: number;
}

interface Side {
  bundle: string;
  collectedAt: string;
  baseline: string;
  /** How many judgements of each verdict, in words. */
  counts: string;
}

/** Which controls gained or lost support between two bundles, each with the requirements and resources that made it so. */
export async function diffEvidence(
  from: string,
  to: string,
  { trust }: { trust?: string | undefined },
): Promise<EvidenceDiff> {
  const policy = trust ? await loadTrust(trust) : undefined;
  const [before, after] = [await stateOf(from, policy), await stateOf(to, policy)];
  const diff = compare(before, after);
  const [old, now] = [supportOf(before.result.findings), supportOf(after.result.findings)];
  const ids = [...new Set([...Object.keys(old), ...Object.keys(now)])].sort();
  const changes = ids.flatMap((id) => changeOf(id, old[id], now[id], diff));
  const kept = ids.filter((id) => old[id] === 'pass' && now[id] === 'pass').length;
  const caveats = [
    ...(policy ? [] : ['no trust policy was given (--trust), so nobody vouches for either bundle']),
    ...diff.caveats,
    ...(before.systemId === after.systemId
      ? []
      : [`the bundles are of two systems: ${before.systemId} and ${after.systemId}`]),
  ];
  // Controls that stay contradicted can hide much that came: the counts of both sides, and of these, tell of it.
  const against = ids.filter((id) => old[id] === now[id] && speaksAgainst.has(old[id])).length;
  const waived = ids.filter((id) => old[id] === 'waived' && now[id] === 'waived').length;
  const otherwise = diff.requirements.filter((each) => each.from === each.to);
  return { from: sideOf(before), to: sideOf(after), caveats, changes, otherwise, kept, against, waived };
}

const speaksAgainst: ReadonlySet<Verdict | undefined> = new Set(['fail', 'unknown', 'error']);

const sideOf = ({ side, result }: { side: Omit<Side, 'counts'>; result: Result }): Side => ({
  ...side,
  counts: countsText(result),
});

function changeOf(
  control: string,
  from: Verdict | undefined,
  to: Verdict | undefined,
  { requirements, resources }: ResultDiff,
): SupportChange[] {
  if (from === to) return [];
  const change = to === 'pass' ? 'gained' : from === 'pass' ? 'lost' : 'other';
  const because = requirements
    .filter(({ controls, from: was, to: is }) => controls.includes(control) && was !== is)
    .map(({ requirement, resource, file, from: was, to: is, reason }) => ({
      requirement,
      resource,
      file,
      from: was,
      to: is,
      reason,
    }));
  const moved = (these: readonly JudgedResource[]): string[] => (because.length > 0 ? [] : these.map(assetText));
  const { removed, added } = { removed: moved(resources.removed), added: moved(resources.added) };
  return [{ control, change, from: from ?? 'absent', to: to ?? 'absent', because, removed, added }];
}

/** With its file: resources of two files may be called alike. */
const assetText = ({ resource, file }: JudgedResource): string => (file === '' ? resource : `${resource} (${file})`);

/** The old bundle may have run out by now, which its digests and its signature do not. One from the future is none. */
export async function stateOf(path: string, trustPolicy: TrustPolicy | undefined) {
  const source = await readBundle(path, defaultLimits);
  const { checks, identity, statement, signedBy, manifest, problems } = verifyBundle(source, {
    now: wallClock(),
    mayBeOld: true,
    readStamp: await stampReader(source),
    trustPolicy,
  });
  const isWhole = checks.every(({ ok }) => ok !== false);
  const findings = readMemberOf(source, isWhole);
  const result: Result | undefined = findings && resultIn(findings);
  if (!isWhole || !statement || !manifest || identity === undefined || result === undefined) {
    throw new RampartError('RAMPART_BUNDLE_NOT_TRUSTED', `${path} is not a bundle to compare with`, {
      exit: 'untrusted',
      next: 'rampart evidence verify says which check failed.',
      problems,
    });
  }
  const { systemId, collectedAt } = statement.predicate;
  const side = { bundle: identity, collectedAt, baseline: result.baseline };
  return { name: path, result, systemId, side, source, manifest, predicate: statement.predicate, signedBy };
}

const readMemberOf = (source: Parameters<typeof readMember>[0], isWhole: boolean): Uint8Array | undefined =>
  isWhole ? readMember(source, 'results/findings.json') : undefined;
