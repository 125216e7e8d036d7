/** A YAML double-quoted scalar. JSON's escapes are YAML's; what JSON leaves bare and YAML does not print is escaped too. */
export const yaml = (value: unknown): string =>
  JSON.stringify(String(value)).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** Words of the template and of the user, joined into one quoted scalar. */
export const literal = (...words: readonly unknown[]): string => yaml(words.join(''));

/**
 * `Fn::Sub` of alternating template text and user's values: only the template's own `${…}` are references. A value with `${` is
 * handed over beside the text, since escaping it (`${!`) fails for one that is not closed.
 */
export function sub(...words: readonly unknown[]): string {
  const given: string[] = [];
  const parts = words.map((word, at) => {
    if (at % 2 === 0 || !String(word).includes('${')) return String(word);
    given.push(`Given${at}: ${yaml(word)}`);
    return `\${Given${at}}`;
  });
  const text = parts.join('');
  if (given.length > 0) return `!Sub [${yaml(text)}, {${given.join(', ')}}]`;
  return text.includes('${') ? `!Sub ${yaml(text)}` : yaml(text);
}

/** A value inside the resource of an IAM policy, where `*` and `?` are wildcards unless written as policy variables. */
export const literally = (value: string): string => value.replace(/[*?]/g, (each) => `\${!${each}}`);

/** A path below a bucket of the same template. */
export const within = (resource: unknown, path: unknown): string => `!Sub ${yaml(`\${${resource}.Arn}${path}`)}`;
