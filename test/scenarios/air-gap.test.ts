import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { secrets } from '../io/aws/credentials.js';
import { Desk, type Said } from './command-line.js';

const preload = fileURLToPath(new URL('no-network.cjs', import.meta.url));
const root = new URL('../../', import.meta.url);

const shipped = readFileSync(new URL('controls/requirements/logging/log-group-retention.yaml', root), 'utf8');
const requirement = shipped
  .replace(/^id: .*$/m, 'id: our-log-retention')
  .replaceAll('logging.retention-days', 'logging.our-days');
const catalog = {
  catalog: {
    metadata: { title: 'A catalog', version: '9', 'last-modified': '2026-01-02T00:00:00Z' },
    controls: [{ id: 'sc-28', title: 'Protection', parts: [{ name: 'statement', prose: 'Words.' }] }],
  },
};

const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);

/** Command → command lines that do its work, in an order in which each finds what it needs. */
const lines: Readonly<Record<string, readonly (readonly string[])[]>> = {
  init: [
    [
      'init',
      '--yes',
      '--name',
      'Casework',
      '--id',
      'casework',
      '--organization',
      'Agency',
      '--contact',
      'isso@agency.example',
      '--out',
      'new.yaml',
    ],
    ['init', '--ci', 'github'],
    ['init', '--ci', 'github', '--scheduled'],
  ],
  plan: [['plan'], ['plan', '--json']],
  render: [
    ['render', '--out', 'deploy'],
    ['render', '--explain'],
  ],
  check: [
    ['check', 'deploy'],
    ['check', 'deploy', '--format', 'json', '--format', 'sarif=out.sarif', '--format', 'oscal=out.oscal.json'],
  ],
  diff: [['diff', 'deploy', 'deploy']],
  merge: [
    ['check', 'deploy', '--shard', '1/1', '--format', 'json'],
    ['merge', 'part.json'],
  ],
  'waiver:list': [['waiver', 'list']],
  explain: [
    ['explain', 'kms-key-rotation'],
    ['explain', 'sc-12'],
  ],
  doctor: [
    ['doctor', '--offline'],
    ['doctor', '--offline', '--json'],
  ],
  completion: [['completion', 'bash']],
  'controls:coverage': [['controls', 'coverage']],
  'controls:diff': [['controls', 'diff', 'fedramp-rev5-moderate', 'fedramp-rev5-high']],
  'controls:import': [['controls', 'import', 'catalog.json', '--out', 'imported.json']],
  'controls:list': [['controls', 'list']],
  'controls:show': [['controls', 'show', 'sc-12']],
  'controls:test': [['controls', 'test', 'mine']],
  'controls:threats': [['controls', 'threats']],
  'evidence:keygen': [['evidence', 'keygen', '--out', 'keys']],
  'evidence:create': [['evidence', 'create', 'deploy', '--key', 'keys/rampart.key.pem', '--out', 'one.evb.tar']],
  'evidence:show': [['evidence', 'show', 'one.evb.tar']],
  'waiver:add': [
    [
      'waiver',
      'add',
      's3-versioning',
      '--resource',
      'Scratch',
      '--file',
      'a.yaml',
      '--owner',
      'Team',
      '--approver',
      'M. Reyes, ISSO',
      '--reason',
      'Scratch data',
      '--expires',
      tomorrow,
      '--ticket',
      'POAM-42',
    ],
  ],
  'waiver:check': [['waiver', 'check', 'deploy']],
  'evidence:verify': [['evidence', 'verify', 'one.evb.tar', '--trust', 'keys/rampart.trust.json']],
  graph: [
    ['graph', '--out', 'boundary.svg'],
    ['graph', '--json'],
  ],
  'evidence:diff': [['evidence', 'diff', 'one.evb.tar', 'one.evb.tar', '--trust', 'keys/rampart.trust.json']],
  'evidence:extract': [['evidence', 'extract', 'one.evb.tar', '--out', 'extracted']],
  'evidence:fedramp': [
    ['evidence', 'fedramp', 'extracted/fedramp/security-decision-record.json', '--bundle', 'one.evb.tar'],
  ],
  'evidence:export': [
    ['evidence', 'export', 'one.evb.tar', '--sigstore', 'one.json', '--trust', 'keys/rampart.trust.json'],
  ],
  'ledger:add': [['ledger', 'add', 'ledger.jsonl', 'one.evb.tar', '--trust', 'keys/rampart.trust.json']],
  'ledger:verify': [['ledger', 'verify', 'ledger.jsonl']],
  'ledger:history': [['ledger', 'history', 'ledger.jsonl']],
  'ledger:prove': [['ledger', 'prove', 'ledger.jsonl', '--from', '1']],
  'evidence:sign': [
    ['evidence', 'keygen', '--out', 'second', '--name', 'second'],
    ['evidence', 'sign', 'one.evb.tar', '--key', 'second/second.key.pem', '--out', 'two.evb.tar'],
  ],
};

/** These need the network. */
const online = ['evidence:timestamp', 'probe'];

describe('in a closed network', function () {
  this.timeout(240_000);
  const desk = new Desk();
  const log = desk.path('sockets.log');
  const rampart = (args: readonly string[]): Said & { opened: string } => {
    rmSync(log, { force: true });
    const environment = { ...secrets, NODE_OPTIONS: `--require=${preload}`, NO_NETWORK_LOG: log };
    const said = desk.rampart(args, { ...environment, AWS_EC2_METADATA_DISABLED: 'true' });
    return { ...said, opened: existsSync(log) ? readFileSync(log, 'utf8') : '' };
  };
  before(() => {
    mkdirSync(desk.path('mine/logging'), { recursive: true });
    writeFileSync(desk.path('mine/logging/our-log-retention.yaml'), requirement);
    desk.write('catalog.json', JSON.stringify(catalog));
  });
  after(() => desk.clear());

  it('knows every command there is', () => {
    const manifest = JSON.parse(readFileSync(new URL('oclif.manifest.json', root), 'utf8')) as { commands: object };
    assert.deepEqual([...Object.keys(lines), ...online].sort(), Object.keys(manifest.commands).sort());
  });

  for (const all of Object.values(lines)) {
    for (const args of all) {
      it(`rampart ${args.join(' ')} opens no socket and starts no process`, () => {
        const { exit, opened, stderr, stdout } = rampart(args);
        if (args.includes('--shard')) desk.write('part.json', stdout);
        assert.equal(opened, '');
        // A waiver for nothing is a finding of waiver check; everything else ends well.
        assert.equal(exit, args.join(' ') === 'waiver check deploy' ? 1 : 0, stderr);
      });
    }
  }

  it('the watch sees what a probe and a doctor do', () => {
    for (const args of [['probe', '--key', 'alias/model'], ['doctor']]) {
      const { exit, opened } = rampart(args);
      assert.match(opened, /net\.Socket\.connect|dns\.lookup/, args.join(' '));
      assert.notEqual(exit, 0);
    }
  });

  it('what to allow a probe is told without the network', () => {
    const { exit, opened } = rampart(['probe', '--permissions']);
    assert.deepEqual([exit, opened], [0, '']);
  });
});
