import { openMark } from '#model/secret-text.js';
import type { Reference, Text, Unknown, Value } from '#model/value.js';

/** A text as far as it is spelt out. */
export interface Spelt {
  known: string;
  /** The same with a secret in the place of what somebody may spell out yet; undefined where nobody may. */
  settled?: string;
  /** What that depends on. */
  open?: Unknown;
}

/** What nobody takes for a name, a number or a reference. */
const secret = 'x7Qz9vLk';

/** What the manifest spells out of a value that is a text or holds one; what comes from elsewhere is an open mark. */
export function speltOf(value: Value): Spelt | undefined {
  if (value.kind === 'scalar') return value.given || value.value === null ? undefined : { known: String(value.value) };
  if (value.kind === 'text') return speltParts(value);
  if (value.kind !== 'unknown') return undefined;
  if (value.encodes) return speltParts(value.encodes);
  return mayBeSpelt(value) ? { known: openMark, settled: secret, open: value } : undefined;
}

function speltParts({ parts }: Text): Spelt {
  const joined = (settle: boolean): string =>
    parts.map((part) => (typeof part === 'string' ? part : settle && mayBeSpelt(part) ? secret : openMark)).join('');
  const open = parts.find((part): part is Unknown => typeof part !== 'string' && mayBeSpelt(part));
  return open ? { known: joined(false), settled: joined(true), open } : { known: joined(false) };
}

/** What a plan works out later is written into what it makes, and a parameter that is shown into the stack. */
const mayBeSpelt = (part: Unknown | Reference): boolean =>
  part.kind === 'unknown' && !part.unset && (part.from !== undefined || part.shown === true);
