import assert from 'node:assert/strict';
import { kept, propertiesSpokenOf, typesSpokenOf } from '#live/keep.js';
import { ofResources } from '#live/resources.js';
import { readManifest } from '#manifest/read.js';
import type { Observation } from '#model/observation.js';
import type { Resource } from '#model/resource.js';
import { judgeObservations } from '../../src/session/live-findings.js';
import { base } from '../controls/base.js';
import { variants } from '../render/plans.js';

const plan = variants[0]?.plan;
assert.ok(plan);

const read = (logicalId: string, type: string, properties: object, more: Partial<Observation> = {}): Observation => ({
  probe: 'cloud-control',
  service: 'cloudcontrol',
  call: 'GetResource',
  subject: `chat/${logicalId}`,
  time: '2026-11-20T12:00:00.000Z',
  region: 'us-gov-west-1',
  outcome: 'answered',
  answer: { stack: 'chat', logicalId, type, identifier: `physical-${logicalId}`, properties },
  ...more,
});

const said = (requirement: string, ...observations: Observation[]): string[] =>
  judgeObservations(observations, plan, base)
    .filter((finding) => finding.requirement === requirement && finding.type.startsWith('AWS::'))
    .map(({ verdict, resource }) => `${verdict} ${resource}`);

describe('resources read one by one', () => {
  it('are judged by what the gate expects of those of templates', () => {
    const group = (days: number) => read('Log', 'AWS::Logs::LogGroup', { RetentionInDays: days });
    assert.deepEqual(said('log-group-retention', group(3653)), ['pass chat/Log']);
    assert.deepEqual(said('log-group-retention', group(1)), ['fail chat/Log']);
    const open = read('Log', 'AWS::Logs::LogGroup', { RetentionInDays: { $unknown: 'permission p' } });
    assert.deepEqual(said('log-group-retention', open), ['unknown chat/Log']);
  });

  it('leave everything open that was not answered', () => {
    const { properties: _, ...answer } = read('Log', 'AWS::Logs::LogGroup', {}).answer;
    const denied = read('Log', 'AWS::Logs::LogGroup', {}, { outcome: 'denied', detail: 'permission p', answer });
    const findings = judgeObservations([denied], plan, base).filter(({ type }) => type === 'AWS::Logs::LogGroup');
    assert.ok(findings.length > 1);
    for (const { verdict, reason } of findings) {
      assert.equal(verdict, 'unknown', reason);
      assert.match(reason, /permission p/);
    }
  });

  it('refer to each other by names and ARNs, as the template did', () => {
    const arn = 'arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/11111111-2222-3333-4444-555555555555';
    const key = read('Key', 'AWS::KMS::Key', { Arn: arn, EnableKeyRotation: true });
    const log = (KmsKeyId: string) => read('Log', 'AWS::Logs::LogGroup', { KmsKeyId });
    assert.deepEqual(said('log-group-kms', key, log(arn)), ['pass chat/Log']);
    assert.deepEqual(said('log-group-kms', key, log('alias/aws/logs')), ['fail chat/Log']);
  });

  it('have no place in a file, and are told by stack', () => {
    const [finding] = judgeObservations(
      [read('Log', 'AWS::Logs::LogGroup', { RetentionInDays: 1 })],
      plan,
      base,
    ).filter(({ type }) => type === 'AWS::Logs::LogGroup');
    assert.equal(finding?.position, undefined);
    assert.equal(finding?.evidence, undefined);
  });

  it('are not judged for secrets or every string: only parts of them are kept', () => {
    const spoken = ofResources(base.requirements);
    assert.ok(spoken.length > 50);
    assert.ok(spoken.every(({ sensitive }) => !sensitive));
    assert.ok(
      spoken.every(({ expect }) => expect.cloudformation?.every((each) => 'each' in each && each.each !== '*')),
    );
  });
});

describe('what is kept of a resource', () => {
  const judged = ofResources(base.requirements);
  const spoken = propertiesSpokenOf(judged, 'AWS::KMS::Key');

  it('is what requirements speak of', () => {
    assert.ok(typesSpokenOf(judged).has('AWS::KMS::Key'));
    assert.ok(spoken.has('EnableKeyRotation') && spoken.has('KeyPolicy'));
    assert.deepEqual(
      kept({ EnableKeyRotation: true, Hidden: 'hunter2' }, new Set(['EnableKeyRotation']), new Set(), none),
      {
        EnableKeyRotation: true,
      },
    );
  });

  it('holds no value that may be a secret', () => {
    const kind = kept({ Environment: { TOKEN: 'hunter2' } }, new Set(['Environment']), new Set(['Environment']), none);
    assert.ok(!JSON.stringify(kind).includes('hunter2'));
    assert.match(JSON.stringify(kind), /unknown/);
  });

  it('is open about what the template sets and the answer lacks; absent is what both lack', () => {
    const set = resource('{EnableKeyRotation: true}');
    assert.deepEqual(Object.keys(kept({}, new Set(['EnableKeyRotation', 'MultiRegion']), new Set(), set)), [
      'EnableKeyRotation',
    ]);
    // Without the template nobody can say.
    assert.deepEqual(Object.keys(kept({}, new Set(['MultiRegion']), new Set(), undefined)), ['MultiRegion']);
    const choice = resource(
      '!If [C, {EnableKeyRotation: true}, {}]',
      'Parameters: {P: {Type: String}}\nConditions: {C: !Equals [!Ref P, x]}\n',
    );
    assert.deepEqual(Object.keys(kept({}, new Set(['MultiRegion']), new Set(), choice)), ['MultiRegion']);
  });

  const none = resource('{}');
  function resource(properties: string, head = ''): Resource {
    const text = `${head}Resources:\n  Key:\n    Type: AWS::KMS::Key\n    Properties: ${properties}\n`;
    const manifest = readManifest('t.yaml', text, {
      partition: 'aws-us-gov',
      regions: ['us-gov-west-1'],
      parameters: {},
    });
    assert.ok('resources' in manifest);
    const [first] = manifest.resources;
    assert.ok(first);
    return first;
  }
});
