import { attestationFolder } from './manifest.js';

/** One stamp for each signature, so that a signature added later takes none away. */
export const stampPath = (keyid: string): string => `${attestationFolder}bundle.${keyid}.tsr`;

export const isStampPath = (path: string): boolean => /^attestations\/bundle\.[0-9a-f]{64}\.tsr$/.test(path);
