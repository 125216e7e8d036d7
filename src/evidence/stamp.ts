import type { X509Certificate } from 'node:crypto';

/** What an RFC 3161 token says once it was found whole: nothing in it contradicts anything else in it. */
export interface Stamp {
  imprint: { hash: StampHash; digest: Uint8Array };
  /** Without leading zeros. */
  nonce: Uint8Array | undefined;
  time: Date;
  /** Of whoever signed the token; nobody vouches for it yet. */
  certificate: X509Certificate;
}

export const stampHashes = ['sha256', 'sha384'] as const;
export type StampHash = (typeof stampHashes)[number];

/** Reads a token; throws what is wrong with it. */
export type ReadStamp = (token: Uint8Array) => Stamp;

/** No honest token comes near it. */
export const largestStamp = 64 * 1024;
