import { escaped, unseen } from '#model/unseen.js';

/**
 * A JSON string of words of the template and of the user. Azure evaluates a string between brackets as an expression; a second
 * opening bracket makes it that string. One that only begins with a bracket is itself, and a second bracket would stay.
 */
export const json = (...words: readonly unknown[]): string => {
  const text = words.join('');
  return plain(text.startsWith('[') && text.endsWith(']') ? `[${text}` : text);
};

/** A JSON string where Azure evaluates nothing. */
export const plain = (text: string): string => JSON.stringify(text).replace(unseen, escaped);
