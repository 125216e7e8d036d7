import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { Desk } from './command-line.js';

const manifest = (days: number, more = ''): string =>
  `Resources:\n  K: {Type: AWS::KMS::Key}\n  L: {Type: AWS::Logs::LogGroup, DeletionPolicy: Retain, UpdateReplacePolicy: Retain, Properties: {RetentionInDays: ${days}, KmsKeyId: !GetAtt K.Arn}}\n${more}`;

describe('rampart diff', function () {
  this.timeout(120_000);
  const desk = new Desk('bedrock');
  const baseline = ['--baseline', 'fedramp-rev5-moderate'];
  const diff = (from: string, to: string, ...more: string[]) => desk.rampart(['diff', from, to, ...baseline, ...more]);
  before(() => {
    for (const [folder, days] of [
      ['old', 3650],
      ['new', 1],
    ] as const) {
      mkdirSync(desk.path(folder));
      desk.write(`${folder}/logs.yaml`, manifest(days));
    }
    desk.write('old.json', desk.rampart(['check', 'old', ...baseline, '--format', 'json']).stdout);
  });
  after(() => desk.clear());

  it('says what got worse, in requirements and controls, and exits 1', () => {
    const { exit, stdout } = diff('old', 'new', '--format', 'json');
    assert.equal(exit, 1);
    const { requirements, controls, resources, significantChange, caveats } = JSON.parse(stdout);
    assert.deepEqual(
      requirements.map((each: Record<string, string>) => [
        each.requirement,
        each.resource,
        each.from,
        each.to,
        each.change,
      ]),
      [['log-group-retention', 'L', 'pass', 'fail', 'worse']],
    );
    assert.ok(controls.some((each: Record<string, string>) => each.control === 'au-11' && each.change === 'worse'));
    assert.deepEqual(resources, { added: [], removed: [] });
    assert.deepEqual(caveats, []);
    assert.equal(significantChange.category, 'needs-a-person');
    assert.match(significantChange.source, /2026\.07\.14\.01/);
    const human = diff('old', 'new');
    assert.equal(human.exit, 1);
    assert.match(human.stdout, /worse {2}medium {2}log-group-retention {2}pass → fail {2}.*AU-11/);
    assert.match(human.stdout, /\nControls\n( .*\n)* {2}worse {2}AU-11 {2}supported → fail\n/, 'no control passes');
    assert.match(human.stdout, /significant change: needs a person: adaptive or transformative[\s\S]*SCN-CSO-EVA/);
  });

  it('takes a result for a state too, and exits 0 when nothing got worse', () => {
    const same = diff('old.json', 'old');
    assert.equal(same.exit, 0, same.stdout + same.stderr);
    assert.match(same.stdout, /no change that Rampart judges/);
    const better = diff('new', 'old.json', '--recurring', '--format', 'json');
    assert.equal(better.exit, 0);
    assert.equal(JSON.parse(better.stdout).significantChange.category, 'routine-recurring');
  });

  it('is a table for a pull request', () => {
    const { exit, stdout } = diff('old', 'new', '--format', 'markdown');
    assert.equal(exit, 1);
    assert.match(stdout, /\| worse \| medium \| log-group-retention \| pass \| fail \|/);
    assert.match(stdout, /\| worse \| AU-11 \| supported \| fail \|/);
    assert.match(stdout, /### FedRAMP significant change: needs a person/);
  });

  it('names what makes the two hard to compare', () => {
    const other = desk.rampart(['diff', 'old.json', 'old', '--baseline', 'fedramp-rev5-high', '--format', 'json']);
    const { caveats, significantChange } = JSON.parse(other.stdout);
    assert.match(caveats.join(' '), /different baselines: fedramp-rev5-moderate and fedramp-rev5-high/);
    assert.equal(significantChange.category, 'needs-a-person');
  });

  it('compares nothing that could not be read, and says when nothing was judged', () => {
    mkdirSync(desk.path('broken'));
    desk.write('broken/a.yaml', 'Resources: [');
    desk.write('broken/b.yaml', manifest(1));
    assert.equal(diff('old', 'broken').exit, 3);
    assert.equal(diff('nowhere', 'old').exit, 3);
    mkdirSync(desk.path('empty'));
    desk.write('empty/a.yaml', 'Resources: {W: {Type: AWS::CloudFormation::WaitConditionHandle}}\n');
    assert.equal(diff('empty', 'empty').exit, 4);
    desk.write('odd.json', '{"tool": {"name": "rampart"}, "findings": [{"__proto__": 1}]}');
    assert.equal(diff('odd.json', 'old').exit, 3);
    assert.equal(diff('old', 'new', '--format', 'marrkdown').exit, 2);
  });
});
