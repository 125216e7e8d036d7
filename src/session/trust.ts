import { parseTrustPolicy, type TrustPolicy } from '#evidence/index.js';
import { readBytes } from '#io/read.js';
import { RampartError } from '#model/error.js';
import { visible } from '#model/unseen.js';

const small = { maxBytes: 1024 * 1024 };

/** The trust policy of a file. What is wrong with it is said with the file and the place in it. */
export async function loadTrust(path: string): Promise<TrustPolicy> {
  const bytes = await readBytes(path, small);
  try {
    return parseTrustPolicy(bytes);
  } catch (error) {
    if (!(error instanceof RampartError)) throw error;
    throw new RampartError(error.code, `${visible(path)}: ${error.message}`, {
      exit: error.exit,
      next: 'Have whoever keeps the trust policy correct it; nothing is trusted by one that may say something else than it means.',
      cause: error,
    });
  }
}
