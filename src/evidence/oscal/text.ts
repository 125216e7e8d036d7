/** Characters that hide, reorder or break text: controls, format characters, halves of surrogate pairs, private use. */
const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2028\u2029]/gu;

/** What CommonMark, and OSCAL's additions to it, read as markup. */
const marks = /[\\`*[\]<>~^{}!&]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;

const spelled = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/** Printed ASCII with single blanks inside, as nearly every text is: nothing of it is changed. */
const plain = /^[!-~]+(?: [!-~]+)*$/;

/** OSCAL's string: one line, no blank at either end, not empty. Hidden characters are spelled out as `(U+202E)`. */
export function line(text: string): string {
  if (plain.test(text)) return text;
  const visible = text.replace(/[\t\n\v\f\r ]+/g, ' ').replace(hidden, (character) => `(${spelled(character)})`);
  return visible.trim() || '(empty)';
}

/** OSCAL's markup-line and markup-multiline, of plain text: what would be read as markup is escaped. */
export const markup = (text: string): string => line(text).replace(marks, '\\$&');

/** OSCAL's token. What a token may not hold, such as a colon, becomes `_`. */
export function token(text: string): string {
  const cleaned = text.replace(/[^\p{L}\p{N}._-]/gu, '_');
  return /^[\p{L}_]/u.test(cleaned) ? cleaned : `_${cleaned}`;
}

/** A relative URI of a file: every part percent-encoded, never read as a scheme or a host. */
export const hrefOf = (path: string): string =>
  path
    .replace(/^\/{2,}/, '/')
    .split('/')
    .map((part) => encodeURIComponent(part.replace(/\p{Cs}/gu, '\ufffd')))
    .join('/');

/** A member that OSCAL leaves out rather than empty. */
export const some = <Item>(key: string, items: readonly Item[]): Readonly<Record<string, readonly Item[]>> =>
  items.length === 0 ? {} : { [key]: items };
