/** Characters that move a terminal's cursor, hide or reorder text: controls, zero-width ones, bidirectional overrides, halves of pairs. */
const unseen = /[\p{Cc}\p{Cs}\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;

/** Text of the user's on one line, as it may be printed: what cannot be seen is replaced, a tab is a blank. */
export const visible = (text: string): string => text.replace(/\t/g, ' ').replace(unseen, '\ufffd');

/** The same, of at most `limit` characters. */
export function short(text: string, limit: number): string {
  const seen = visible(text.slice(0, limit + 1));
  return seen.length > limit ? `${seen.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, '')}…` : seen;
}
