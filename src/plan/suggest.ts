import { distance } from 'fastest-levenshtein';

/** Longer words are not compared: the distance is quadratic and the word is hostile. */
const longest = 100;

const bare = (word: string): string => word.toLowerCase().replace(/[-_ .]/g, '');

/** The option a misspelt word most likely means; undefined when none is near. Ties go to the first in sorted order. */
export function suggest(word: string, options: readonly string[]): string | undefined {
  if (word.length > longest) return undefined;
  let best: { option: string; far: number } | undefined;
  for (const option of [...options].sort()) {
    const far = bare(word) === bare(option) ? 0 : distance(word, option);
    if (far <= Math.max(1, Math.floor((option.length + 2) / 3)) && (best === undefined || far < best.far))
      best = { option, far };
  }
  return best?.option;
}

/** ` Did you mean x?` or nothing, to end a message with. */
export function didYouMean(word: string, options: readonly string[]): string {
  const option = suggest(word, options);
  return option === undefined ? '' : ` Did you mean ${option}?`;
}
