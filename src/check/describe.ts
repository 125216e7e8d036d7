/** A condition or predicate as a finding prints it: the requirement's own words without its punctuation. */
export function describe(part: unknown): string {
  if (typeof part !== 'object' || part === null) return spell(part);
  let text = known.get(part);
  if (text === undefined) {
    text = spell(part);
    known.set(part, text);
  }
  return text;
}

/** Requirements are few and judged often: each of their parts is spelt once. */
const known = new WeakMap<object, string>();

function spell(part: unknown): string {
  const text = JSON.stringify(part)
    .replace(/["{}]/g, '')
    .replace(/([:,])/g, '$1 ');
  return text.length > 160 ? `${text.slice(0, 157)}…` : text;
}
