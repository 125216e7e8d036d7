import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { Desk } from './command-line.js';

const requirement = `id: time-series-kms
title: Time series are encrypted with a customer-managed key
severity: medium
rationale: Time series tell who asked when.
remediation: Set KmsKeyId to a customer-managed key.
controls:
  - {id: sc-28, basis: own}
threats: [accidental-exposure]
endpoints: [sagemaker]
expect:
  cloudformation:
    - each: AWS::Location::Tracker
      must: {KmsKeyId: {customer-key: true}}
examples:
  cloudformation:
    pass:
      - |
        Resources:
          Key: {Type: AWS::KMS::Key}
          Queue: {Type: AWS::Location::Tracker, Properties: {KmsKeyId: !Ref Key}}
    fail:
      - |
        Resources:
          Queue: {Type: AWS::Location::Tracker}
      - |
        Resources:
          Queue: {Type: AWS::Location::Tracker, Properties: {KmsKeyId: alias/aws/geo}}
    unknown:
      - |
        Parameters: {Key: {Type: String}}
        Resources:
          Queue: {Type: AWS::Location::Tracker, Properties: {KmsKeyId: !Ref Key}}
`;

describe('requirements of one’s own', function () {
  this.timeout(60_000);
  const desk = new Desk('bedrock');
  before(() => {
    for (const folder of ['own', 'own/encryption', 'bad', 'bad/encryption', 'odd', 'odd/shelf'])
      mkdirSync(desk.path(folder));
    desk.write('own/encryption/time-series-kms.yaml', requirement);
    desk.write('queue.yaml', 'Resources:\n  Queue: {Type: AWS::Location::Tracker}\n');
  });
  after(() => desk.clear());
  const baseline = ['--baseline', 'fedramp-rev5-moderate'];

  it('one file in a folder is all it takes: check, plan, explain and coverage know it', () => {
    assert.equal(desk.rampart(['check', 'queue.yaml', ...baseline]).exit, 4);
    const { exit, stdout } = desk.rampart([
      'check',
      'queue.yaml',
      ...baseline,
      '--requirements',
      'own',
      '--format',
      'json',
    ]);
    assert.equal(exit, 1);
    const { findings, controlData } = JSON.parse(stdout);
    assert.deepEqual(
      findings.map((each: { requirement: string; verdict: string }) => [each.requirement, each.verdict]),
      [['time-series-kms', 'fail']],
    );
    assert.match(controlData, /^[0-9a-f]{64}\+[0-9a-f]{64}$/);
    assert.match(
      desk.rampart(['explain', 'time-series-kms', '--requirements', 'own']).stdout,
      /Time series are encrypted[\s\S]*SC-28/,
    );
    assert.match(desk.rampart(['controls', 'coverage', '--requirements', 'own']).stdout, /SC-28 .*\n.*time-series-kms/);
    assert.equal(desk.rampart(['explain', 'time-series-kms']).exit, 2);
  });

  it('is explained with its examples, as Markdown that no text of it can break out of', () => {
    const shelf = 'hostile/encryption';
    mkdirSync(desk.path(shelf), { recursive: true });
    desk.write(
      `${shelf}/time-series-kms.yaml`,
      requirement.replace(/^title: .*$/m, 'title: "<img src=x onerror=y> [a](javascript:z) | `b`"'),
    );
    const explained = desk.rampart(['explain', 'time-series-kms', '--requirements', 'hostile', '--format', 'markdown']);
    assert.equal(explained.exit, 0, explained.stderr);
    assert.match(explained.stdout, /^# &lt;img src=x onerror=y&gt; \\\[a\\\]\(javascript:z\) \\\| \\`b\\`\n/);
    assert.match(
      explained.stdout,
      /4 examples are run[\s\S]*#### Fails\n\n```yaml\nResources:\n {2}Queue: \{Type: AWS::L/,
    );
    const { sections } = JSON.parse(
      desk.rampart(['explain', 'time-series-kms', '--requirements', 'hostile', '--format', 'json']).stdout,
    );
    assert.equal(sections.at(-1).title, 'Examples');
  });

  it('its examples are run, and a wrong one is told', () => {
    const good = desk.rampart(['controls', 'test', 'own']);
    assert.equal(good.exit, 0, good.stdout);
    assert.match(good.stdout, /4 examples of 1 requirements, 0 with a wrong verdict/);
    desk.write('bad/encryption/time-series-kms.yaml', requirement.replace('customer-key: true', 'present: true'));
    const bad = desk.rampart(['controls', 'test', 'bad']);
    assert.equal(bad.exit, 1);
    assert.match(bad.stdout, /wrong {2}time-series-kms, cloudformation, fail 2: pass/);
  });

  it('mistakes are named with their places', () => {
    const said = (text: string, name = 'odd/shelf/x.yaml') => {
      desk.write(name, text);
      const { exit, stderr } = desk.rampart([
        'check',
        'queue.yaml',
        ...baseline,
        '--requirements',
        name.split('/')[0] ?? '',
      ]);
      assert.equal(exit, 3, stderr);
      return stderr;
    };
    assert.match(said(requirement), /x\.yaml:1:5: the file must stand in a folder named for its category/);
    assert.match(
      said(requirement.replace('medium', 'middling')),
      /x\.yaml:3:11: severity must be equal to one of the allowed values: critical, high, medium, low/,
    );
    assert.match(said(requirement.replace('threats:', 'threat:')), /x\.yaml:8:1: has no field threat/);
    assert.match(said('a: ['), /RAMPART_REQUIREMENT_UNREADABLE/);
    assert.match(
      said(requirement.replace('id: time-series-kms', 'id: kms-key-rotation'), 'bad/encryption/kms-key-rotation.yaml'),
      /also that of a requirement Rampart ships/,
    );
    assert.equal(desk.rampart(['check', 'queue.yaml', ...baseline, '--requirements', 'nowhere']).exit, 3);
  });
});
