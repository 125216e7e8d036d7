import { escaped, unseen } from '#model/unseen.js';

/**
 * A value as a JSON document, indented unless it is for programs only. Characters that a terminal would act on or that hide or reorder text are spelled as escapes, which
 * JSON leaves to the writer: a document may be printed.
 */
export function jsonText(value: unknown, indent = 2): string {
  const text = JSON.stringify(value, null, indent);
  return `${/[^\n -~]/.test(text) ? text.replace(unseen, spelled) : text}\n`;
}

/** JSON itself escapes those below the blank; its own line ends stay. */
const spelled = (character: string): string => (character === '\n' ? character : escaped(character));
