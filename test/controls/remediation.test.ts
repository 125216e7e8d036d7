import assert from 'node:assert/strict';
import type { ManifestLanguage } from '#model/requirement.js';
import { base } from './base.js';

const languages: readonly ManifestLanguage[] = ['cloudformation', 'terraform', 'kubernetes', 'arm'];

/** Types of resources and properties of several words: names nobody takes for a word of English. */
const isName = (word: string): boolean => /::/.test(word) || /[a-z0-9][A-Z]/.test(word);

/** Every name in the keys of an expectation, and the types it speaks of. */
function namesIn(part: unknown, key = ''): string[] {
  if (typeof part === 'string') return ['each', 'exists', 'type', 'local-reference'].includes(key) ? [part] : [];
  if (Array.isArray(part)) return part.flatMap((each) => namesIn(each, key));
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([name, below]) => [...name.split(/[.[\]*"]+/), ...namesIn(below, name)]);
}

describe('what a requirement says is to be done', () => {
  const several = base.requirements.filter(({ expect }) => languages.filter((each) => expect[each]).length > 1);

  for (const { id, remediation, expect } of several) {
    it(`names nothing that only one of its languages knows: ${id}`, () => {
      const spelt = new Set(remediation.match(/[\w:.]+/g)?.flatMap((word) => [word, ...word.split('.')]));
      for (const language of languages.filter((each) => expect[each])) {
        const others = JSON.stringify(languages.filter((each) => each !== language).map((each) => expect[each]));
        const own = new Set(namesIn(expect[language]).filter((name) => isName(name) && !others.includes(name)));
        assert.deepEqual(
          [...own].filter((name) => spelt.has(name)),
          [],
          language,
        );
      }
    });
  }
});
