import assert from 'node:assert/strict';
import { Desk } from './command-line.js';

/** One finding of medium severity (logging), one of high (encryption, unknown until Key is given). */
const logs = `Parameters: {Key: {Type: String}}
Resources:
  L: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: 1, KmsKeyId: !Ref Key}}
`;

interface Row {
  requirement: string;
  verdict: string;
  severity: string;
  toleratedBy?: string;
}

describe('thresholds and profile of the gate', function () {
  this.timeout(120_000);
  const desk = new Desk('bedrock');
  const system = desk.read('rampart.yaml');
  before(() => desk.write('logs.yaml', logs));
  after(() => desk.clear());
  const baseline = ['--baseline', 'fedramp-rev5-moderate'];
  const only = ['--requirement', 'log-group-retention', '--requirement', 'log-group-kms'];
  const check = (...more: string[]) => desk.rampart(['check', 'logs.yaml', ...baseline, ...more]);
  const json = (...more: string[]) => {
    const { exit, stdout, stderr } = check('--format', 'json', ...more);
    assert.notEqual(stdout, '', stderr);
    return { exit, result: JSON.parse(stdout) };
  };

  it('everything blocks where nobody says otherwise', () => {
    const { exit, result } = json(...only);
    assert.equal(exit, 1);
    assert.deepEqual(
      result.findings.map((each: Row) => [each.requirement, each.verdict, each.severity]),
      [
        ['log-group-retention', 'fail', 'medium'],
        ['log-group-kms', 'unknown', 'high'],
      ],
    );
    assert.deepEqual(result.gate.thresholds, { failOn: 'low', unknown: 'fail', categories: {} });
    assert.deepEqual(result.gate.blocked, { fail: 1, unknown: 1, error: 0, waivers: 0, files: 0 });
    assert.equal(result.gate.exitCode, 1);
  });

  it('below the threshold is warned of, in every format', () => {
    const { exit, result } = json(...only, '--fail-on', 'critical');
    assert.equal(exit, 0);
    assert.equal(result.gate.exitCode, 0);
    assert.deepEqual(result.gate.warned, { fail: 1, unknown: 1, accepted: 0 });
    assert.ok(result.findings.every((each: Row) => each.toleratedBy === 'fail-on'));
    const human = check(...only, '--fail-on', 'critical');
    assert.equal(human.exit, 0);
    assert.match(human.stdout, /PASSED WITH WARNINGS .*1 unknown only warned of, 1 fail below the threshold/);
    assert.match(human.stdout, /fail medium {2}log-group-retention .*\n.*only warned of: below the threshold/);
    const sarif = check(...only, '--fail-on', 'critical', '--format', 'sarif');
    assert.equal(sarif.exit, 0);
    const [run] = JSON.parse(sarif.stdout).runs;
    assert.equal(run.properties.gate.exitCode, 0);
    assert.ok(run.results.every((each: { properties: Row }) => each.properties.toleratedBy === 'fail-on'));
  });

  it('unknowns may be warned of only, and are never called passed', () => {
    const { exit, result } = json('--requirement', 'log-group-kms', '--unknown', 'warn');
    assert.equal(exit, 0);
    assert.deepEqual(result.gate.warned, { fail: 0, unknown: 1, accepted: 0 });
    const human = check('--requirement', 'log-group-kms', '--unknown', 'warn');
    assert.match(human.stdout, /PASSED WITH WARNINGS .*1 unknown only warned of/);
    assert.doesNotMatch(human.stdout, /PASSED {2}/);
    assert.equal(check(...only, '--unknown', 'warn').exit, 1, 'a fail still blocks');
  });

  it('a category may have a threshold of its own', () => {
    assert.equal(check(...only, '--unknown', 'warn', '--fail-on', 'logging=high').exit, 0);
    assert.equal(check(...only, '--unknown', 'warn', '--fail-on', 'network=critical').exit, 1);
    assert.equal(check(...only, '--fail-on', 'critical', '--fail-on', 'logging=medium').exit, 1);
  });

  it('a word that is none of them is refused with what may have been meant', () => {
    const said = (...more: string[]) => {
      const { exit, stderr } = check(...more);
      assert.equal(exit, 2, stderr);
      return stderr;
    };
    assert.match(said('--fail-on', 'hihg'), /"hihg" is not a severity[\s\S]*Did you mean high\?/);
    assert.match(said('--fail-on', 'netwrok=high'), /"netwrok" is not a category[\s\S]*Did you mean network\?/);
    assert.match(said('--fail-on', 'network=loud'), /"loud" is not a severity/);
    assert.match(said('--fail-on', 'network=high=low'), /is not a severity or category=severity/);
    assert.match(said('--fail-on', 'constructor=high'), /is not a category/);
    assert.match(said('--fail-on', 'high', '--fail-on', 'low'), /given twice/);
    assert.match(said('--unknown', 'warn', '--unknown', 'fail'), /Flag --unknown can only be specified once/);
    assert.match(said('--unknown', 'wran'), /Did you mean warn\?/);
    assert.match(said('--requirement', 'log-group-retenton'), /Did you mean log-group-retention\?/);
  });

  it('what could not be read or judged blocks whatever the thresholds say', () => {
    desk.write('broken.yaml', 'Resources: [');
    const { exit, stdout } = desk.rampart([
      ...['check', 'logs.yaml', 'broken.yaml', ...baseline, ...only],
      ...['--fail-on', 'critical', '--unknown', 'warn', '--format', 'json'],
    ]);
    assert.equal(exit, 3);
    assert.deepEqual(JSON.parse(stdout).gate.blocked.files, 1);
    assert.equal(JSON.parse(stdout).gate.exitCode, 3);
    assert.equal(check('--requirement', 'kms-key-rotation').exit, 4, 'nothing judged');
  });

  it('a run cut down to some requirements says so in every format', () => {
    const { result } = json('--requirement', 'log-group-retention');
    assert.deepEqual(result.profile.requirements, ['log-group-retention']);
    assert.ok(result.profile.of > 50);
    const human = check('--requirement', 'log-group-retention').stdout;
    assert.match(
      human,
      /beware {2}only log-group-retention of .* nothing is said of the others[\s\S]*BLOCKED \(1 of \d+ requirements\)/,
    );
    const sarif = JSON.parse(check('--requirement', 'log-group-retention', '--format', 'sarif').stdout);
    assert.deepEqual(sarif.runs[0].properties.profile.requirements, ['log-group-retention']);
  });

  describe('with a system file that states them', () => {
    const withSystem = (gate: string, ...more: string[]) => {
      desk.write('rampart.yaml', `${system}\ngate: ${gate}\n`);
      return desk.rampart(['check', 'logs.yaml', ...only, ...more]);
    };

    it('they hold', () => {
      assert.equal(withSystem('{failOn: critical}').exit, 0);
      assert.equal(withSystem('{unknown: warn, categories: {logging: high}}').exit, 0);
      assert.equal(withSystem('{unknown: warn}').exit, 1);
    });

    it('a command line may be stricter, and looser only where they say nothing', () => {
      assert.equal(withSystem('{failOn: critical}', '--fail-on', 'medium').exit, 1);
      assert.equal(withSystem('{unknown: warn, failOn: critical}', '--unknown', 'fail').exit, 0, 'critical only');
      const looser = withSystem('{failOn: high}', '--fail-on', 'critical');
      assert.equal(looser.exit, 2);
      assert.match(looser.stderr, /RAMPART_LOOSER_THAN_SYSTEM/);
      assert.equal(withSystem('{failOn: high}', '--fail-on', 'logging=critical').exit, 2);
      assert.equal(withSystem('{unknown: fail}', '--unknown', 'warn').exit, 2);
      assert.equal(withSystem('{categories: {network: low}}', '--fail-on', 'critical').exit, 0);
      assert.equal(withSystem('{categories: {logging: low}}', '--fail-on', 'critical').exit, 1, 'the stricter one');
    });

    it('a key that is none is refused', () => {
      const said = withSystem('{failon: high}');
      assert.equal(said.exit, 3);
      assert.match(said.stderr, /gate: unknown key failon\. Did you mean failOn\?/);
      assert.match(withSystem('{categories: {netwrok: high}}').stderr, /Did you mean network\?/);
      assert.match(
        withSystem('{waivers: {maxDays: {critical: 31}}}').stderr,
        /gate\.waivers\.maxDays\.critical: 31 is looser than Rampart’s own limit, 30/,
      );
    });
  });
});
