import { type Against, check } from '#check/check.js';
import { readManifest } from '#manifest/read.js';
import { type Mending, mend } from '../../src/session/mend.js';
import { against } from '../check/gate.js';

export const given = { ...against.boundary, parameters: {} };

/** What `check --fix` makes of some texts, without a system file. */
export function mending(texts: Readonly<Record<string, string>>, by: Against = against): Mending {
  const judge: Parameters<typeof mend>[1]['judge'] = (manifests) => check(manifests, by);
  return mend(new Map(Object.entries(texts)), { given, against: by, judge });
}

/** The text after the fix; the same text where nothing is to be written. */
export function mended(text: string, file = 'manifest.yaml'): string {
  return mending({ [file]: text }).fixes[0]?.after ?? text;
}

/** Whether the gate reads a text as a manifest. */
export function isManifest(file: string, text: string): boolean {
  try {
    return 'resources' in readManifest(file, text, given);
  } catch {
    return false;
  }
}
