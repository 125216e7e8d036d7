import { RampartError } from '#model/error.js';
import { parseUniqueJson } from './canonical-json.js';
import type { Ledger } from './ledger.js';
import { consistencyProof, GrowingTree, holdsConsistency, holdsInclusion, inclusionProof, leafHash } from './merkle.js';
import { constantAt, digestAt, integerAt, listAt, misshapen, objectAt, oneOfAt, stringAt } from './shape.js';

/** A tree by its size and root: what a verifier has to remember, from another source than the proof. */
export interface TreeHead {
  size: number;
  root: string;
}

/** What shows, without the ledger, that a line is in it, or that a smaller ledger grew into it. */
export type LedgerProof =
  | { kind: 'inclusion'; head: TreeHead; index: number; line: string; path: readonly string[] }
  | { kind: 'consistency'; before: TreeHead; head: TreeHead; path: readonly string[] };

const format = 'rampart-ledger-proof/1';

const hex = (path: readonly Buffer[]): string[] => path.map((hash) => hash.toString('hex'));

const headOf = ({ leaves, root }: Ledger): TreeHead => ({ size: leaves.length, root });

/** That line `index` is in the ledger. `line` is its text. */
export const proveInclusion = (ledger: Ledger, index: number, line: string): LedgerProof => ({
  kind: 'inclusion',
  head: headOf(ledger),
  index,
  line,
  path: hex(inclusionProof(ledger.leaves, index)),
});

/** That the ledger begins with the lines it had when it had `size`. */
export const proveConsistency = (ledger: Ledger, size: number): LedgerProof => ({
  kind: 'consistency',
  before: { size, root: rootAt(ledger, size) },
  head: headOf(ledger),
  path: hex(consistencyProof(ledger.leaves, size)),
});

/** The root the ledger had at a size. */
export const rootAt = ({ leaves }: Ledger, size: number): string => {
  if (!Number.isSafeInteger(size) || size < 1 || size > leaves.length)
    throw misshapen('the ledger', `never had ${size} lines`);
  const tree = new GrowingTree();
  for (const leaf of leaves.slice(0, size)) tree.push(leaf);
  return tree.root();
};

/** Whether a proof holds against the head the verifier remembers: of inclusion the whole tree, of consistency the smaller. */
export const holdsProof = (proof: LedgerProof, remembered: TreeHead): boolean => {
  const path = proof.path.map((hash) => Buffer.from(hash, 'hex'));
  const isSame = (head: TreeHead): boolean => head.size === remembered.size && head.root === remembered.root;
  if (proof.kind === 'consistency') return isSame(proof.before) && holdsConsistency(proof.before, proof.head, path);
  const { index, head, line } = proof;
  return (
    isSame(head) && holdsInclusion(leafHash(Buffer.from(line, 'utf8')), { index, size: head.size, path }, head.root)
  );
};

export const encodeProof = (proof: LedgerProof): string => `${JSON.stringify({ format, ...proof }, null, 2)}\n`;

export const parseProof = (bytes: Uint8Array): LedgerProof => {
  const value = parseUniqueJson(bytes, 'the proof');
  const kind = oneOfAt((value as { kind?: unknown } | null)?.kind, '$.kind', ['inclusion', 'consistency']);
  const own = kind === 'inclusion' ? ['index', 'line'] : ['before'];
  const item = objectAt(value, '$', ['format', 'kind', 'head', 'path', ...own]);
  constantAt(item.format, '$.format', format);
  const head = readHead(item.head, '$.head');
  const path = listAt(item.path, '$.path', 0, 128).map((hash, i) => digestAt(hash, `$.path[${i}]`, 256));
  if (kind === 'consistency') return { kind, before: readHead(item.before, '$.before'), head, path };
  const index = integerAt(item.index, '$.index', 0, head.size - 1);
  return { kind, head, index, line: stringAt(item.line, '$.line', /^\{[^\n]*\}$/, 'one line of a ledger'), path };
};

const readHead = (value: unknown, at: string): TreeHead => {
  const { size, root } = objectAt(value, at, ['size', 'root']);
  return { size: integerAt(size, `${at}.size`, 1, Number.MAX_SAFE_INTEGER), root: digestAt(root, `${at}.root`, 256) };
};

/** `12:3f0c…`, as `rampart ledger add` prints it. */
export const parseHead = (text: string): TreeHead => {
  const match = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text);
  if (match === null) {
    throw new RampartError(
      'RAMPART_LEDGER_HEAD',
      'the head of a ledger is a size, a colon and a root of 64 hex digits',
      {
        exit: 'usage',
        next: 'Give it as rampart ledger add printed it: 12:3f0c…',
      },
    );
  }
  return { size: Number(match[1]), root: match[2] ?? '' };
};
