import { supportOf } from '#check/support.js';
import type { Earlier } from '#evidence/fedramp/earlier.js';
import { defaultLimits, readMember } from '#evidence/index.js';
import { readBundle } from '#io/bundle.js';
import { RampartError } from '#model/error.js';
import type { Plan } from '#model/plan.js';
import { bundleState } from './bundle-state.js';
import { stateOf } from './diff-evidence.js';
import { readLedger } from './ledger.js';
import { assembliesFolder, manifestsFolder, planPath } from './member.js';
import { poamPath } from './oscal-documents.js';
import { loadTrust } from './trust.js';

/** What the earlier evidence has to be of. */
export interface Follows {
  systemId: string;
  environment: string;
  /** When the present evidence was collected. */
  time: Date;
  /** Path of a trust policy. */
  trust?: string | undefined;
}

/** What a bundle, or the newest entry of a ledger, said of the same system and environment before now. */
export async function loadEarlier(path: string, follows: Follows): Promise<Earlier> {
  const earlier = (await isLedger(path)) ? await lastOf(path, follows) : await bundleAt(path, follows);
  if (Date.parse(earlier.collectedAt) < follows.time.getTime()) return earlier;
  throw unfit(`${path} was collected at ${earlier.collectedAt}, which is not before this evidence`);
}

/** A ledger is lines of JSON; no archive begins with a brace, and a folder is a bundle. */
async function isLedger(path: string): Promise<boolean> {
  const source = await readBundle(path, defaultLimits);
  return 'archive' in source && source.archive[0] === 0x7b;
}

async function lastOf(path: string, { systemId, environment }: Follows): Promise<Earlier> {
  const { entries, problems } = await readLedger(path);
  if (problems.length > 0) {
    throw new RampartError('RAMPART_LEDGER_CHAIN', `${path} does not hold together`, {
      exit: 'untrusted',
      next: 'rampart ledger verify says where.',
      problems: problems.map((message) => ({ message })),
    });
  }
  const own = entries.filter((entry) => entry.systemId === systemId && entry.environment === environment);
  const last = own.at(-1);
  if (last === undefined) throw unfit(`${path} holds no evidence of ${systemId} in ${environment}`);
  const { bundle, sequence, collectedAt, baseline, controls } = last;
  return { from: 'ledger', trust: 'intact', bundle, sequence, environment, collectedAt, baseline, controls };
}

async function bundleAt(path: string, { systemId, environment, trust }: Follows): Promise<Earlier> {
  const policy = trust ? await loadTrust(trust) : undefined;
  const { side, predicate, signedBy, result, source, manifest } = await stateOf(path, policy);
  if (predicate.systemId !== systemId || predicate.environment !== environment) {
    throw unfit(
      `${path} is of ${predicate.systemId} in ${predicate.environment}, and this evidence of ${systemId} in ${environment}`,
    );
  }
  const manifests = [manifestsFolder, assembliesFolder].flatMap((folder) =>
    manifest.members
      .filter((each) => each.path.startsWith(folder))
      .map((each) => ({ path: each.path.slice(folder.length), sha256: each.sha256 })),
  );
  const plan = planIn(path, readMember(source, planPath));
  return {
    from: 'bundle',
    trust: signedBy.length > 0 ? 'verified' : 'intact',
    ...side,
    sequence: predicate.sequence,
    environment,
    controls: supportOf(result.findings),
    detected: detectedIn(path, readMember(source, poamPath), predicate.collectedAt.slice(0, 10)),
    state: bundleState(plan, predicate.controlData, predicate.tool.version, manifests),
  };
}

/**
 * The risks of a bundle's plan of action, each with the day it was known of, at the latest that of the bundle. A bundle without a plan
 * had none. One that is no such plan is refused: without its days every weakness would look as if it had been found today.
 */
function detectedIn(path: string, bytes: Uint8Array | undefined, collected: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const risk of risksIn(path, bytes)) {
    const told = detectedOf(risk, collected);
    if (told === undefined) throw unread(path);
    found[told.uuid] = told.day < collected ? told.day : collected;
  }
  return found;
}

/** What a risk is called, and the day it says that it was known of; where it says none, that of the bundle. */
function detectedOf(risk: unknown, collected: string): { uuid: string; day: string } | undefined {
  const { uuid, props = [] } = (typeof risk === 'object' && risk !== null ? risk : {}) as Readonly<
    Record<string, unknown>
  >;
  if (typeof uuid !== 'string' || !/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(uuid)) return undefined;
  const day: unknown = Array.isArray(props)
    ? (props.find((each) => each?.name === 'detected')?.value ?? collected)
    : undefined;
  return typeof day === 'string' && /^\d{4}-\d\d-\d\d$/.test(day) ? { uuid, day } : undefined;
}

function risksIn(path: string, bytes: Uint8Array | undefined): readonly unknown[] {
  if (bytes === undefined) return [];
  try {
    const { 'plan-of-action-and-milestones': plan } = JSON.parse(
      new TextDecoder('utf-8', { fatal: true }).decode(bytes),
    );
    // OSCAL has no empty lists: a plan of nothing has no risks.
    const { risks = [] } = plan;
    if (Array.isArray(risks)) return risks;
  } catch (cause) {
    throw unread(path, cause);
  }
  throw unread(path);
}

const unread = (path: string, cause?: unknown): RampartError =>
  new RampartError('RAMPART_EARLIER', `${path} holds a plan of action and milestones that cannot be read`, {
    exit: 'input',
    next: 'Give the bundle of the last report as it was sealed: the days weaknesses were first known of are in it.',
    cause,
  });

/** The plan of another's bundle: whoever made it may have put anything there. */
function planIn(path: string, bytes: Uint8Array | undefined): Plan {
  try {
    const plan = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as Plan;
    bundleState(plan, '', '', []);
    return plan;
  } catch (cause) {
    throw new RampartError('RAMPART_EARLIER', `${path} holds no plan to compare with`, {
      exit: 'input',
      next: 'Give the bundle of the last report.',
      cause,
    });
  }
}

const unfit = (why: string): RampartError =>
  new RampartError('RAMPART_EARLIER', why, {
    exit: 'usage',
    next: 'Give --since the bundle of the last report of this system, or a ledger that holds it.',
  });
