import { visible } from '#model/unseen.js';

export { visible } from '#model/unseen.js';

/** Text on one line, as it may be printed, of at most `limit` characters. */
export function short(text: string, limit: number): string {
  const seen = visible(text.slice(0, limit + 1));
  return seen.length > limit ? `${seen.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, '')}…` : seen;
}
