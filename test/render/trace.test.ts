import assert from 'node:assert/strict';
import type { Finding } from '#model/finding.js';
import type { Verdict } from '#model/verdict.js';
import { traceOf } from '../../src/render/trace.js';

const finding = (requirement: string, verdict: Verdict, ...lines: readonly number[]): Finding => ({
  requirement,
  title: requirement,
  severity: 'high',
  controls: [],
  resource: 'Key',
  type: 'AWS::KMS::Key',
  verdict,
  reason: 'as it must be',
  remediation: 'none',
  evidence: lines.map((line) => ({ file: 'a.template.yaml', line, column: 7 })),
});

describe('traceOf', () => {
  it('lists each line once, in order, with the requirements that pass because of it', () => {
    const findings = [finding('rotation', 'pass', 12, 4), finding('deletion', 'pass', 12, 12), finding('spec', 'pass')];
    assert.deepEqual(traceOf(findings, 'a.template.yaml'), [
      { line: 4, requirements: ['rotation'] },
      { line: 12, requirements: ['deletion', 'rotation'] },
    ]);
  });

  it('takes nothing from other files and from findings that do not pass', () => {
    const findings = [finding('rotation', 'waived', 1), finding('spec', 'fail', 2), finding('policy', 'pass', 3)];
    assert.deepEqual(traceOf(findings, 'b.template.yaml'), []);
    assert.deepEqual(traceOf(findings, 'a.template.yaml'), [{ line: 3, requirements: ['policy'] }]);
  });
});
