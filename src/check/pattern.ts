/** Whether a text is what a pattern says; `*` stands for any characters, everything else for itself. Takes linear time for one `*`. */
export function matchesPattern(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined || pattern === text) return pattern === text;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

/** Whether a pattern stands for more than one text. */
export const isPattern = (pattern: string): boolean => pattern.includes('*');

/** Characters of a pattern that stand for themselves: one with hardly any names nothing. */
export const spelled = (pattern: string): number => pattern.replaceAll('*', '').length;

/** A path as patterns are held against it: `./deploy\a.yaml` is `deploy/a.yaml`. */
export const plainPath = (path: string): string => path.replaceAll('\\', '/').replace(/^(\.\/)+/, '');
