import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { Desk } from './command-line.js';

const template = `Parameters:
  Days: {Type: Number}
Resources:
  L: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: !Ref Days}}
`;

/** What a reader sees of a section. */
const section = (page: string, id: string): string =>
  (new RegExp(`<section[^>]*aria-labelledby="${id}"[\\s\\S]*?</section>`).exec(page)?.[0] ?? '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');

describe('the report in a bundle', function () {
  this.timeout(120_000);
  const desk = new Desk('bedrock');
  after(() => desk.clear());
  let page = '';
  before(() => {
    mkdirSync(desk.path('deploy'));
    assert.equal(desk.rampart(['evidence', 'keygen', '--out', 'keys', '--name', 'k']).exit, 0);
    assert.equal(desk.rampart(['render', '--out', 'deploy']).exit, 0);
    desk.write('deploy/logs.yaml', template);
    desk.write('deploy/draft.yaml', template);
    desk.write('deploy/.rampartignore', 'draft.yaml\n');
    desk.write('rampart.yaml', `${desk.read('rampart.yaml')}\ngate: {unknown: warn, failOn: critical}\n`);
    const made = desk.rampart(['evidence', 'create', 'deploy', '--key', 'keys/k.key.pem', '--out', 'b.evb.tar']);
    assert.equal(made.exit, 0, made.stderr);
    page = desk.rampart(['evidence', 'show', 'b.evb.tar', '--file', 'report/index.html']).stdout;
  });

  it('says of the gate what the gate says', () => {
    assert.match(section(page, 'verdict'), /! Nothing blocks, with warnings/);
    const gate = desk.rampart(['check', 'deploy', '--format', 'json']);
    assert.equal(gate.exit, 0);
    const { warned } = JSON.parse(gate.stdout).gate;
    assert.ok(warned.unknown > 0);
    const letBy = warned.fail + warned.unknown;
    assert.ok(section(page, 'verdict').includes(`The thresholds let ${letBy} finding${letBy === 1 ? '' : 's'} by`));
    const rebuilt = desk.rampart(['evidence', 'verify', 'b.evb.tar', '--rebuild', '--allow-intact']);
    assert.equal(rebuilt.exit, 0, rebuilt.stdout);
    const notes = rebuilt.stdout.split('\n').filter((line) => line.includes('note: '));
    for (const note of [/what the gate counted: .* unknown only warned of/, /Beware: findings block from critical/])
      assert.ok(
        notes.some((line) => note.test(line)),
        rebuilt.stdout,
      );
    assert.match(rebuilt.stdout, /note: Beware: 1 file left out by \.rampartignore: deploy\/draft\.yaml/);
  });

  it('names the files that were judged, and why others were not', () => {
    const grounds = section(page, 'grounds');
    assert.match(grounds, /deploy\/logs\.yaml 1 [0-9a-f]{64}/);
    assert.doesNotMatch(grounds, /draft/);
    assert.match(
      section(page, 'silence'),
      /deploy\/draft\.yaml was not judged: left out by \.rampartignore \(SHA-256 [0-9a-f]{64}\)\./,
    );
  });
});
