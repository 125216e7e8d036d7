import { RampartError } from '#model/error.js';
import { type Verdict as Judgement, verdicts } from '#model/verdict.js';
import { canonicalBytes, decodeUtf8, parseCanonical } from './canonical-json.js';
import { GrowingTree, leafHash } from './merkle.js';
import { constantAt, digestAt, instantAt, integerAt, listAt, misshapen, nameAt, objectAt, oneOfAt } from './shape.js';
import type { Predicate } from './statement.js';

/** One bundle, as the ledger remembers it. */
export interface LedgerEntry
  extends Pick<Predicate, 'systemId' | 'environment' | 'sequence' | 'previous' | 'collectedAt'> {
  /** SHA-256 of the bundle's manifest. */
  bundle: string;
  /** Ids of the pinned keys; empty for a bundle that was only found intact. */
  signedBy: readonly string[];
  baseline: string;
  verdict: 'PASSED' | 'FAILED' | null;
  /** Worst verdict by control id, in order of id. */
  controls: Readonly<Record<string, Judgement>>;
}

export interface Ledger {
  entries: readonly LedgerEntry[];
  leaves: readonly Buffer[];
  /** RFC 9162 root over all entries, lower-case hex. */
  root: string;
  /** Breaks in the chain of a system: what makes the ledger wrong. */
  problems: readonly string[];
  /** Bundles that were never added, one by one: what makes it incomplete. */
  missing: readonly string[];
}

const format = 'rampart-ledger/1';

/** The line of an entry after those of a tree. The root before it binds it to all that came earlier. */
export const encodeEntry = (entry: LedgerEntry, { size, root }: { size: number; root: string }): Uint8Array =>
  canonicalBytes({ format, index: size, rootBefore: root, ...entry });

/** Reads every line and recomputes every root. Throws on a line that is not as it was written. */
export const parseLedger = (bytes: Uint8Array): Ledger => {
  const text = decodeUtf8(bytes, 'the ledger');
  if (text !== '' && !text.endsWith('\n')) throw misshapen('the last line of the ledger', 'is cut off');
  // No line holds either: JSON writes a carriage return as \\r, and nothing stands before the first brace.
  if (text.startsWith('\ufeff')) throw reencoded('begins with a byte order mark');
  if (text.includes('\r')) throw reencoded('has line ends of Windows (CRLF)');
  const tree = new GrowingTree();
  const entries: LedgerEntry[] = [];
  const leaves: Buffer[] = [];
  for (const line of text.split('\n').slice(0, -1)) {
    const at = `line ${tree.size + 1}`;
    const data = Buffer.from(line, 'utf8');
    entries.push(readEntry(data, at, tree));
    const leaf = leafHash(data);
    leaves.push(leaf);
    tree.push(leaf);
  }
  return { entries, leaves, root: tree.root(), ...chainsOf(entries) };
};

const reencoded = (how: string): RampartError =>
  new RampartError('RAMPART_LEDGER_ENCODING', `the ledger ${how}, which nothing that adds to it writes`, {
    exit: 'untrusted',
    next: 'Take the ledger as it was written. Git leaves it as it is where .gitattributes names it with -text.',
  });

const written = (at: string): RampartError =>
  new RampartError(
    'RAMPART_LEDGER_CHAIN',
    `${at} of the ledger does not follow the lines before it: one of them was changed, added, moved or taken away`,
    { exit: 'untrusted', next: 'Take the ledger from where it was last known to hold, and add to that.' },
  );

const keys = ['systemId', 'environment', 'sequence', 'previous', 'collectedAt', 'bundle', 'signedBy', 'baseline'];

const readEntry = (data: Uint8Array, at: string, tree: GrowingTree): LedgerEntry => {
  const item = objectAt(parseCanonical(data, `${at} of the ledger`), at, [
    'format',
    'index',
    'rootBefore',
    ...keys,
    'verdict',
    'controls',
  ]);
  constantAt(item.format, `${at}.format`, format);
  if (item.index !== tree.size || item.rootBefore !== tree.root()) throw written(at);
  if ((item.sequence === 1) !== (item.previous === null))
    throw misshapen(
      `${at}.previous`,
      'must be null for the first bundle and the digest of the one before for any other',
    );
  const { controls } = item;
  if (typeof controls !== 'object' || controls === null || Array.isArray(controls))
    throw misshapen(`${at}.controls`, 'must be an object');
  return {
    systemId: nameAt(item.systemId, `${at}.systemId`),
    environment: nameAt(item.environment, `${at}.environment`),
    sequence: integerAt(item.sequence, `${at}.sequence`, 1, Number.MAX_SAFE_INTEGER),
    previous: item.previous === null ? null : digestAt(item.previous, `${at}.previous`, 256),
    collectedAt: instantAt(item.collectedAt, `${at}.collectedAt`),
    bundle: digestAt(item.bundle, `${at}.bundle`, 256),
    signedBy: listAt(item.signedBy, `${at}.signedBy`, 0, 16).map((id) => digestAt(id, `${at}.signedBy`, 256)),
    baseline: nameAt(item.baseline, `${at}.baseline`),
    verdict: item.verdict === null ? null : oneOfAt(item.verdict, `${at}.verdict`, ['PASSED', 'FAILED'] as const),
    controls: Object.fromEntries(
      Object.entries(controls).map(([id, verdict]) => [
        nameAt(id, `${at}.controls`),
        oneOfAt(verdict, `${at}.controls.${id}`, verdicts),
      ]),
    ),
  };
};

/** What does not fit, and what is not there, in the chain of each system and environment. */
const chainsOf = (entries: readonly LedgerEntry[]): Pick<Ledger, 'problems' | 'missing'> => {
  const heads = new Map<string, LedgerEntry>();
  const problems: string[] = [];
  const missing: string[] = [];
  let unnamed = 0;
  for (const entry of entries) {
    const name = `${entry.systemId}/${entry.environment}`;
    const head = heads.get(name);
    const [from, to] = [(head?.sequence ?? 0) + 1, entry.sequence];
    if (to < from) problems.push(`number ${to} of ${name} was added after number ${from - 1}`);
    const end = Math.min(to, from + mostNamed - missing.length);
    for (let number = from; number < end; number++) missing.push(`number ${number} of ${name}`);
    unnamed += Math.max(0, to - Math.max(from, end));
    if (head && to === from && entry.previous !== head.bundle) {
      problems.push(`number ${to} of ${name} names another bundle as number ${from - 1} than the ledger holds`);
    }
    if (head && Date.parse(entry.collectedAt) < Date.parse(head.collectedAt)) {
      problems.push(`number ${to} of ${name} was collected before number ${head.sequence}`);
    }
    heads.set(name, entry);
  }
  if (unnamed > 0) missing.push(`${unnamed} more`);
  return { problems, missing };
};

/** Missing links that are named; of the rest, how many there are. */
const mostNamed = 100;
