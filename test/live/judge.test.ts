import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type JudgeCondition, judge } from '#live/judge.js';
import type { Observation } from '#model/observation.js';
import type { LiveExpectation, Requirement } from '#model/requirement.js';

/** Each path must be the value named; enough of an evaluator to see what the judge makes of verdicts. */
const equality: JudgeCondition = (condition, value) => {
  for (const [path, expected] of Object.entries(condition)) {
    if (path === 'throw') throw new Error('no such predicate');
    const found = value.kind === 'dict' ? value.get(path) : value;
    if (found.kind === 'unknown') return { verdict: 'unknown', reason: `${path} depends on ${found.settledBy}` };
    if (found.kind !== 'scalar' || found.value !== expected) return { verdict: 'fail', reason: `${path} differs` };
  }
  return { verdict: 'pass', reason: '' };
};

const requirement = (id: string, ...live: LiveExpectation[]): Requirement => ({
  id,
  title: `Title of ${id}`,
  category: 'encryption',
  severity: 'high',
  rationale: '',
  remediation: 'Do it.',
  controls: [{ id: 'sc-12', basis: 'own' }],
  threats: [],
  endpoints: ['bedrock'],
  settings: {},
  expect: { live },
  examples: {},
});

const key = (arn: string, answer: Record<string, unknown>, more: Partial<Observation> = {}): Observation => ({
  probe: 'kms-key',
  service: 'kms',
  call: 'DescribeKey',
  subject: `asked about ${arn}`,
  time: '2026-11-20T12:00:00.000Z',
  outcome: 'answered',
  answer: { arn, ...answer },
  ...more,
});

const rotation = requirement('rotation', { probe: 'kms-key', where: { spec: 'symmetric' }, must: { rotates: true } });
const verdict = (answer: Record<string, unknown>, judged = rotation): string | undefined =>
  judge([key('a', answer)], [judged], equality)[0]?.verdict;

describe('judging observations', () => {
  it('makes a whole finding', () => {
    assert.deepEqual(judge([key('arn:x', { spec: 'symmetric', rotates: false })], [rotation], equality), [
      {
        requirement: 'rotation',
        title: 'Title of rotation',
        severity: 'high',
        controls: [{ id: 'sc-12', basis: 'own' }],
        resource: 'arn:x',
        type: 'kms-key',
        verdict: 'fail',
        reason: 'rotates differs',
        remediation: 'Do it.',
      },
    ]);
  });

  it('follows where and must', () => {
    assert.equal(verdict({ spec: 'symmetric', rotates: true }), 'pass');
    assert.equal(verdict({ spec: 'symmetric' }), 'fail');
    assert.equal(verdict({ spec: 'rsa', rotates: false }), 'not-applicable');
    assert.equal(verdict({ spec: 'symmetric', rotates: { $unknown: 'permission p' } }), 'unknown');
  });

  it('passes a thing the requirement may not speak of only when it holds anyway', () => {
    const open = { $unknown: 'permission p' };
    assert.equal(verdict({ spec: open, rotates: true }), 'pass');
    assert.equal(verdict({ spec: open, rotates: false }), 'unknown');
  });

  it('takes the worst of several expectations', () => {
    const both = requirement(
      'both',
      { probe: 'kms-key', must: { one: true } },
      { probe: 'kms-key', must: { two: true } },
    );
    assert.equal(verdict({ one: true, two: true }, both), 'pass');
    assert.equal(verdict({ one: true }, both), 'fail');
    assert.equal(verdict({ one: true, two: { $unknown: 'p' } }, both), 'unknown');
    assert.equal(verdict({ one: { $unknown: 'p' } }, both), 'fail');
  });

  it('says of what was not answered which input would settle it', () => {
    for (const outcome of ['denied', 'missing', 'failed'] as const) {
      const observation = key('a', {}, { outcome, detail: 'permission kms:DescribeKey', answer: { rotates: true } });
      const [finding] = judge([observation], [rotation], equality);
      assert.equal(finding?.verdict, 'unknown');
      assert.equal(finding?.resource, 'asked about a');
      assert.match(finding?.reason ?? '', new RegExp(`\\(${outcome}\\): it depends on permission kms:DescribeKey`));
    }
  });

  it('is not silent about a probe that was never made', () => {
    const [finding, ...more] = judge([key('a', {}, { probe: 'sts-identity' })], [rotation], equality);
    assert.deepEqual(more, []);
    assert.deepEqual([finding?.verdict, finding?.type, finding?.resource], ['unknown', 'kms-key', 'live account']);
    assert.match(finding?.reason ?? '', /kms-key probe .* was not made/);
  });

  it('is silent about requirements that speak of no probe', () => {
    assert.deepEqual(judge([key('a', {})], [requirement('none'), { ...rotation, expect: {} }], equality), []);
  });

  it('calls a check that breaks an error, and goes on', () => {
    const broken = requirement('broken', { probe: 'kms-key', must: { throw: 1 } });
    const findings = judge([key('a', { spec: 'symmetric', rotates: true })], [broken, rotation], equality);
    assert.deepEqual(
      findings.map(({ verdict }) => verdict),
      ['error', 'pass'],
    );
    assert.match(findings[0]?.reason ?? '', /no such predicate/);
  });

  it('gives the same findings whatever the order of its input', () => {
    const observations = ['c', 'a', 'b'].map((arn) => key(arn, { spec: 'symmetric', rotates: arn === 'a' }));
    const requirements = [rotation, requirement('other', { probe: 'sts-identity', must: {} }), requirement('a', ...[])];
    const expected = judge(observations, requirements, equality);
    fc.assert(
      fc.property(
        fc.shuffledSubarray(observations, { minLength: 3 }),
        fc.shuffledSubarray(requirements, { minLength: 3 }),
        (o, r) => assert.deepEqual(judge(o, r, equality), expected),
      ),
    );
  });

  it('never passes on what is unknown and fails when false: settling an unknown keeps a fail a fail', () => {
    const field = fc.constantFrom<unknown>(true, false, undefined, { $unknown: 'p' });
    const rank = { fail: 0, unknown: 1, pass: 2 } as Readonly<Record<string, number>>;
    const both = requirement(
      'both',
      { probe: 'kms-key', must: { one: true } },
      { probe: 'kms-key', must: { two: true } },
    );
    fc.assert(
      fc.property(field, field, fc.boolean(), (one, two, settled) => {
        const isOpen = (value: unknown) => typeof value === 'object';
        const before = verdict({ one, two }, both) as string;
        const after = verdict({ one: isOpen(one) ? settled : one, two: isOpen(two) ? settled : two }, both) as string;
        if (before !== 'unknown') assert.equal(rank[after], rank[before]);
      }),
    );
  });
});
