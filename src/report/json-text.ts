/**
 * A value as a JSON document. Characters that a terminal would act on or that hide or reorder text are spelled as escapes, which
 * JSON leaves to the writer: a document may be printed.
 */
export const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 2).replace(unseen, escaped)}\n`;

/** JSON itself escapes those below the blank; its own line ends stay. */
const unseen = /[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
