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
  const text = words(part);
  return text.length > 160 ? `${text.slice(0, 157)}…` : text;
}

function words(part: unknown): string {
  if (Array.isArray(part)) return part.map(words).join(' or ');
  if (typeof part !== 'object' || part === null) return String(part);
  return Object.entries(part)
    .map(([key, argument]) => `${key} ${words(argument)}`)
    .join(', ');
}
