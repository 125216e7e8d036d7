import assert from 'node:assert/strict';
import type { Requirement } from '#model/requirement.js';
import { base } from './base.js';
import { findingsOf, languages } from './example.js';

/** The verdict of one requirement on a whole manifest: the worst of its findings, or none. */
function verdictOf(requirement: Requirement, text: string, language: string): { verdict: string; reasons: string[] } {
  const findings = findingsOf(requirement, text, language);
  const worst = ['error', 'fail', 'unknown', 'pass'].find((verdict) =>
    findings.some((each) => each.verdict === verdict),
  );
  return {
    verdict: worst ?? 'not judged',
    reasons: findings.map((each) => `${each.verdict} ${each.resource}: ${each.reason} ${each.branch ?? ''}`),
  };
}

describe('the examples of every requirement', () => {
  for (const requirement of base.requirements) {
    for (const language of [...languages, 'live'] as const) {
      const examples = requirement.examples?.[language];
      for (const verdict of ['pass', 'fail', 'unknown'] as const) {
        for (const [index, text] of (examples?.[verdict] ?? []).entries()) {
          it(`${requirement.id}, ${language}: ${verdict} ${index + 1}`, () => {
            const got = verdictOf(requirement, text, language);
            assert.equal(got.verdict, verdict, got.reasons.join('\n'));
          });
        }
      }
      const expected: readonly object[] | undefined = requirement.expect[language];
      if (!expected) continue;
      // What nobody can look at is unknown and nothing else; the tests of the readers show it.
      if (expected.every((each) => 'each' in each && each.each === 'UnreadResources')) continue;
      it(`${requirement.id}, ${language}: at least one pass, two fail and one unknown`, () => {
        assert.ok(
          (language === 'live' || (examples?.pass.length ?? 0) >= 1) &&
            (examples?.fail.length ?? 0) >= 2 &&
            (examples?.unknown.length ?? 0) >= 1,
        );
      });
    }
  }
});
