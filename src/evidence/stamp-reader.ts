import type { BundleSource } from './contents.js';
import type { ReadStamp } from './stamp.js';
import { isStampPath } from './stamp-path.js';
import { block } from './ustar.js';

/** What reads the stamps of this bundle; undefined when it has none, which saves loading what knows ASN.1. */
export const stampReader = async (source: BundleSource): Promise<ReadStamp | undefined> => {
  const mayHaveSome =
    'archive' in source ? mayName(source.archive, '.tsr') : source.files.some(({ path }) => isStampPath(path));
  if (!mayHaveSome) return undefined;
  const { readStamp } = await import('./stamp-token.js');
  return readStamp;
};

/**
 * Whether some header of an archive holds a text. It goes from header to header by the sizes they give, which is exact for every
 * archive that is read at all; of one that is not, nothing is asked.
 */
const mayName = (archive: Uint8Array, text: string): boolean => {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.length);
  for (let at = 0; at + block <= bytes.length && bytes[at] !== 0; ) {
    const header = bytes.subarray(at, at + block);
    if (header.includes(text)) return true;
    const size = Number.parseInt(header.toString('latin1', 124, 136), 8);
    if (!(size >= 0)) return false;
    at += block * (1 + Math.ceil(size / block));
  }
  return false;
};
