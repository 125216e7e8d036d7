import assert from 'node:assert/strict';
import { accept, acceptedFrom } from '#check/accepted.js';
import type { Finding } from '#model/finding.js';
import type { Result } from '#model/result.js';

const finding = (parts: Partial<Finding>): Finding => ({
  requirement: 'r',
  title: 'R',
  severity: 'medium',
  controls: [],
  resource: 'A',
  type: 'T',
  verdict: 'fail',
  reason: 'Statement[2].Action is "*"',
  remediation: 'Mend it.',
  position: { file: 'a.yaml', line: 7, column: 3 },
  ...parts,
});

const result = (...findings: Finding[]): Result => ({
  tool: { name: 'rampart', version: '0' },
  baseline: 'b',
  controlData: 'd',
  boundary: { partition: 'p', regions: [] },
  files: [{ file: 'a.yaml', status: 'judged', resources: 1, notes: [] }],
  findings,
});

const none = () => undefined;

const known = (before: Finding, after: Finding): boolean => {
  const file = acceptedFrom(result(before), [before], '2026-01-01', none);
  return accept(result(after), 'f', file, none).findings[0]?.toleratedBy === 'baseline-file';
};

describe('an accepted finding', () => {
  it('is known again when lines, places in lists or its lapsed waiver are all that changed', () => {
    for (const parts of [
      { position: { file: './a.yaml', line: 90, column: 1 } },
      { reason: 'Statement[5].Action is "*"' },
      { reason: 'Statement[2].Action is "*" (its waiver ran out on 2026-01-31)' },
    ])
      assert.equal(known(finding({}), finding(parts)), true, JSON.stringify(parts));
  });

  it('is another one when anything else changed', () => {
    for (const parts of [
      { reason: 'Statement[2].Action is "s3:*"' },
      { branch: 'when A is "true"' },
      { verdict: 'unknown' as const },
      { requirement: 'q' },
      { resource: 'B' },
      { type: 'U' },
      { position: { file: 'b.yaml', line: 7, column: 3 } },
    ])
      assert.equal(known(finding({}), finding(parts)), false, JSON.stringify(parts));
  });

  it('is another one when another value stands where it points, of which the same is said', () => {
    const file = acceptedFrom(result(finding({})), [finding({})], '2026-01-01', () => 'a');
    assert.equal(file.findings[0]?.stands, 'a');
    const seen = (stands: string | undefined) =>
      accept(result(finding({})), 'f', file, () => stands).findings[0]?.toleratedBy === 'baseline-file';
    assert.deepEqual([seen('a'), seen('b'), seen(undefined)], [true, false, false]);
  });

  it('is never a judgement that broke down', () => {
    const broken = finding({ verdict: 'error' });
    assert.deepEqual(acceptedFrom(result(broken), [broken], '2026-01-01', none).findings, []);
  });

  it('counts: one more of the same blocks', () => {
    const file = acceptedFrom(result(finding({})), [finding({})], '2026-01-01', none);
    const twice = accept(result(finding({}), finding({})), 'f', file, none);
    assert.deepEqual(
      twice.findings.map(({ toleratedBy }) => toleratedBy),
      ['baseline-file', undefined],
    );
    assert.deepEqual(twice.outcome.fixed, []);
  });

  it('is not called mended when its file was not judged', () => {
    const elsewhere = finding({ position: { file: 'z.yaml', line: 1, column: 1 } });
    const file = acceptedFrom(result(elsewhere), [elsewhere], '2026-01-01', none);
    assert.deepEqual(accept(result(), 'f', file, none).outcome.fixed, []);
    const here = acceptedFrom(result(finding({})), [finding({})], '2026-01-01', none);
    assert.equal(accept(result(), 'f', here, none).outcome.fixed.length, 1);
    assert.equal(accept(result(finding({ verdict: 'waived' })), 'f', here, none).outcome.fixed.length, 0);
  });
});
