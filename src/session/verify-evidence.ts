import { basename, dirname } from 'node:path';
import {
  type BundleSource,
  defaultLimits,
  encodeMonotonicState,
  parseMonotonicState,
  stampReader,
  type Verification,
  verifyBundle,
  verifyVerdict,
} from '#evidence/index.js';
import { readBundle } from '#io/bundle.js';
import { wallClock } from '#io/clock.js';
import { listFiles } from '#io/list-files.js';
import { readBytes } from '#io/read.js';
import { writeWhole } from '#io/write-whole.js';
import { RampartError } from '#model/error.js';
import { type DeploymentFlags, readInHand } from './in-hand.js';
import { loadTrust } from './trust.js';

interface VerifyFlags extends DeploymentFlags {
  trust?: string | undefined;
  for?: readonly string[] | undefined;
  state?: string | undefined;
  rebuild: boolean;
  /** File of parameters the manifests were judged with. */
  'judged-with'?: string | undefined;
}

const small = { maxBytes: 1024 * 1024 };

/**
 * Reads a bundle and verifies it by the wall clock: SOURCE_DATE_EPOCH must not make old evidence fresh. The state file
 * moves forward when the bundle is verified.
 */
export async function verifyEvidence(path: string, flags: VerifyFlags, root: string): Promise<Verification> {
  const limits = defaultLimits;
  const source = await readBundle(path, limits);
  const trustPolicy = flags.trust ? await loadTrust(flags.trust) : undefined;
  const inHand = await readInHand(flags.for ?? [], flags);
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
    state:
      flags.state && listFiles([flags.state]).files.length > 0
        ? parseMonotonicState(await readBytes(flags.state, small))
        : undefined,
    inHand,
  });
  if (flags.rebuild && verification.level !== 'not-trusted') {
    const { problems, notes } = await rebuilt(source, verification, {
      root,
      parameters: flags['judged-with'] ?? flags.parameters,
    });
    if (problems.length > 0) return { ...verification, level: 'not-trusted', problems };
    const said =
      'every derived document was made again from the facts and is the same, and so is what the statements claim';
    return remembered(flags, { ...verification, notes: [...verification.notes, said, ...notes] });
  }
  return remembered(flags, verification);
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
  here: { root: string; parameters: string | undefined },
): Promise<{ problems: readonly { message: string }[]; notes: readonly string[] }> {
  const failed = (...problems: string[]) => ({ problems, notes: [] });
  const { rebuild } = await import('./rebuild.js');
  const { problems, notes } =
    manifest && statement && identity !== undefined
      ? await rebuild(source, { manifest, statement, verdict, identity }, here).catch((error: unknown) => {
          if (error instanceof RampartError) throw error;
          // Whoever signed a bundle may have put anything under the names of its members: what cannot be made again is not trusted.
          const why = error instanceof Error ? error.message : String(error);
          return failed(`it could not be made again from its members: ${why}`);
        })
      : failed('the bundle carries no statement of what made it');
  return { problems: problems.map((message) => ({ message: `rebuild: ${message}` })), notes };
}

async function remembered(flags: VerifyFlags, verification: Verification): Promise<Verification> {
  if (flags.state && verification.level === 'verified' && verification.state) {
    const file = { path: basename(flags.state), bytes: encodeMonotonicState(verification.state) };
    await writeWhole([file], { root: dirname(flags.state), force: true });
  }
  return verification;
}
