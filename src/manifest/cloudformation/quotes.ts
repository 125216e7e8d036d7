/**
 * Whether no text that matches a parameter's pattern has a quote or a backslash in it. CloudFormation holds the whole text against the
 * pattern, in the language of Java, of which only the part is read that means the same here: a pattern with more in it may match anything.
 */
export function refusesQuotes(pattern: string | undefined): boolean {
  if (pattern === undefined || pattern.length > longest) return false;
  const pieces = pattern.match(piece) ?? [];
  return pieces.join('') === pattern && pieces.every(takesNone);
}

const longest = 1000;

/** A class without another in it, an escape that stands for itself or for letters, digits or blanks, what opens a group, or any other character. */
const piece = /\[\^?(?:\\[wds]|\\[^A-Za-z0-9]|[^\]\\[&])+\]|\\[wdsb]|\\[^A-Za-z0-9]|\(\?[:=!]|[^\\[\].]/gu;

function takesNone(text: string): boolean {
  if (!/^[[\\"]/.test(text)) return true;
  try {
    const one = new RegExp(`^${text}$`);
    return !one.test('"') && !one.test('\\');
  } catch {
    return false;
  }
}
