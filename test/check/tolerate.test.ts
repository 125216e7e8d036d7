import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decide } from '#check/decide.js';
import { tolerate } from '#check/tolerate.js';
import { blocks, type Finding } from '#model/finding.js';
import { onUnknown, type Thresholds } from '#model/gate.js';
import { type Category, categories } from '#model/requirement.js';
import type { Result } from '#model/result.js';
import { type Severity, severities } from '#model/severity.js';
import { type Verdict, verdicts } from '#model/verdict.js';
import { thresholdsOf } from '../../src/session/policy.js';

const finding = (verdict: Verdict, severity: Severity, requirement = 'logging'): Finding => ({
  requirement,
  title: 'R',
  severity,
  controls: [],
  resource: 'A',
  type: 'T',
  verdict,
  reason: 'is so',
  remediation: 'Mend it.',
});

const categoryOf = (id: string): Category | undefined => categories.find((each) => each === id);

const result = (findings: readonly Finding[]): Result => ({
  tool: { name: 'rampart', version: '0' },
  baseline: 'b',
  controlData: 'd',
  boundary: { partition: 'p', regions: [] },
  files: [],
  findings,
});

const someFinding = fc
  .tuple(fc.constantFrom(...verdicts), fc.constantFrom(...severities), fc.constantFrom(...categories, 'none'))
  .map((parts) => finding(...parts));
const someCategories = fc.dictionary(fc.constantFrom(...categories), fc.constantFrom(...severities), {
  noNullPrototype: true,
});
const someThresholds: fc.Arbitrary<Thresholds> = fc.record({
  failOn: fc.constantFrom(...severities),
  unknown: fc.constantFrom(...onUnknown),
  categories: someCategories,
});

describe('thresholds, whatever they are', () => {
  it('never change a verdict, and let by neither what is critical nor what broke down', () => {
    fc.assert(
      fc.property(fc.array(someFinding), someThresholds, (findings, thresholds) => {
        const after = tolerate(findings, thresholds, categoryOf);
        after.forEach((each, index) => {
          assert.equal(each.verdict, findings[index]?.verdict);
          if (each.verdict === 'error') assert.ok(blocks(each));
          if (each.verdict === 'fail' && each.severity === 'critical') assert.ok(blocks(each));
        });
        const { exit, blocked, warned } = decide(result(after), thresholds, false);
        assert.equal(exit === 'findings', after.some(blocks));
        assert.equal(blocked.fail + warned.fail, findings.filter(({ verdict }) => verdict === 'fail').length);
        assert.equal(blocked.unknown + warned.unknown, findings.filter(({ verdict }) => verdict === 'unknown').length);
      }),
    );
  });

  it('of a command line block all that those of the system file do, or are refused', () => {
    const stated = fc.record(
      { failOn: fc.constantFrom(...severities), unknown: fc.constantFrom(...onUnknown), categories: someCategories },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        stated,
        fc.option(someThresholds, { nil: undefined }),
        fc.array(someFinding),
        (file, said, findings) => {
          const flags = said && {
            'fail-on': [said.failOn, ...Object.entries(said.categories).map(([name, value]) => `${name}=${value}`)],
            unknown: said.unknown,
          };
          let both: Thresholds;
          try {
            both = thresholdsOf(file, flags);
          } catch (error) {
            assert.equal((error as { code?: string }).code, 'RAMPART_LOOSER_THAN_SYSTEM');
            return;
          }
          const alone = tolerate(findings, thresholdsOf(file), categoryOf);
          const together = tolerate(findings, both, categoryOf);
          const says = (each: Finding): boolean => {
            const category = categoryOf(each.requirement);
            const severityStated = (category && file.categories?.[category]) ?? file.failOn;
            return severityStated !== undefined && (each.verdict !== 'unknown' || file.unknown !== undefined);
          };
          findings.forEach((each, index) => {
            const [before, after] = [alone[index] as Finding, together[index] as Finding];
            if (says(each) && blocks(before)) assert.ok(blocks(after), JSON.stringify([file, said, each]));
          });
        },
      ),
    );
  });
});
