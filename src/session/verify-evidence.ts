import { basename, dirname } from 'node:path';
import {
  type BundleSource,
  defaultLimits,
  encodeMonotonicState,
  readMember,
  stampReader,
  type Verification,
  verifyBundle,
  verifyVerdict,
} from '#evidence/index.js';
import { readBundle } from '#io/bundle.js';
import { wallClock } from '#io/clock.js';
import { writeWhole } from '#io/write-whole.js';
import { RampartError } from '#model/error.js';
import { filesFor, subjectsIn } from './for-folder.js';
import { type DeploymentFlags, readInHand } from './in-hand.js';
import type { JudgedAgain, Left } from './judge-again.js';
import { collectionPath } from './member.js';
import { withContents } from './published.js';
import { noState, readState } from './state-file.js';
import { loadTrust } from './trust.js';

interface VerifyFlags extends DeploymentFlags {
  trust?: string | undefined;
  for?: readonly string[] | undefined;
  state?: string | undefined;
  rebuild: boolean;
  /** Files the manifests were judged with, or as, that a bundle does not hold. */
  'judged-with'?: readonly string[] | undefined;
  /** Whether a bundle is refused of which something was not made or judged again. */
  strict?: boolean | undefined;
}

/** What became of a verification, and of making the bundle again where that was asked for. */
export interface Verified extends Verification {
  judgedAgain?: Pick<JudgedAgain, 'findings' | 'same' | 'left'>;
}

/**
 * Reads a bundle and verifies it by the wall clock: SOURCE_DATE_EPOCH must not make old evidence fresh. The state file
 * moves forward when the bundle is verified.
 */
export async function verifyEvidence(path: string, flags: VerifyFlags, root: string): Promise<Verified> {
  const limits = defaultLimits;
  const source = await readBundle(path, limits);
  const trustPolicy = flags.trust ? await loadTrust(flags.trust) : undefined;
  const inHand = withContents(await readInHand(await filesFor(flags.for ?? [], source), flags), subjectsIn(source));
  // No archive begins with a brace: the name of its first file starts with a letter.
  if ('archive' in source && source.archive[0] === 0x7b) {
    refuseOfBundles(flags);
    return verifyVerdict(source.archive, { now: wallClock(), trustPolicy, inHand });
  }
  const verification = verifyBundle(source, {
    now: wallClock(),
    readStamp: await stampReader(source),
    limits,
    trustPolicy,
    state: flags.state === undefined ? undefined : ((await readState(flags.state)) ?? noState),
    inHand,
  });
  if (verification.level === 'not-trusted') return verification;
  const told = { ...verification, notes: [...verification.notes, ...passedWith(source, verification)] };
  if (!flags.rebuild) return remembered(flags, told);
  const inHandToo = flags['judged-with'] ?? (flags.parameters === undefined ? [] : [flags.parameters]);
  const again = await rebuilt(source, verification, { root, judgedWith: inHandToo });
  const { findings, same, left } = again;
  const problems = [...again.problems, ...(flags.strict ? left.map(unjudged) : [])];
  const judgedAgain = { findings, same, left };
  if (problems.length > 0) {
    const messages = problems.map((message) => ({ message: `rebuild: ${message}` }));
    return { ...told, level: 'not-trusted', problems: messages, judgedAgain };
  }
  const said =
    'every derived document was made again from the facts and is the same, and so is what the statements claim';
  return remembered(flags, { ...told, notes: [...told.notes, said, ...again.notes], judgedAgain });
}

/** As many sentences as anybody reads. */
const most = 50;

/** What a gate that passed let by, by waivers or thresholds, or was told to leave out: the word alone seems to say more. */
function passedWith(source: BundleSource, { verdict }: Verification): string[] {
  const bytes = verdict?.result === 'PASSED' ? readMember(source, collectionPath) : undefined;
  if (bytes === undefined) return [];
  try {
    const { besideVerdict } = JSON.parse(new TextDecoder().decode(bytes)) as { besideVerdict?: unknown };
    return Array.isArray(besideVerdict) ? besideVerdict.filter((each) => typeof each === 'string').slice(0, most) : [];
  } catch {
    // Whoever sealed it may have put anything there; bundles of before say nothing of it.
    return [];
  }
}

/** What nobody but its signer answers for. */
function unjudged({ on, findings, missing }: Left): string {
  const count = [
    ...(findings > 0 ? [`${findings} of its findings`] : []),
    ...(missing > 0 ? [`${missing} that judging again gives and it does not hold`] : []),
  ].join(' and ');
  const what = count === '' ? 'that it is what was judged' : count;
  return `--strict: only whoever sealed it answers for ${what}, on ${on}`;
}

/** A verdict in the place of a bundle must not pass because less is asked of it. */
function refuseOfBundles({ state, rebuild }: VerifyFlags): void {
  const flag = rebuild ? '--rebuild' : state === undefined ? undefined : '--state';
  if (flag === undefined) return;
  throw new RampartError('RAMPART_NO_BUNDLE', `${flag} is for bundles, and this is a verdict by itself`, {
    exit: 'usage',
    next: `Give the bundle, or leave ${flag} away.`,
  });
}

async function rebuilt(
  source: BundleSource,
  { manifest, statement, verdict, identity }: Verification,
  { root, judgedWith }: { root: string; judgedWith: readonly string[] },
): Promise<JudgedAgain> {
  const { failedRebuild, rebuild } = await import('./rebuild.js');
  const { readJudgedWith } = await import('./judged-with.js');
  if (!manifest || !statement || identity === undefined)
    return failedRebuild('the bundle carries no statement of what made it');
  const here = { root, judgedWith: await readJudgedWith(judgedWith) };
  return rebuild(source, { manifest, statement, verdict, identity }, here).catch((error: unknown) => {
    if (error instanceof RampartError) throw error;
    // Whoever signed a bundle may have put anything under the names of its members: what cannot be made again is not trusted.
    const why = error instanceof Error ? error.message : String(error);
    return failedRebuild(`it could not be made again from its members: ${why}`);
  });
}

async function remembered(flags: VerifyFlags, verification: Verified): Promise<Verified> {
  if (flags.state && verification.level === 'verified' && verification.state) {
    const file = { path: basename(flags.state), bytes: encodeMonotonicState(verification.state) };
    await writeWhole([file], { root: dirname(flags.state), force: true });
  }
  return verification;
}
