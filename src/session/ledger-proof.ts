import {
  encodeProof,
  holdsProof,
  type Ledger,
  type LedgerProof,
  parseHead,
  parseLedger,
  parseProof,
  proveConsistency,
  proveInclusion,
  rootAt,
} from '#evidence/index.js';
import { readBytes } from '#io/read.js';
import { RampartError } from '#model/error.js';
import { readLedger } from './ledger.js';

/** A proof to hand to somebody who has not got the ledger. */
export async function proveLedger(
  path: string,
  asked: { bundle?: string | undefined; from?: number | undefined },
): Promise<string> {
  const ledger = await readLedger(path);
  const { length } = ledger.entries;
  if (asked.from !== undefined && (asked.from < 1 || asked.from > length)) {
    throw new RampartError(
      'RAMPART_NOT_IN_LEDGER',
      `the ledger has ${length} lines, and never had just ${asked.from}`,
      {
        exit: 'usage',
        next: 'Give the size of the head that was kept: rampart ledger add prints size:root.',
      },
    );
  }
  if (asked.from !== undefined) return encodeProof(proveConsistency(ledger, asked.from));
  const index = ledger.entries.findIndex(({ bundle }) => bundle === asked.bundle?.replace(/^sha256:/, ''));
  if (index < 0) {
    throw new RampartError('RAMPART_NOT_IN_LEDGER', 'the ledger holds no such bundle', {
      exit: 'usage',
      next: 'Name a bundle by its digest, as rampart ledger history --json lists it.',
    });
  }
  const text = new TextDecoder().decode(await readBytes(path, { maxBytes: 256 * 1024 * 1024 }));
  return encodeProof(proveInclusion(ledger, index, text.split('\n')[index] ?? ''));
}

/** What a ledger or a proof came to. */
export interface LedgerCheck {
  /** What a proof is of: whoever asked for another one has been given the wrong one. */
  proves?: string;
  problems: readonly string[];
  missing: readonly string[];
  notes: readonly string[];
  size: number;
  root: string;
}

/** Reads a ledger again from its first line, and holds it against a head somebody remembered. */
export async function verifyLedger(path: string, head: string | undefined): Promise<LedgerCheck> {
  const ledger = await readLedger(path);
  return {
    problems: [...(head === undefined ? [] : headProblems(ledger, head)), ...ledger.problems],
    missing: ledger.missing,
    notes:
      head === undefined
        ? ['lines taken from its end, or a ledger written anew, show against a head that was kept only (--head)']
        : [],
    size: ledger.entries.length,
    root: ledger.root,
  };
}

function headProblems(ledger: Ledger, text: string): string[] {
  const head = parseHead(text);
  if (head.size > ledger.entries.length) {
    return [`it has ${ledger.entries.length} lines, and had ${head.size}: lines were taken away`];
  }
  const root = head.size > 0 ? rootAt(ledger, head.size) : parseLedger(new Uint8Array(0)).root;
  return root !== head.root ? [`its first ${head.size} lines are not those it had: it was written anew`] : [];
}

/** Holds a proof against a remembered head, without the ledger. */
export async function verifyProof(path: string, head: string): Promise<LedgerCheck> {
  const proof = parseProof(await readBytes(path, { maxBytes: 1024 * 1024 }));
  const problems = holdsProof(proof, parseHead(head)) ? [] : [`the proof does not hold for ${head.slice(0, 20)}…`];
  // What does not hold proves nothing.
  return {
    ...(problems.length === 0 ? { proves: provenBy(proof) } : {}),
    problems,
    missing: [],
    notes: [],
    ...proof.head,
  };
}

function provenBy(proof: LedgerProof): string {
  if (proof.kind === 'consistency')
    return `a ledger of ${proof.head.size} lines begins with the ${proof.before.size} it had`;
  const bundle = /"bundle":"([0-9a-f]{64})"/.exec(proof.line)?.[1] ?? 'of no known digest';
  return `line ${proof.index + 1} of ${proof.head.size} is of bundle sha256:${bundle}`;
}
