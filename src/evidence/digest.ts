import { createHash } from 'node:crypto';

/** Lower-case hex. Two unrelated lengths of SHA-2, so that a break of one does not forge a bundle. */
export interface Digests {
  sha256: string;
  sha384: string;
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Both digests of some bytes; `known` is their SHA-256 where that was worked out before. */
export const digestsOf = (bytes: Uint8Array, known?: string): Digests => ({
  sha256: known ?? sha256(bytes),
  sha384: createHash('sha384').update(bytes).digest('hex'),
});

export const sameDigests = (a: Digests, b: Digests): boolean => a.sha256 === b.sha256 && a.sha384 === b.sha384;
