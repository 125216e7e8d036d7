/** A YAML double-quoted scalar. JSON's escapes are YAML's; what JSON leaves bare and YAML does not print is escaped too. */
export const yaml = (value: unknown): string =>
  JSON.stringify(String(value)).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** `${` of a user's value, written so that `Fn::Sub` prints it. */
export const asData = (value: string): string => value.replaceAll('${', '${!');

/** Words of the template and of the user, joined into one quoted scalar. */
export const literal = (...words: readonly unknown[]): string => yaml(words.join(''));

/** `Fn::Sub` of alternating template text and user's values: only the template's own `${…}` are references. */
export function sub(...words: readonly unknown[]): string {
  const text = words.map((word, at) => (at % 2 === 0 ? String(word) : asData(String(word)))).join('');
  return text.includes('${') ? `!Sub ${yaml(text)}` : yaml(text);
}

/** A path below a bucket of the same template. */
export const within = (resource: unknown, path: unknown): string => `!Sub ${yaml(`\${${resource}.Arn}${path}`)}`;

/** A value inside a document: one line, nothing that Markdown or a shell would act on. */
export const text = (value: unknown): string => String(value).replace(/[^\w.:/@ -]/g, '');
