import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { formats } from '#report/formats/index.js';
import { refuseInvalid } from '../../src/session/assess.js';
import { Desk } from '../scenarios/command-line.js';

describe('what a report holds', function () {
  this.timeout(120_000);
  const desk = new Desk('bedrock');
  before(() => desk.write('logs.yaml', '# first\nResources:\n  L: {Type: AWS::Logs::LogGroup}\n'));
  after(() => desk.clear());
  const check = (format: string) =>
    desk.rampart([
      ...['check', 'logs.yaml', '--baseline', 'fedramp-rev5-moderate'],
      ...['--requirement', 'log-group-retention', '--format', format],
    ]);

  /** How a format spells the place 3:6 of the finding; a fingerprint is what GitLab tells findings apart by. */
  const places: Readonly<Record<string, RegExp>> = {
    csv: /,logs\.yaml,3,\d+,/,
    github: /file=logs\.yaml,line=3,/,
    gitlab: /"path": "logs\.yaml",\s*"lines": \{\s*"begin": 3/,
    hdf: /logs\.yaml:3:\d+/,
    human: /logs\.yaml:3:\d+/,
    json: /"file": "logs\.yaml",\s*"line": 3/,
    junit: /logs\.yaml:3\b|line="3"/,
    markdown: /logs\.yaml:3\b/,
    oscal: /logs\.yaml:3\b|"value": "3"/,
    sarif: /"uri": "logs\.yaml"[\s\S]{0,80}"startLine": 3/,
  };

  for (const format of formats.keys()) {
    it(`${format} has the controls of each finding, its file and its line`, () => {
      const { exit, stdout, stderr } = check(format);
      assert.equal(exit, 1, stderr);
      for (const control of ['au-11', 'si-12']) assert.match(stdout, new RegExp(`\\b${control}\\b`, 'i'));
      assert.match(stdout, places[format] ?? /no format without a place/);
    });
  }

  it('OSCAL results come of a template alone, and are valid by the schema of NIST', async () => {
    const { stdout } = check('oscal');
    const document = JSON.parse(stdout);
    assert.equal(document['assessment-results'].results[0].observations.length, 1);
    await refuseInvalid(document, 'reported');
    assert.doesNotMatch(desk.read('rampart.yaml'), /oscal|uuid/i);
  });

  it('OSCAL that would be invalid is an error, and nobody gets it', async () => {
    const document = JSON.parse(check('oscal').stdout);
    document['assessment-results'].results[0].observations[0].uuid = createHash('sha256').digest('hex');
    await assert.rejects(refuseInvalid(document, 'reported'), { code: 'RAMPART_OSCAL_INVALID', exit: 'bug' });
  });
});
