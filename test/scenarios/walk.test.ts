import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import validate from '#generated/oscal.js';
import { Desk } from './command-line.js';

describe('from rampart.yaml to a verified bundle', function () {
  this.timeout(120_000);
  const desk = new Desk();
  const epoch = { SOURCE_DATE_EPOCH: String(Math.floor(Date.now() / 1000) - 60) };
  after(() => desk.clear());

  it('plans', () => {
    const { exit, stdout } = desk.rampart(['plan', '--json']);
    assert.equal(exit, 0);
    const plan = JSON.parse(stdout);
    assert.deepEqual(
      plan.endpoints.map((each: { endpoint: { name: string } }) => each.endpoint.name),
      ['chat', 'summarizer'],
    );
    assert.match(desk.rampart(['plan']).stdout, /logging\.retention-days .* 400 /);
  });

  it('renders once, and not over files that are there', () => {
    assert.equal(desk.rampart(['render', '--out', 'deploy']).exit, 0);
    const before = readFileSync(desk.path('deploy/chat.template.yaml'), 'utf8');
    writeFileSync(desk.path('deploy/chat.template.yaml'), 'mine');
    const again = desk.rampart(['render', '--out', 'deploy']);
    assert.equal(again.exit, 2);
    assert.equal(readFileSync(desk.path('deploy/chat.template.yaml'), 'utf8'), 'mine');
    assert.equal(desk.rampart(['render', '--out', 'deploy', '--force']).exit, 0);
    assert.equal(readFileSync(desk.path('deploy/chat.template.yaml'), 'utf8'), before);
  });

  it('explains each line that serves a requirement', () => {
    const { stdout } = desk.rampart(['render', '--explain']);
    assert.match(stdout, /EnableKeyRotation: true {2}# .*kms-key-rotation \(.*SC-12/);
  });

  it('passes its own gate, and blocks when a line is weakened', () => {
    assert.equal(desk.rampart(['check', 'deploy']).exit, 0);
    const text = readFileSync(desk.path('deploy/chat.template.yaml'), 'utf8');
    desk.write('weak.yaml', text.replace('EnableKeyRotation: true', 'EnableKeyRotation: false'));
    for (const format of ['human', 'json', 'sarif']) {
      const { exit, stdout } = desk.rampart(['check', 'weak.yaml', '--format', format]);
      assert.equal(exit, 1, format);
      assert.match(stdout, /kms-key-rotation/);
    }
  });

  it('seals the same manifest for the same inputs and time', () => {
    assert.equal(desk.rampart(['evidence', 'keygen', '--out', 'keys'], epoch).exit, 0);
    const create = (out: string, place: Record<string, string>) =>
      desk.rampart(['evidence', 'create', 'deploy', '--key', 'keys/rampart.key.pem', '--out', out], {
        ...epoch,
        ...place,
      });
    const first = create('one.evb.tar', { TZ: 'Asia/Tokyo', LC_ALL: 'de_DE.UTF-8', LANG: 'de_DE.UTF-8' });
    const second = create('two.evb.tar', { TZ: 'America/St_Johns', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' });
    assert.equal(first.exit, 0, first.stderr);
    assert.match(first.stdout, /^[0-9a-f]{64}\n$/);
    assert.equal(first.stdout, second.stdout);
  });

  it('verifies with the trust policy, for the file in hand', () => {
    const trusted = ['evidence', 'verify', 'one.evb.tar', '--trust', 'keys/rampart.trust.json'];
    const good = desk.rampart([...trusted, '--for', 'deploy/chat.template.yaml']);
    assert.equal(good.exit, 0, good.stdout);
    assert.match(good.stdout, /^VERIFIED/);
    const text = readFileSync(desk.path('deploy/chat.template.yaml'), 'utf8');
    desk.write('deploy/chat.template.yaml', `${text}# changed\n`);
    assert.equal(desk.rampart([...trusted, '--for', 'deploy/chat.template.yaml']).exit, 5);
    desk.write('deploy/chat.template.yaml', text);
  });

  it('trusts nothing that was changed, and calls unvouched evidence only intact', () => {
    assert.equal(desk.rampart(['evidence', 'verify', 'one.evb.tar']).exit, 5);
    const intact = desk.rampart(['evidence', 'verify', 'one.evb.tar', '--allow-intact', '--json']);
    assert.equal(intact.exit, 0);
    assert.equal(JSON.parse(intact.stdout).level, 'intact');
    const bytes = readFileSync(desk.path('one.evb.tar'));
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    desk.write('tampered.evb.tar', bytes);
    const tampered = desk.rampart([
      'evidence',
      'verify',
      'tampered.evb.tar',
      '--trust',
      'keys/rampart.trust.json',
      '--json',
    ]);
    assert.equal(tampered.exit, 5);
    assert.equal(JSON.parse(tampered.stdout).level, 'not-trusted');
    assert.equal(desk.rampart(['evidence', 'show', 'tampered.evb.tar']).exit, 5);
  });

  it('holds OSCAL that validates and never claims a control', () => {
    const { exit, stdout } = desk.rampart([
      'evidence',
      'show',
      'one.evb.tar',
      '--file',
      'oscal/assessment-results.json',
    ]);
    assert.equal(exit, 0);
    assert.deepEqual(validate(JSON.parse(stdout)), []);
    assert.doesNotMatch(stdout, /"state": ?"satisfied"/);
  });
});
