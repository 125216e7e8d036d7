import assert from 'node:assert/strict';
import fc from 'fast-check';
import { categorize } from '#check/categorize.js';
import { compare } from '#check/compare.js';
import { changeKinds } from '#model/change.js';
import type { Finding } from '#model/finding.js';
import type { Result } from '#model/result.js';
import { type Verdict, verdicts } from '#model/verdict.js';
import { base } from '../controls/base.js';

const finding = (resource: string, type: string, verdict: Verdict = 'pass', parts: Partial<Finding> = {}): Finding => ({
  requirement: 'r',
  title: 'R',
  severity: 'medium',
  controls: [{ id: 'au-11', basis: 'own' }],
  resource,
  type,
  verdict,
  reason: 'is so',
  remediation: 'Mend it.',
  position: { file: 'a.yaml', line: 1, column: 1 },
  ...parts,
});

const result = (findings: readonly Finding[], parts: Partial<Result> = {}): Result => ({
  tool: { name: 'rampart', version: '0' },
  baseline: 'fedramp-rev5-moderate',
  controlData: 'd',
  boundary: { partition: 'aws-us-gov', regions: ['us-gov-west-1'] },
  files: [],
  findings,
  ...parts,
});

const differ = (before: Result, after: Result) => compare({ name: 'A', result: before }, { name: 'B', result: after });

const kindOf = (before: Result, after: Result, recurring = false) => {
  const impactOf = (id: string) => base.baselines.find((each) => each.id === id)?.impact;
  const { category, between, reasons } = categorize(differ(before, after), base.changes, {
    before,
    after,
    impactOf,
    recurring,
  });
  return [category, between, reasons.map(({ signal }) => signal)] as const;
};

const log = finding('L', 'AWS::Logs::LogGroup');
const bucket = finding('B', 'AWS::S3::Bucket');
const model = finding('M', 'AWS::SageMaker::Endpoint');

