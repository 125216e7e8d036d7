import { basename, dirname } from 'node:path';
import { supportOf } from '#check/support.js';
import {
  defaultLimits,
  encodeEntry,
  type Ledger,
  type LedgerEntry,
  parseLedger,
  readMember,
  stampReader,
  verifyBundle,
} from '#evidence/index.js';
import { readBundle } from '#io/bundle.js';
import { wallClock } from '#io/clock.js';
import { listFiles } from '#io/list-files.js';
import { withLock } from '#io/lock.js';
import { readBytes } from '#io/read.js';
import { writeWhole } from '#io/write-whole.js';
import { RampartError } from '#model/error.js';
import { resultIn } from './result-file.js';
import { loadTrust } from './trust.js';

const largest = { maxBytes: 256 * 1024 * 1024 };

/** A ledger on the disk; throws when it was not there or is not as it was written. */
export const readLedger = async (path: string): Promise<Ledger> => parseLedger(await readBytes(path, largest));

/**
 * Adds a bundle that is verified now. The file is replaced as a whole while nobody else may write, so that no crash leaves half
 * a line and no two runs lose each other's.
 */
export async function addToLedger(
  path: string,
  bundle: string,
  flags: { trust?: string | undefined; 'allow-intact': boolean },
): Promise<{ entry: LedgerEntry; size: number; root: string; notes: readonly string[] }> {
  const entry = await entryOf(bundle, flags);
  return withLock(path, async () => {
    const before = listFiles([path]).files.length > 0 ? await readBytes(path, largest) : new Uint8Array(0);
    const ledger = parseLedger(before);
    if (ledger.entries.some((each) => each.bundle === entry.bundle)) {
      throw new RampartError('RAMPART_IN_LEDGER', 'the ledger holds this bundle already', {
        exit: 'usage',
        next: 'See rampart ledger history.',
      });
    }
    const line = encodeEntry(entry, { size: ledger.entries.length, root: ledger.root });
    const bytes = Buffer.concat([before, line, Buffer.from('\n')]);
    const after = parseLedger(bytes);
    const problem = after.problems.find((each) => !ledger.problems.includes(each));
    if (problem !== undefined) {
      throw new RampartError('RAMPART_LEDGER_CHAIN', `the bundle does not fit the ledger: ${problem}`, {
        exit: 'untrusted',
        next: 'Add bundles in the order of their sequence; make each with --state, which chains it to the one before.',
      });
    }
    await writeWhole([{ path: basename(path), bytes }], { root: dirname(path), force: true });
    const missing = after.missing.filter((each) => !ledger.missing.includes(each));
    return { entry, size: after.entries.length, root: after.root, notes: notesOn(entry, missing) };
  });
}

/** What a line does not show by itself, and whoever adds it should know. */
const notesOn = ({ signedBy, previous }: LedgerEntry, missing: readonly string[]): string[] => [
  ...(signedBy.length > 0 ? [] : ['Nobody vouches for it: its signature was not checked (--allow-intact).']),
  ...(previous === null
    ? ['It is the first of its chain. The next fits only if both are made with evidence create --state.']
    : []),
  ...missing.map((each) => `Never added: ${each}.`),
];

async function entryOf(
  path: string,
  flags: { trust?: string | undefined; 'allow-intact': boolean },
): Promise<LedgerEntry> {
  const source = await readBundle(path, defaultLimits);
  const trustPolicy = flags.trust ? await loadTrust(flags.trust) : undefined;
  const { level, identity, statement, signedBy, verdict, problems } = verifyBundle(source, {
    now: wallClock(),
    readStamp: await stampReader(source),
    trustPolicy,
  });
  const isTrusted = level === 'verified' || (level === 'intact' && flags['allow-intact']);
  const findings = isTrusted ? readMember(source, 'results/findings.json') : undefined;
  const result = findings && resultIn(findings);
  if (!isTrusted || !statement || identity === undefined || !result) {
    throw new RampartError(
      'RAMPART_BUNDLE_NOT_TRUSTED',
      `${path} is ${level}; only verified evidence goes into a ledger`,
      {
        exit: 'untrusted',
        next: 'Give the trust policy with --trust; rampart evidence verify says which check failed.',
        problems,
      },
    );
  }
  const { systemId, environment, sequence, previous, collectedAt } = statement.predicate;
  return {
    systemId,
    environment,
    sequence,
    previous,
    collectedAt,
    bundle: identity,
    signedBy,
    baseline: result.baseline,
    verdict: verdict?.result ?? null,
    controls: supportOf(result.findings),
  };
}
