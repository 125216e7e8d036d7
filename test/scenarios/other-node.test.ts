import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { Desk, program } from './command-line.js';

/** Another release of Node to run, as a path; `.ci/run` names one. */
const other = process.env.RAMPART_OTHER_NODE;

describe('one bundle, wherever it is made', function () {
  this.timeout(60_000);
  const desk = new Desk();
  before(() => {
    assert.equal(desk.rampart(['evidence', 'keygen']).exit, 0);
  });
  after(() => desk.clear());

  const { NODE_OPTIONS: _, ...inherited } = process.env;
  const run = (node: string, args: readonly string[], place: Readonly<Record<string, string>>) => {
    const { status, stderr } = spawnSync(node, [program, ...args], {
      cwd: desk.folder,
      encoding: 'utf8',
      env: { ...inherited, NO_COLOR: '1', SOURCE_DATE_EPOCH: '1700000000', ...place },
    });
    assert.equal(status, 0, stderr);
  };

  /** Renders and seals, and gives the bundle's manifest: every member with its digests. Signatures stand outside it. */
  function manifestBy(node: string, name: string, place: Readonly<Record<string, string>>): string {
    run(node, ['render', '--out', name], place);
    // The bundle is of one and the same folder.
    if (name !== 'deploy')
      for (const file of files) assert.equal(desk.read(`${name}/${file}`), desk.read(`deploy/${file}`));
    run(node, ['evidence', 'create', 'deploy', '--key', 'rampart.key.pem', '--out', `${name}.evb.tar`], place);
    return desk.rampart(['evidence', 'show', `${name}.evb.tar`, '--file', 'manifest.json']).stdout;
  }

  const files = ['chat.template.yaml', 'summarizer.template.yaml'];
  const here = { TZ: 'UTC', LC_ALL: 'C' };
  const there = { TZ: 'Pacific/Kiritimati', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' };
  let manifest: string;

  it('has the same manifest in two time zones and two languages', () => {
    manifest = manifestBy(process.execPath, 'deploy', here);
    assert.match(manifest, /"oscal\/assessment-results.json"/);
    assert.equal(manifestBy(process.execPath, 'there', there), manifest);
  });

  it('has the same manifest under another release of Node', function () {
    if (!other) {
      // biome-ignore lint/suspicious/noConsole: a reader of the test log must see what was not tested
      console.log('      skipped: RAMPART_OTHER_NODE names no other Node');
      return this.skip();
    }
    const version = spawnSync(other, ['--version'], { encoding: 'utf8' }).stdout.trim();
    assert.match(version, /^v\d+\./);
    assert.notEqual(version, process.version);
    assert.equal(manifestBy(other, 'other', there), manifest);
  });
});