describe('what changes between two results', () => {
  const changes = (from: Verdict, to: Verdict) =>
    differ(result([finding('L', 'T', from)]), result([finding('L', 'T', to)])).requirements.map(({ change }) => change);

  it('is better only where it passes now', () => {
    assert.deepEqual(changes('fail', 'pass'), ['better']);
    assert.deepEqual(changes('unknown', 'pass'), ['better']);
    assert.deepEqual(changes('fail', 'unknown'), ['other']);
    assert.deepEqual(changes('fail', 'waived'), ['other']);
    assert.deepEqual(changes('pass', 'waived'), ['worse']);
    assert.deepEqual(changes('pass', 'unknown'), ['worse']);
    assert.deepEqual(changes('unknown', 'fail'), ['worse']);
    assert.deepEqual(changes('fail', 'error'), ['worse']);
    assert.deepEqual(changes('fail', 'fail'), []);
  });

  it('a requirement that does not judge a resource any more is named', () => {
    const other = finding('L', 'T', 'pass', { requirement: 'q' });
    const { requirements, resources } = differ(result([finding('L', 'T'), other]), result([other]));
    assert.deepEqual(
      requirements.map(({ requirement, from, to, change }) => [requirement, from, to, change]),
      [['r', 'pass', 'absent', 'other']],
    );
    assert.deepEqual(resources, { added: [], removed: [] });
  });

  it('a new resource with a fault is worse, one that is gone with its fault is no mending', () => {
    const bad = finding('N', 'T', 'fail');
    assert.equal(differ(result([log]), result([log, bad])).requirements[0]?.change, 'worse');
    assert.equal(differ(result([log, bad]), result([log])).requirements[0]?.change, 'other');
  });

  it('a control stands as the worst of what supports it', () => {
    const bad = finding('N', 'T', 'fail');
    const { controls } = differ(result([log]), result([log, bad]));
    assert.deepEqual(controls, [{ control: 'au-11', from: 'pass', to: 'fail', change: 'worse' }]);
  });

  it('is not told from what files are called', () => {
    const at = (file: string, name = 'L') => finding(name, 'T', 'pass', { position: { file, line: 1, column: 1 } });
    const same = (before: Finding[], after: Finding[]) =>
      assert.deepEqual(differ(result(before), result(after)).resources, { added: [], removed: [] });
    same([at('old.yaml')], [at('new.yaml')]);
    same([at('old/x/a.yaml'), at('old/b.yaml', 'M')], [at('new/v2/x/a.yaml'), at('new/v2/b.yaml', 'M')]);
    same([at('a.yaml'), at('b.yaml', 'M')], [at('a.yaml'), at('a.yaml', 'M')]);
    assert.equal(differ(result([at('a.yaml')]), result([at('a.yaml'), at('b.yaml')])).resources.added.length, 1);
  });

  it('calls files in full, as the later side has them', () => {
    const at = (file: string, verdict: Verdict) =>
      finding('L', 'T', verdict, { position: { file, line: 1, column: 1 } });
    const named = (before: Finding[], after: Finding[]) =>
      differ(result(before), result(after)).requirements.map(({ file, from, to }) => [file, from, to]);
    const two = (folder: string, verdict: Verdict) => [
      at(`${folder}/x/a.yaml`, verdict),
      at(`${folder}/y/a.yaml`, 'pass'),
    ];
    assert.deepEqual(named(two('old', 'pass'), two('new/v2', 'fail')), [['new/v2/x/a.yaml', 'pass', 'fail']]);
    const gone = at('old/z/a.yaml', 'pass');
    assert.deepEqual(named([...two('old', 'pass'), gone], two('new', 'pass')), []);
    assert.deepEqual(
      differ(result([...two('old', 'pass'), gone]), result(two('new', 'pass'))).resources.removed.map(
        ({ file }) => file,
      ),
      ['old/z/a.yaml'],
    );
  });

  it('to itself is nothing, and the other way round what is worse is not', () => {
    const some = fc.array(
      fc
        .record({
          name: fc.constantFrom('A', 'B'),
          requirement: fc.constantFrom('r', 'q'),
          verdict: fc.constantFrom(...verdicts),
        })
        .map(({ name, verdict, requirement }) => finding(name, 'T', verdict, { requirement })),
    );
    fc.assert(
      fc.property(some, some, (left, right) => {
        assert.deepEqual(differ(result(left), result(left)).requirements, []);
        const there = differ(result(left), result(right));
        const back = differ(result(right), result(left));
        const keys = (diff: typeof there, how: string) =>
          diff.requirements
            .filter(({ change }) => change === how)
            .map((each) => `${each.requirement} ${each.resource}`);
        const worse = new Set(keys(there, 'worse'));
        assert.ok(keys(back, 'worse').every((key) => !worse.has(key)));
        assert.ok(keys(there, 'better').every((key) => keys(back, 'worse').includes(key)));
      }),
    );
  });
});

