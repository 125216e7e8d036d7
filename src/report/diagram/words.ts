import type { Part } from '#model/diagram.js';
import { visible } from '#model/unseen.js';

export interface Words {
  lines: readonly { text: string; isLabel: boolean }[];
}

/** Characters that fit a part's width; letters of a proportional face are seldom wider than this reckons with. */
const labelWidth = 21;
/** The sign of a key stands beside the words. */
const sealedWidth = 18;
const detailWidth = 27;
const most = 4;

/** What stands in the box of a part, on as many lines as it needs. */
export const wordsOf = ({ label, detail, sealed }: Part): Words => ({
  lines: [
    ...lines(label, sealed ? sealedWidth : labelWidth).map((text) => ({ text, isLabel: true })),
    ...(detail === undefined ? [] : lines(detail, detailWidth).map((text) => ({ text, isLabel: false }))),
  ],
});

/** At most four lines; a word that is too long is cut where it must be, the end of a text that is too long is left out. */
function lines(text: string, width: number): string[] {
  const result: string[] = [];
  let line = '';
  for (const word of visible(text)
    .split(/\s+/)
    .flatMap((each) => pieces(each, width))) {
    if (line !== '' && line.length + 1 + word.length > width) {
      result.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  result.push(line);
  if (result.length <= most) return result;
  return [...result.slice(0, most - 1), `${(result[most - 1] ?? '').slice(0, width - 1)}…`];
}

/** Model ids and addresses are long words: they are cut after a sign that parts them, where there is one. */
function pieces(word: string, width: number): string[] {
  const letters = [...word];
  if (letters.length <= width) return [word];
  const signs = letters.slice(0, width).findLastIndex((letter) => /[-./:_@]/.test(letter));
  const cut = signs > width / 3 ? signs + 1 : width;
  return [letters.slice(0, cut).join(''), ...pieces(letters.slice(cut).join(''), width)];
}
