/** What would end a string in a JSON text, or change what follows in it. */
export const quotes: readonly string[] = ['"', '\\'];

/** What stands for other texts in a policy. */
export const wildcards: readonly string[] = ['*', '?'];

/**
 * Whether no text that matches a parameter's pattern has one of some characters in it. CloudFormation holds the whole text against the
 * pattern, in the language of Java, of which only the part is read that means the same here: a pattern with more in it may match anything.
 */
export function refuses(pattern: string | undefined, characters: readonly string[]): boolean {
  if (pattern === undefined || pattern.length > longest) return false;
  const pieces = pattern.match(piece) ?? [];
  return pieces.join('') === pattern && pieces.every((each) => takesNone(each, characters));
}

const longest = 1000;

/** A class without another in it, an escape that stands for itself or for letters, digits or blanks, what opens a group, or any other character. */
const piece = /\[\^?(?:\\[wds]|\\[^A-Za-z0-9]|[^\]\\[&])+\]|\\[wdsb]|\\[^A-Za-z0-9]|\(\?[:=!]|[^\\[\].]/gu;

function takesNone(text: string, characters: readonly string[]): boolean {
  // By itself a star or a question mark says how often.
  if (!/^[[\\"]/.test(text)) return true;
  try {
    const one = new RegExp(`^${text}$`);
    return !characters.some((character) => one.test(character));
  } catch {
    return false;
  }
}
