import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { Desk } from './command-line.js';

const catalog = {
  catalog: {
    metadata: { title: 'A catalog', version: '9', 'last-modified': '2026-01-02T00:00:00Z' },
    controls: [
      {
        id: 'sc-28',
        title: 'Protection of Information at Rest',
        parts: [{ name: 'statement', prose: 'Words of the publication.' }],
      },
      { id: 'au-11', title: 'Audit Record Retention', parts: [] },
    ],
  },
};
const profile = {
  profile: {
    metadata: { title: 'Our overlay', version: '1', 'last-modified': '2026-01-02T00:00:00Z' },
    imports: [{ href: 'catalog.json', 'include-controls': [{ 'with-ids': ['sc-28', 'au-11'] }] }],
    modify: { 'set-parameters': [{ 'param-id': 'au-11_odp', values: ['two years'] }] },
  },
};

describe('control data of one’s own', function () {
  this.timeout(60_000);
  const desk = new Desk('bedrock');
  before(() => {
    desk.write('catalog.json', JSON.stringify(catalog));
    desk.write('overlay_profile.json', JSON.stringify(profile));
    desk.write('logs.yaml', 'Resources:\n  L: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: 1}}\n');
  });
  after(() => desk.clear());

  it('a profile becomes a baseline that check judges against, by name', () => {
    const made = desk.rampart(['controls', 'import', 'overlay_profile.json', '--id', 'ours', '--impact', 'moderate']);
    assert.equal(made.exit, 0, made.stderr);
    assert.match(made.stderr, /baseline ours of 2 controls/);
    assert.equal(desk.rampart(['check', 'logs.yaml', '--baseline', 'ours']).exit, 2);
    const { exit, stdout } = desk.rampart([
      'check',
      'logs.yaml',
      '--baseline',
      'ours',
      '--controls',
      'rampart-controls.json',
      '--format',
      'json',
    ]);
    assert.equal(exit, 1);
    const result = JSON.parse(stdout);
    assert.equal(result.baseline, 'ours');
    assert.match(result.controlData, /^[0-9a-f]{64}\+[0-9a-f]{64}$/);
    assert.ok(
      result.findings.every((each: { controls: { id: string }[] }) =>
        each.controls.every(({ id }) => ['sc-28', 'au-11'].includes(id)),
      ),
    );
    assert.ok(result.findings.some((each: { requirement: string }) => each.requirement === 'log-group-retention'));
  });

  it('a system may name it, and its parameters are reasons in the plan', () => {
    desk.write('ours.yaml', desk.read('rampart.yaml').replace(/^baseline: .*$/m, 'baseline: ours'));
    const { exit, stdout, stderr } = desk.rampart([
      'plan',
      '--system',
      'ours.yaml',
      '--controls',
      'rampart-controls.json',
      '--json',
    ]);
    assert.equal(exit, 0, stderr);
    assert.match(stdout, /two years/);
  });

  it('a catalog brings the words of the publication', () => {
    assert.doesNotMatch(desk.rampart(['controls', 'show', 'sc-28']).stdout, /Words of the publication/);
    const { stdout } = desk.rampart(['controls', 'show', 'sc-28', '--controls', 'catalog.json']);
    assert.match(stdout, /Words of the publication/);
  });

  it('differences are told for people and as JSON', () => {
    const words = desk.rampart(['controls', 'diff', 'fedramp-rev5-moderate', 'overlay_profile.json']);
    assert.equal(words.exit, 0, words.stderr);
    assert.match(words.stdout, /- AC-1\n/);
    assert.match(words.stdout, /~ au-11_odp\n {6}from .*\n {6}to {3}\["two years"\]/);
    const json = desk.rampart(['controls', 'diff', 'nist-800-53b-low', 'nist-800-53b-moderate', '--json']);
    const { controls, requirements } = JSON.parse(json.stdout);
    assert.equal(controls.added.length - controls.removed.length, 287 - 149);
    assert.ok(requirements.length > 10);
    assert.equal(desk.rampart(['controls', 'diff', 'fedramp-rev5-low', 'nope']).exit, 2);
  });

  it('nothing is written over a file without --force, nor made of what is no catalog', () => {
    const again = desk.rampart(['controls', 'import', 'overlay_profile.json']);
    assert.equal(again.exit, 2, again.stderr);
    desk.write('odd.json', '{"a": 1}');
    const odd = desk.rampart(['controls', 'import', 'odd.json', '--out', 'odd-out.json']);
    assert.equal(odd.exit, 3);
    assert.match(odd.stderr, /RAMPART_CATALOG_UNKNOWN/);
    assert.equal(existsSync(desk.path('odd-out.json')), false);
    desk.write(
      'climbing_profile.json',
      JSON.stringify({ profile: { ...profile.profile, imports: [{ href: '../../etc/passwd' }] } }),
    );
    assert.match(desk.rampart(['controls', 'import', 'climbing_profile.json', '--out', 'c.json']).stderr, /not there/);
  });

  it('indicators are listed and explained', () => {
    const listed = desk.rampart(['controls', 'list', '--indicators', '--baseline', 'fedramp-class-b']);
    assert.match(listed.stdout, /KSI-CNA-EIS .*\(optional\)/);
    assert.match(listed.stdout, /46 indicators of FedRAMP 2026 Class B \(Consolidated Rules 2026\.07\.14\.01/);
    assert.match(
      desk.rampart(['explain', 'ksi-svc-sin']).stdout,
      /KSI-SVC-SIN[\s\S]*do\s+not\s+show\s+it\s+by\s+themselves[\s\S]*fedramp-class-d {2}required/,
    );
    const family = desk.rampart(['controls', 'list', '--family', 'sc', '--baseline', 'nist-800-53b-low', '--json']);
    assert.ok(JSON.parse(family.stdout).controls.every((each: { id: string }) => each.id.startsWith('sc-')));
  });
});
