import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { basename } from 'node:path';
import { sealBundle } from '../../src/evidence/bundle.js';
import { parseEnvelope } from '../../src/evidence/dsse.js';
import { parseManifest } from '../../src/evidence/manifest.js';
import { localSigner } from '../../src/evidence/sign.js';
import { parseStatement } from '../../src/evidence/statement.js';
import { readUstar } from '../../src/evidence/ustar.js';
import { Desk } from './command-line.js';

describe('what a bundle is used for', function () {
  this.timeout(180_000);
  const desk = new Desk();
  after(() => desk.clear());
  const template = 'deploy/chat.template.yaml';
  const trust = ['--trust', 'rampart.trust.json'];
  const evidence = (...args: string[]) => desk.rampart(['evidence', ...args]);

  before(() => {
    assert.equal(desk.rampart(['render', '--out', 'deploy']).exit, 0);
    assert.equal(evidence('keygen').exit, 0);
    const good = desk.read(template);
    assert.equal(evidence('create', 'deploy', '--key', 'rampart.key.pem', '--out', 'good.evb.tar').exit, 0);
    desk.write(template, good.replace('EnableKeyRotation: true', 'EnableKeyRotation: false'));
    assert.equal(evidence('create', 'deploy', '--key', 'rampart.key.pem', '--out', 'weak.evb.tar').exit, 0);
    desk.write(template, good);
  });

  it('says which controls lost or gained support, and why', () => {
    const lost = evidence('diff', 'good.evb.tar', 'weak.evb.tar', ...trust);
    assert.equal(lost.exit, 1, lost.stderr);
    assert.match(
      lost.stdout,
      /LOST SUPPORT: \d+ controls?\n(.*\n)* {2}SC-12 {2}was supported, is contradicted by a failed requirement\n(.*\n)* {4}because kms-key-rotation on \w+ \(deploy\/chat.template.yaml\): pass → fail\. /,
    );
    assert.match(
      lost.stdout,
      /^from .*\n {6}0 fail · .* against fedramp-.*\nto .*\n {6}1 fail · .* against fedramp-/m,
      'controls that stay contradicted do not hide what came',
    );
    assert.match(lost.stdout, /^\d+ controls are contradicted or open in both, in the same way\.$/m);
    assert.doesNotMatch(lost.stdout, /vouches/);
    const gained = evidence('diff', 'weak.evb.tar', 'good.evb.tar');
    assert.match(gained.stdout, /^note: no trust policy was given \(--trust\), so nobody vouches for either bundle$/m);
    assert.equal(gained.exit, 0);
    assert.match(
      gained.stdout,
      /GAINED SUPPORT(.*\n)* {2}SC-12 {2}was contradicted by a failed requirement, is supported/,
    );
    assert.match(evidence('diff', 'good.evb.tar', 'good.evb.tar').stdout, /No control gained or lost support/);
  });

  it('calls a manifest by its path from where the command runs, however it was given', () => {
    const listed = (path: string): string => {
      const made = evidence('create', path, '--key', 'rampart.key.pem', '--out', 'named.evb.tar', '--force');
      assert.equal(made.exit, 0, made.stderr);
      const verified = evidence('verify', 'named.evb.tar', ...trust, '--for', desk.path(template));
      assert.equal(verified.exit, 0, `${path}\n${verified.stdout}`);
      const { stdout } = evidence('show', 'named.evb.tar', '--file', 'results/findings.json');
      assert.ok(!stdout.includes(desk.path('')), 'no path of this machine is sealed');
      return evidence('show', 'named.evb.tar').stdout;
    };
    for (const path of [
      desk.path('deploy'),
      desk.path('deploy/*.yaml'),
      '.',
      `../${basename(desk.path('.'))}/deploy`,
    ]) {
      assert.match(listed(path), / inputs\/manifests\/deploy\/chat\.template\.yaml$/m);
    }
  });

  it('is not made of what lies outside, and says so before anything is judged', () => {
    for (const path of ['..', '../other/chat.yaml', '/']) {
      const { exit, stderr } = evidence('create', path, '--key', 'rampart.key.pem', '--out', 'no.evb.tar');
      assert.equal(exit, 2, stderr);
      assert.match(stderr, /outside the folder the command runs in[\s\S]*RAMPART_OUTSIDE_FOLDER/);
    }
    assert.ok(!existsSync(desk.path('no.evb.tar')));
  });

  it('is extracted whole into a folder, which is the same bundle', () => {
    assert.equal(evidence('extract', 'good.evb.tar', '--out', 'folder', ...trust).exit, 0);
    const folder = evidence('verify', 'folder', ...trust, '--json');
    assert.equal(folder.exit, 0, folder.stdout);
    const archive = JSON.parse(evidence('verify', 'good.evb.tar', ...trust, '--json').stdout);
    assert.equal(JSON.parse(folder.stdout).identity, archive.identity);
    const again = evidence('extract', 'good.evb.tar', '--out', 'folder');
    assert.equal(again.exit, 2);
    const unproven = evidence('extract', 'good.evb.tar', '--out', 'folder', '--force');
    assert.equal(unproven.exit, 0);
    assert.match(unproven.stderr, /Nobody vouches for them/);
    desk.write('folder/results/notes.txt', 'mine');
    for (const force of [[], ['--force']]) {
      const mixed = evidence('extract', 'good.evb.tar', '--out', 'folder', ...force);
      assert.equal(mixed.exit, 2);
      assert.match(
        mixed.stderr,
        /folder holds what is not of this bundle[\s\S]*results\/notes\.txt[\s\S]*another folder/,
      );
    }
    assert.equal(desk.read('folder/results/notes.txt'), 'mine');
    rmSync(desk.path('folder/results'), { recursive: true });
    mkdirSync(desk.path('elsewhere'));
    symlinkSync(desk.path('elsewhere'), desk.path('folder/results'));
    evidence('extract', 'good.evb.tar', '--out', 'folder', '--force');
    assert.ok(!existsSync(desk.path('elsewhere/findings.json')), 'nothing is written through a link');
    const bytes = readFileSync(desk.path('good.evb.tar'));
    bytes[600] = (bytes[600] ?? 0) ^ 1;
    desk.write('bad.evb.tar', bytes);
    assert.equal(evidence('extract', 'bad.evb.tar', '--out', 'none').exit, 5);
    assert.ok(!existsSync(desk.path('none')));
  });

  it('shows one member byte for byte', () => {
    const { stdout } = evidence('show', 'good.evb.tar', '--file', 'report/poam.csv');
    const manifest = JSON.parse(evidence('show', 'good.evb.tar', '--file', 'manifest.json').stdout);
    const { sha256 } = manifest.members.find(({ path }: { path: string }) => path === 'report/poam.csv');
    assert.equal(createHash('sha256').update(stdout).digest('hex'), sha256);
    assert.equal(evidence('show', 'good.evb.tar', '--file', '../rampart.key.pem').exit, 2);
  });

  it('can be made again from its facts, and nobody can sign what they do not give', async () => {
    const good = evidence('verify', 'good.evb.tar', ...trust, '--rebuild');
    assert.equal(good.exit, 0, good.stdout + good.stderr);
    assert.match(good.stdout, /every derived document was made again/);
    assert.equal(evidence('verify', 'weak.evb.tar', ...trust, '--rebuild').exit, 0);
    const forged = await forge(readFileSync(desk.path('weak.evb.tar')), desk.read('rampart.key.pem'));
    desk.write('forged.evb.tar', forged);
    assert.equal(evidence('verify', 'forged.evb.tar', ...trust).exit, 0, 'by its signature alone it is good');
    const found = evidence('verify', 'forged.evb.tar', ...trust, '--rebuild');
    assert.equal(found.exit, 5);
    assert.match(found.stdout, /rebuild: report\/poam.csv is not what the facts give/);
    for (const lie of ['report/poam.xlsx', 'oscal/system-security-plan.json', 'results/model-record.json']) {
      desk.write(
        'forged.evb.tar',
        await forge(readFileSync(desk.path('weak.evb.tar')), desk.read('rampart.key.pem'), lie),
      );
      const again = evidence('verify', 'forged.evb.tar', ...trust, '--rebuild');
      assert.equal(again.exit, 5);
      assert.ok(again.stdout.includes(`rebuild: ${lie} is not what the facts give`), again.stdout);
    }
  });
});

/** The bundle with a POA&M that hides what failed, signed by the holder of the good key. */
async function forge(archive: Uint8Array, key: string, forged = 'report/poam.csv'): Promise<Uint8Array> {
  const files = new Map(readUstar(archive).files.map(({ path, bytes }) => [path, bytes]));
  const bytesOf = (path: string) => files.get(path) ?? new Uint8Array(0);
  const { members, sourceDateEpoch } = parseManifest(bytesOf('manifest.json'));
  const { predicate } = parseStatement(parseEnvelope(bytesOf('attestations/bundle.dsse.json')).payload);
  const { verdict: _, ...claims } = predicate;
  const lie = (path: string) => (path === forged ? Buffer.from('POAM ID\n') : bytesOf(path));
  const own = members.map(({ path, mediaType, role, derivedFrom }) => ({
    path,
    bytes: lie(path),
    mediaType,
    role,
    derivedFrom,
  }));
  const signers = [localSigner(key)];
  return (await sealBundle({ members: own, artifacts: [], predicate: claims, signers, sourceDateEpoch })).archive;
}
