import { escaped, unseen } from '#model/unseen.js';

/**
 * A value as a JSON document. Characters that a terminal would act on or that hide or reorder text are spelled as escapes, which
 * JSON leaves to the writer: a document may be printed.
 */
export const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 2).replace(unseen, spelled)}\n`;

/** JSON itself escapes those below the blank; its own line ends stay. */
const spelled = (character: string): string => (character === '\n' ? character : escaped(character));
