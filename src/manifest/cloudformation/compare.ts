import type { Value } from '#model/value.js';

/** Whether two values are the same text, if that can be told. */
export function compare(left: Value, right: Value): boolean | undefined {
  if (left.kind === 'scalar' && right.kind === 'scalar') return String(left.value ?? '') === String(right.value ?? '');
  const [known, open] = left.kind === 'scalar' ? [left, right] : [right, left];
  if (known.kind !== 'scalar') return undefined;
  const text = String(known.value ?? '');
  if (open.kind === 'unknown' && open.not?.includes(text)) return false;
  if (open.kind === 'reference' && text === '' && isName(open.attribute)) return false;
  return open.kind === 'text' && !mayRead(open, text) ? false : undefined;
}

/** What names a thing is never empty; other attributes, such as a public address, may be. */
const isName = (attribute: string | undefined): boolean => attribute === undefined || /(?:Arn|Id)$/.test(attribute);

/** Whether open parts could be filled so that the text reads so. */
function mayRead({ parts }: Extract<Value, { kind: 'text' }>, text: string): boolean {
  const [first] = parts;
  const last = parts.at(-1);
  const known = parts.reduce((sum, part) => sum + (typeof part === 'string' ? part.length : 0), 0);
  if (known > text.length || (typeof first === 'string' && !text.startsWith(first))) return false;
  return typeof last !== 'string' || text.endsWith(last);
}
