import type { BundleSource } from './contents.js';
import type { ReadStamp } from './stamp.js';
import { isStampPath } from './stamp-path.js';

/** What reads the stamps of this bundle; undefined when it has none, which saves loading what knows ASN.1. */
export const stampReader = async (source: BundleSource): Promise<ReadStamp | undefined> => {
  const mayHaveSome =
    'archive' in source
      ? Buffer.from(source.archive.buffer, source.archive.byteOffset, source.archive.length).includes('.tsr')
      : source.files.some(({ path }) => isStampPath(path));
  if (!mayHaveSome) return undefined;
  const { readStamp } = await import('./stamp-token.js');
  return readStamp;
};
