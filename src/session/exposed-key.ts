import { openToOthers } from '#io/open-to-others.js';
import { readText } from '#io/read.js';
import { visible } from '#model/unseen.js';

/**
 * What is said of a key in the clear that others may read. No error: what mounts secrets into pods and jobs often gives them such
 * modes, and who else is there cannot be seen.
 */
export async function exposedKey(path: string | undefined): Promise<string[]> {
  const who = path === undefined ? undefined : openToOthers(path);
  if (path === undefined || who === undefined) return [];
  if ((await readText(path, { maxBytes: 64 * 1024 })).startsWith('-----BEGIN ENCRYPTED')) return [];
  return [
    `${visible(path)} is not encrypted, and ${who} may read it: whoever does can sign as you. Take that away: chmod 600 ${visible(path)}`,
  ];
}
