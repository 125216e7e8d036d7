import type { Value } from '#model/value.js';

/**
 * The parts of an ARN `arn:partition:service:region:account:resource`, as far as they are spelt out. A part is undefined
 * when it, or anything before it, is open: an open part may itself hold colons.
 */
export interface Arn {
  partition: string | undefined;
  service: string | undefined;
  region: string | undefined;
  resource: string | undefined;
}

/** Reads a string as an ARN; undefined when it does not begin as one. */
export function arnOf(value: Value): Arn | undefined {
  if (value.kind === 'scalar') return typeof value.value === 'string' ? parse(value.value, true) : undefined;
  if (value.kind !== 'text') return undefined;
  const [start] = value.parts;
  return typeof start === 'string' ? parse(start, false) : undefined;
}

function parse(text: string, whole: boolean): Arn | undefined {
  if (!text.startsWith('arn:')) return undefined;
  const fields = text.split(':');
  // Where the text goes on with an open part, its last field is only begun.
  const known = whole ? fields.length : fields.length - 1;
  const field = (index: number): string | undefined => (index < known ? fields[index] : whole ? '' : undefined);
  return {
    partition: field(1),
    service: field(2),
    region: field(3),
    resource: known > 5 ? fields.slice(5).join(':') : undefined,
  };
}
