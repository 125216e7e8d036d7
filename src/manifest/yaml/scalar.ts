const words = new Map<string, boolean | null>([
  ['', null],
  ['~', null],
  ['null', null],
  ['Null', null],
  ['NULL', null],
]);
// The readers of CloudFormation and Kubernetes follow YAML 1.1, where these are booleans.
for (const word of ['true', 'yes', 'on']) for (const form of forms(word)) words.set(form, true);
for (const word of ['false', 'no', 'off']) for (const form of forms(word)) words.set(form, false);

function forms(word: string): string[] {
  return [word, word.toUpperCase(), (word[0] as string).toUpperCase() + word.slice(1)];
}

/**
 * What an unquoted YAML scalar means. Numbers that would lose digits or a leading zero (account ids) stay strings.
 */
export function plainScalar(text: string): string | number | boolean | null {
  const first = text.charCodeAt(0);
  const isNumeric = (first >= 48 && first <= 57) || first === 45 || first === 43 || first === 46;
  if (!isNumeric) {
    const word = text.length <= 5 ? words.get(text) : undefined;
    return word === undefined ? text : word;
  }
  if (!/^[-+]?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/.test(text)) return text;
  const number = Number(text);
  return Number.isInteger(number) && !Number.isSafeInteger(number) ? text : number;
}
