/** A condition or predicate as a finding prints it: the requirement's own words without its punctuation. */
export function describe(part: unknown): string {
  const text = JSON.stringify(part)
    .replace(/["{}]/g, '')
    .replace(/([:,])/g, '$1 ');
  return text.length > 160 ? `${text.slice(0, 157)}…` : text;
}
