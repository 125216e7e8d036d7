import { escaped, unseen } from '#model/unseen.js';

/**
 * A value as a JSON document, indented unless it is for programs only. Characters that a terminal would act on or that hide or reorder
 * text are spelled as escapes, which JSON leaves to the writer: a document may be printed.
 */
export const jsonText = (value: unknown, indent = 2): string => `${printable(JSON.stringify(value, null, indent))}\n`;

/** Items of a list that are written at a time. */
const together = 256;

/** The text of an object with long lists, piece by piece: as a whole it may be longer than a string can be. */
export function* jsonPieces(value: object): Generator<string> {
  let before = '{';
  for (const [key, part] of Object.entries(value)) {
    if (part === undefined) continue;
    yield printable(`${before}\n  ${JSON.stringify(key)}: `);
    before = ',';
    if (Array.isArray(part) && part.length > together) yield* itemsOf(part);
    else yield printable(under(part));
  }
  yield before === '{' ? '{}\n' : '\n}\n';
}

function* itemsOf(list: readonly unknown[]): Generator<string> {
  for (let at = 0; at < list.length; at += together) {
    const items = under(list.slice(at, at + together)).slice('['.length, -'\n  ]'.length);
    yield printable(`${at === 0 ? '[' : ','}${items}`);
  }
  yield '\n  ]';
}

/** A value as it stands under a key, two blanks further right than by itself. */
const under = (value: unknown): string =>
  JSON.stringify({ '': value }, null, 2).slice('{\n  "": '.length, -'\n}'.length);

/** Most of a document is plain: only the rest is looked at closely. */
const printable = (text: string): string => text.replace(/[^\n -~]+/g, (rest) => rest.replace(unseen, escaped));