describe('the kind of a significant change', () => {
  it('is none where nothing judged changed', () => {
    assert.deepEqual(kindOf(result([log]), result([log])), ['none-seen', [], []]);
  });

  it('is routine only when somebody says that it recurs', () => {
    const [before, after] = [result([finding('L', 'T', 'fail')]), result([finding('L', 'T')])];
    assert.deepEqual(kindOf(before, after), ['needs-a-person', ['routine-recurring', 'adaptive'], ['settings']]);
    assert.deepEqual(kindOf(before, after, true), ['routine-recurring', [], ['settings']]);
    const more = result([log, finding('L2', 'AWS::Logs::LogGroup')]);
    assert.deepEqual(kindOf(result([log]), more), [
      'needs-a-person',
      ['routine-recurring', 'adaptive'],
      ['same-types'],
    ]);
  });

  it('is adaptive for more of an AI service that is there, and for new kinds of resources', () => {
    const more = result([log, model, finding('M2', 'AWS::SageMaker::Endpoint')]);
    assert.deepEqual(kindOf(result([log, model]), more), ['adaptive', [], ['ai-service-extended']]);
    assert.deepEqual(kindOf(result([log]), result([log, bucket])), ['adaptive', [], ['new-types']]);
    assert.equal(kindOf(result([log]), result([log, bucket]), true)[0], 'adaptive', 'recurring or not');
  });

  it('is transformative where the ground is another', () => {
    const elsewhere = result([log], { boundary: { partition: 'aws', regions: ['us-east-1'] } });
    assert.deepEqual(kindOf(result([log]), elsewhere), ['transformative', [], ['other-partition']]);
    const azure = result([finding('a', 'Microsoft.CognitiveServices/accounts')]);
    assert.equal(kindOf(result([log]), azure)[0], 'transformative');
    assert.ok(kindOf(result([log]), azure)[2].includes('cloud-replaced'));
  });

  it('is left to a person where the manifests cannot tell', () => {
    const cases: [Result, Result, string][] = [
      [result([log]), result([log, model]), 'other-ai-services'],
      [result([log, model]), result([log]), 'other-ai-services'],
      [result([log]), result([log, finding('p', 'PodSpec')]), 'other-orchestration'],
      [result([log]), result([log, finding('g', 'google_storage_bucket')]), 'other-clouds'],
      [result([log, bucket]), result([log]), 'types-gone'],
      [result([log]), result([finding('L', 'AWS::Logs::LogGroup', 'fail')]), 'got-worse'],
      [
        result([log], { system: 's' }),
        result([log], { system: 's', boundary: { partition: 'aws-us-gov', regions: ['us-gov-east-1'] } }),
        'other-regions',
      ],
    ];
    for (const [before, after, signal] of cases) {
      const [category, between, signals] = kindOf(before, after, true);
      assert.deepEqual([category, between], ['needs-a-person', ['adaptive', 'transformative']], signal);
      assert.ok((signals as readonly string[]).includes(signal), `${signal}: ${signals}`);
    }
    const high = result([log], { baseline: 'fedramp-rev5-high' });
    const [category, between] = kindOf(result([log]), high);
    assert.equal(category, 'needs-a-person');
    assert.ok(between.includes('class-change'));
  });

  it('names rules that there are, and sorts the kinds as the data does', () => {
    const rules = new Set(base.rules.rules.map(({ id }) => id));
    const { kinds, signals, version } = base.changes;
    assert.equal(version, base.rules.version);
    for (const id of [
      ...Object.values(kinds).flatMap(({ notices }) => notices.map(({ rule }) => rule)),
      ...Object.values(signals).map(({ rule }) => rule),
    ])
      assert.ok(rules.has(id), id);
    assert.deepEqual(Object.keys(kinds), [...changeKinds]);
  });
});

describe('what is wrong in another way', () => {
  const say = (verdict: Verdict, ...reasons: string[]): Result =>
    result(reasons.map((reason) => finding('L', 'AWS::Logs::LogGroup', verdict, { reason })));
  const told = (before: Result, after: Result) =>
    differ(before, after).requirements.map(({ from, to, change, reason }) => `${from} → ${to} ${change}: ${reason}`);

  it('is a change, be it accepted or not, also where one of several rules is another', () => {
    for (const verdict of ['fail', 'waived', 'unknown'] as const) {
      const changed = [`${verdict} → ${verdict} other: is 1; before: is 30`];
      assert.deepEqual(told(say(verdict, 'is 30'), say(verdict, 'is 1')), changed);
      assert.deepEqual(told(say(verdict, 'a', 'is 30'), say(verdict, 'is 1', 'a')), changed);
    }
    assert.deepEqual(told(say('fail', 'a', 'b'), say('fail', 'a')), ['fail → fail other: before: b']);
    const [category, between] = kindOf(say('waived', 'is 30'), say('waived', 'is 1'));
    assert.notEqual(category, 'none-seen');
    assert.deepEqual(between, ['routine-recurring', 'adaptive']);
  });

  it('is none where all passes, lines or places in lists moved, or the words may be others', () => {
    assert.deepEqual(told(say('pass', 'is 400'), say('pass', 'is 500')), []);
    assert.deepEqual(told(say('fail', 'Rules[0] is open (its waiver ran out)'), say('fail', 'Rules[2] is open')), []);
    assert.deepEqual(told(say('fail', 'a'), { ...say('fail', 'b'), controlData: 'other' }), []);
    assert.deepEqual(told(say('fail', 'a'), { ...say('fail', 'b'), tool: { name: 'rampart', version: '1' } }), []);
  });
});
