import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { readUstar } from '../../src/evidence/ustar.js';
import { Desk } from './command-line.js';

const secret = `apiVersion: v1
kind: Secret
metadata: {name: s, namespace: n}
type: Opaque
stringData: {password: hunter2hunter2}
data: {token: aHVudGVyMmh1bnRlcjI=}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: a, namespace: n}
automountServiceAccountToken: false
`;

describe('what evidence is not taken for', function () {
  this.timeout(180_000);
  const desk = new Desk('bedrock');
  after(() => desk.clear());
  const trust = ['--trust', 'rampart.trust.json'];
  const key = ['--key', 'rampart.key.pem'];
  const verify = (...args: string[]) => desk.rampart(['evidence', 'verify', ...args]);
  const template = 'deploy/chat.template.yaml';

  before(() => {
    assert.equal(desk.rampart(['render', '--out', 'deploy']).exit, 0);
    assert.equal(desk.rampart(['evidence', 'keygen']).exit, 0);
    assert.equal(desk.rampart(['check', 'deploy', '--attest', 'v.json', ...key]).exit, 0);
    desk.write('weak.yaml', desk.read(template).replace('EnableKeyRotation: true', 'EnableKeyRotation: false'));
  });

  it('what is said of a verdict is said once', () => {
    const { exit, stdout } = verify('v.json', ...trust, '--for', template);
    assert.equal(exit, 0);
    assert.equal(stdout.match(/^ {2}artifact/gm)?.length, 1);
    assert.doesNotMatch(stdout, /a check before it failed/);
  });

  it('a key in the clear that others may read is said to be one', function () {
    if (process.platform === 'win32') this.skip();
    const secret = { RAMPART_KEY_PASSPHRASE: 'long enough a phrase' };
    assert.equal(desk.rampart(['evidence', 'keygen', '--name', 'shut'], secret).exit, 0);
    assert.equal(desk.rampart(['evidence', 'keygen', '--name', 'first']).exit, 0);
    const first = ['evidence', 'create', 'deploy', '--out', 'first.tar', '--key', 'first.key.pem'];
    assert.equal(desk.rampart(first).exit, 0);
    const said = (name: string, mode: number) => {
      desk.write('used.pem', desk.read(`${name}.key.pem`));
      chmodSync(desk.path('used.pem'), mode);
      const sign = ['--key', 'used.pem', '--force'];
      const runs = [
        desk.rampart(['check', 'deploy', '--attest', 'mode.json', ...sign], secret),
        desk.rampart(['evidence', 'create', 'deploy', '--out', 'mode.tar', ...sign], secret),
        desk.rampart(['evidence', 'sign', 'first.tar', '--out', 'second.tar', ...sign], secret),
      ];
      return runs.map(({ exit, stderr }) => `${exit} ${stderr.match(/and (.*) may read it/)?.[1] ?? 'silent'}`);
    };
    assert.deepEqual(said('rampart', 0o644), ['0 everybody', '0 everybody', '0 everybody']);
    assert.deepEqual(said('rampart', 0o640), ['0 its group', '0 its group', '0 its group']);
    assert.deepEqual(said('rampart', 0o600), ['0 silent', '0 silent', '0 silent']);
    assert.deepEqual(said('shut', 0o644), ['0 silent', '0 silent', '0 silent']);
  });

  it('a verdict stands for no bundle', () => {
    for (const flags of [['--rebuild'], ['--state', 'state.json']]) {
      const { exit, stderr } = verify('v.json', ...trust, ...flags);
      assert.equal(exit, 2);
      assert.match(stderr, /is for bundles, and this is a verdict by itself/);
    }
  });

  it('a state that was taken away is said to be, and one that cannot be read stops everything', () => {
    const made = desk.rampart(['evidence', 'create', 'deploy', '--out', 'state.tar', ...key]);
    assert.equal(made.exit, 0, made.stderr);
    const first = verify('state.tar', ...trust, '--state', 'seen.json');
    assert.equal(first.exit, 0);
    assert.match(first.stdout, /note: no bundle of this system and environment was seen here before/);
    assert.doesNotMatch(verify('state.tar', ...trust, '--state', 'seen.json').stdout, /was seen here before/);
    mkdirSync(desk.path('seen'));
    for (const flags of [
      ['verify', 'state.tar', ...trust],
      ['create', 'deploy', '--out', 'never.tar', ...key],
    ]) {
      const { exit, stderr } = desk.rampart(['evidence', ...flags, '--state', 'seen']);
      assert.equal(exit, 3, stderr);
      assert.match(stderr, /it is a folder/);
    }
  });

  it('no verdict hides what was let by, or that nothing was judged', () => {
    const attest = (...args: string[]) => desk.rampart(['check', ...args, '--attest', 'w.json', '--force', ...key]);
    desk.rampart(['check', 'weak.yaml', '--write-baseline-file', 'accepted.json']);
    desk.write('empty.yaml', 'AWSTemplateFormatVersion: "2010-09-09"\nResources: {}\n');
    const cases = [
      ['weak.yaml', '--fail-on', 'critical'],
      ['weak.yaml', '--baseline-file', 'accepted.json'],
      ['empty.yaml', '--allow-empty', '--baseline', 'fedramp-rev5-moderate'],
    ];
    for (const args of cases) {
      const { exit, stderr } = attest(...args);
      assert.equal(exit, 3, `${args.join(' ')}: ${stderr}`);
      assert.match(stderr, /no verdict was signed: (findings were let by|nothing was judged)/);
    }
    assert.equal(attest('weak.yaml').exit, 1, 'a FAILED verdict may be signed');
  });

  it('what was judged beside a file and is not shown is named', () => {
    desk.write('deploy/other.yaml', desk.read(template));
    desk.rampart(['check', 'deploy', '--attest', 'two.json', ...key]);
    const { stdout } = verify('two.json', ...trust, '--for', template);
    assert.match(stdout, /artifact +ok .*judged beside it and not shown: "deploy\/other\.yaml"/);
  });

  it('a Secret of Kubernetes is sealed without its values, and verified and made again so', () => {
    desk.write('objects.yaml', secret);
    const made = desk.rampart(['evidence', 'create', 'objects.yaml', '--out', 'k.evb.tar', ...key]);
    assert.equal(made.exit, 0, made.stderr);
    const text = new TextDecoder('latin1').decode(Buffer.from(desk.bytes('k.evb.tar')));
    assert.doesNotMatch(text, /hunter2|aHVudGVyMmh1bnRlcjI/);
    const kept = readUstar(desk.bytes('k.evb.tar')).files.find(({ path }) => path.endsWith('objects.yaml'));
    assert.match(new TextDecoder().decode(kept?.bytes), /kind: Secret[\s\S]*kind: ServiceAccount/);
    const verified = verify('k.evb.tar', ...trust, '--rebuild');
    assert.equal(verified.exit, 0, verified.stdout + verified.stderr);
    assert.notEqual(desk.rampart(['check', 'objects.yaml', '--attest', 'k.json', ...key]).exit, 6);
  });

  it('a bundle with the verdict of another is not shown, nor compared once it has run out', () => {
    const old = { SOURCE_DATE_EPOCH: '1700000000' };
    const create = (path: string, out: string) =>
      desk.rampart(['evidence', 'create', path, '--out', out, '--valid-days', '1', ...key], old);
    assert.equal(create('deploy/chat.template.yaml', 'good.tar').exit, 0);
    assert.equal(create('weak.yaml', 'bad.tar').exit, 0);
    const diff = (from: string) => desk.rampart(['evidence', 'diff', from, 'good.tar', ...trust]);
    assert.equal(diff('good.tar').exit, 0, 'old bundles are compared');
    for (const name of ['good', 'bad'])
      for (const { path, bytes } of readUstar(desk.bytes(`${name}.tar`)).files) {
        mkdirSync(dirname(desk.path(`${name}/${path}`)), { recursive: true });
        desk.write(`${name}/${path}`, bytes);
      }
    assert.notEqual(diff('bad').exit, 5);
    const verdict = 'attestations/verdict.dsse.json';
    desk.write(`bad/${verdict}`, desk.read(`good/${verdict}`));
    assert.equal(diff('bad').exit, 5);
    const shown = desk.rampart(['evidence', 'show', 'bad', '--file', verdict]);
    assert.equal(shown.exit, 5, shown.stdout);
    assert.equal(shown.stdout, '');
  });

  it('evidence of tomorrow is compared with nothing', () => {
    const tomorrow = { SOURCE_DATE_EPOCH: '4102444800' };
    const made = desk.rampart(['evidence', 'create', template, '--out', 'later.tar', ...key], tomorrow);
    assert.equal(made.exit, 0, made.stderr);
    assert.equal(desk.rampart(['evidence', 'diff', 'later.tar', 'later.tar', ...trust]).exit, 5);
  });

  it('a trust policy that may mean something else than it says is refused, with its file and the place in it', () => {
    const policy = JSON.parse(desk.read('rampart.trust.json'));
    const revoked = [{ keyid: 'a'.repeat(64), from: '2026-01-01T00:00:00Z' }];
    for (const [change, place] of [
      [{ keys: null }, /odd\.json: \$\.keys must be a list/],
      [{ revoked: null }, /odd\.json: \$\.revoked must be a list/],
      [{ revoked }, /odd\.json: \$\.revoked\[0\]\.keyid is a{64}, the id of none of the keys/],
    ] as const) {
      desk.write('odd.json', JSON.stringify({ ...policy, ...change }));
      const { exit, stderr } = verify('v.json', '--trust', 'odd.json');
      assert.equal(exit, 3, stderr);
      assert.match(stderr, place);
      assert.match(stderr, /Have whoever keeps the trust policy correct it[\s\S]*RAMPART_EVIDENCE_SHAPE/);
    }
  });

  it('a folder that is too much is refused before it is read', () => {
    mkdirSync(desk.path('big'));
    for (const at of [1, 2, 3, 4, 5, 6]) {
      writeFileSync(desk.path(`big/f${at}`), '');
      truncateSync(desk.path(`big/f${at}`), 120 * 2 ** 20);
    }
    const { exit, stderr } = verify('big');
    assert.equal(exit, 5);
    assert.match(stderr, /more files or bytes than a bundle may/);
  });

  it('evidence does not hold for longer than a calendar does, nor for no day', () => {
    for (const days of ['99999999', '0']) {
      const { exit, stderr } = desk.rampart([
        'evidence',
        'create',
        'deploy',
        '--valid-days',
        days,
        '--out',
        'x.tar',
        ...key,
      ]);
      assert.equal(exit, 2, stderr);
      assert.match(stderr, /--valid-days: Expected an integer/);
    }
  });
});
