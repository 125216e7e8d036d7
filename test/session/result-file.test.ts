import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Finding } from '#model/finding.js';
import type { Result } from '#model/result.js';
import { summarize } from '#model/result.js';
import { severities } from '#model/severity.js';
import { verdicts } from '#model/verdict.js';
import { jsonReport } from '#report/formats/json.js';
import { heldResult, resultIn, resultOf } from '#session/result-file.js';
import { whole } from '../report/context.js';
import { sample } from '../report/sample-result.js';

const text = (result: object): string => JSON.stringify(result);

/** Few of each, so that findings share some of what they say and differ in the rest. */
const finding: fc.Arbitrary<Finding> = fc.record(
  {
    requirement: fc.constantFrom('kms-key-rotation', 'a', '__proto__', 'constructor', 'toString', ''),
    title: fc.constantFrom('Keys rotate', '', '__proto__'),
    severity: fc.constantFrom(...severities),
    controls: fc.array(
      fc.oneof(
        fc.record({ id: fc.constantFrom('sc-12', 'au-2'), basis: fc.constant('own' as const) }),
        fc.record({ id: fc.constant('sc-12'), basis: fc.constant('sourced' as const), source: fc.string() }),
      ),
      { maxLength: 2 },
    ),
    resource: fc.string(),
    type: fc.string(),
    verdict: fc.constantFrom(...verdicts),
    reason: fc.string(),
    remediation: fc.constantFrom('Turn it on.', ''),
    position: fc.record({ file: fc.string(), line: fc.nat(), column: fc.nat() }),
    branch: fc.string(),
  },
  {
    requiredKeys: [
      'requirement',
      'title',
      'severity',
      'controls',
      'resource',
      'type',
      'verdict',
      'reason',
      'remediation',
    ],
  },
);

describe('a result in a bundle', () => {
  it('is read as what it was, whatever its findings share', () => {
    fc.assert(
      fc.property(fc.array(finding, { maxLength: 8 }), (findings) => {
        const result: Result = { ...sample, findings };
        const held = resultOf(text(heldResult(result)));
        // As JSON has it: an own member may be called __proto__.
        assert.deepEqual(JSON.parse(text(held?.findings ?? [])), JSON.parse(text(findings)));
        assert.deepEqual(held?.files, result.files);
      }),
    );
  });

  it('says once what the findings of a requirement share, and of a finding what differs', () => {
    const [first] = sample.findings as [Finding];
    const findings = [
      first,
      { ...first, resource: 'Other' },
      { ...first, resource: 'Third', severity: 'low' as const },
    ];
    const held = JSON.parse(text(heldResult({ ...sample, findings })));
    const { title, severity, controls, remediation } = first;
    assert.deepEqual(held.requirements, { [first.requirement]: { title, severity, controls, remediation } });
    assert.deepEqual(
      held.findings.map((each: object) =>
        Object.keys(each).filter((key) => key in held.requirements[first.requirement]),
      ),
      [[], [], ['severity']],
    );
    assert.deepEqual(held.summary, summarize(findings));
  });

  it('is none where its bytes are no text', () => {
    const bytes = Buffer.from(whole(jsonReport(sample)));
    assert.deepEqual(resultIn(bytes)?.findings, JSON.parse(text(sample.findings)));
    bytes[bytes.indexOf('fedramp') + 1] = 0xff;
    assert.equal(resultIn(bytes), undefined);
  });

  it('is read as check prints it, too', () => {
    assert.deepEqual(resultOf(whole(jsonReport(sample)))?.findings, JSON.parse(text(sample.findings)));
  });

  it('is none where a finding lacks what nobody says of its requirement', () => {
    const held = JSON.parse(text(heldResult(sample)));
    const [first] = held.findings;
    const none = [
      { ...held, requirements: {} },
      { ...held, requirements: null },
      { ...held, requirements: undefined },
      { ...held, requirements: [] },
      { ...held, findings: [null] },
      { ...held, findings: [{ ...first, requirement: 'toString' }] },
      { ...held, findings: [{ ...first, requirement: '__proto__' }] },
      ...['title', 'severity', 'controls', 'remediation'].map((part) => ({
        ...held,
        requirements: {
          ...held.requirements,
          [first.requirement]: { ...held.requirements[first.requirement], [part]: 7 },
        },
      })),
    ];
    for (const each of none) assert.equal(resultOf(text(each)), undefined, text(each).slice(0, 300));
    assert.notEqual(resultOf(text(held)), undefined);
  });
});
