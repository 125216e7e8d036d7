/**
 * Characters that move a terminal's cursor, hide or reorder text: controls, zero-width ones, bidirectional overrides, halves of
 * pairs. One list for all rooms, so that what one message cannot be made to say no other can.
 */
export const unseen = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;

/** Printed ASCII, as nearly every text is. */
const plain = /^[ -~]*$/;

/** Text of the user's on one line, as it may be printed: what cannot be seen is replaced, a tab is a blank. */
export const visible = (text: string): string =>
  plain.test(text) ? text : text.replace(/\t/g, ' ').replace(unseen, '\ufffd');

/** A text of several lines; their ends and tabs stay. */
export const visibleLines = (text: string): string =>
  text.replace(unseen, (character) => (character === '\n' || character === '\t' ? character : '\ufffd'));

/** `\u202e`: as JSON and most languages spell a character. */
export const escaped = (character: string): string =>
  Array.from(
    { length: character.length },
    (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('');
