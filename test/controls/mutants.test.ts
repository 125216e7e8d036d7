import assert from 'node:assert/strict';
import { base } from './base.js';
import { equivalent } from './equivalent.js';
import { defaults, findingsOf, readExample, worstOf } from './verdict.js';
import { Weakening } from './weaken.js';

const languages = ['cloudformation', 'terraform', 'kubernetes', 'arm'] as const;
const weakening = new Weakening(defaults);

describe('whatever less a requirement asks, one of its examples notices', function () {
  this.timeout(30_000);
  const seen = new Set<string>();
  for (const requirement of base.requirements) {
    for (const language of languages) {
      const expectations = requirement.expect[language];
      const examples = requirement.examples?.[language];
      if (!expectations || !examples) continue;
      it(`${requirement.id}, ${language}`, () => {
        const read = (['pass', 'fail', 'unknown'] as const).flatMap((verdict) =>
          examples[verdict].map((text) => ({ verdict, manifest: readExample(text) })),
        );
        const survivors: string[] = [];
        let made = 0;
        for (const { what, expectations: weaker } of weakening.of(expectations)) {
          made++;
          const changed = { ...requirement, expect: { ...requirement.expect, [language]: weaker } };
          const isNoticed = read.some(({ verdict, manifest }) => worstOf(findingsOf(changed, manifest)) !== verdict);
          if (!isNoticed) survivors.push(what);
        }
        assert.ok(made > 1, 'there is always something to leave out');
        const known = equivalent[`${requirement.id}, ${language}`] ?? {};
        for (const what of survivors) if (what in known) seen.add(`${requirement.id}, ${language}: ${what}`);
        assert.deepEqual(
          survivors.filter((what) => !(what in known)),
          [],
        );
      });
    }
  }

  it('every change said to mean the same is one, and is not noticed', () => {
    const listed = Object.entries(equivalent).flatMap(([name, whats]) =>
      Object.keys(whats).map((what) => `${name}: ${what}`),
    );
    assert.deepEqual(
      listed.filter((each) => !seen.has(each)),
      [],
    );
  });
});
