/**
 * A quoted HCL string of alternating template text and user's values: only the template's own `${…}` are references. A dollar
 * or percent sign of the user's before a brace, or before what the template puts behind it, would begin one; escaped by its
 * code point it never does, where doubling it fails for a sign that is already doubled.
 */
export const hcl = (...words: readonly unknown[]): string =>
  `"${words.map((word, at) => (at % 2 === 0 ? written(String(word)) : given(String(word)))).join('')}"`;

/** Template text may refer; its quotes and backslashes are still data. */
const written = (text: string): string => escaped(text);

const given = (text: string): string =>
  escaped(text).replace(/[$%](?=\{|$)/g, (sign) => (sign === '$' ? '\\u0024' : '\\u0025'));

const escaped = (text: string): string =>
  text.replace(/["\\\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (each) => named[each] ?? codePoint(each));

const named: Readonly<Record<string, string>> = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function codePoint(character: string): string {
  const code = (character.codePointAt(0) as number).toString(16);
  return code.length > 4 ? `\\U${code.padStart(8, '0')}` : `\\u${code.padStart(4, '0')}`;
}

/** A value inside the resource of an IAM policy, where `*` and `?` are wildcards unless written as policy variables. */
export const literally = (value: string): string => value.replace(/[*?]/g, (each) => `\${${each}}`);
