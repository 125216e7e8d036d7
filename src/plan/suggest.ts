import { distance } from 'fastest-levenshtein';

/** Longer words are not compared: the distance is quadratic and the word is hostile. */
const longest = 100;

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[a-z0-9]+/g) ?? [];

/** The first option with all the words somebody gave of it: `moderate` for `fedramp-rev5-moderate`. */
function inShort(word: string, sorted: readonly string[]): string | undefined {
  const given = wordsOf(word);
  // One or two letters are in too many options to mean any of them.
  if (!given.some(({ length }) => length > 2)) return undefined;
  return sorted.find((option) => given.every((each) => wordsOf(option).includes(each)));
}

const bare = (word: string): string => word.toLowerCase().replace(/[-_ .]/g, '');

/** The option a misspelt or shortened word most likely means; undefined when none is near. Ties go to the first in sorted order. */
export function suggest(word: string, options: readonly string[]): string | undefined {
  if (word.length > longest) return undefined;
  let best: { option: string; far: number } | undefined;
  const sorted = [...options].sort();
  for (const option of sorted) {
    const far = bare(word) === bare(option) ? 0 : distance(word, option);
    if (far <= Math.max(1, Math.floor((option.length + 2) / 3)) && (best === undefined || far < best.far))
      best = { option, far };
  }
  return best?.option ?? inShort(word, sorted);
}

/** ` Did you mean x?` or nothing, to end a message with. */
export function didYouMean(word: string, options: readonly string[]): string {
  const option = suggest(word, options);
  return option === undefined ? '' : ` Did you mean ${option}?`;
}
