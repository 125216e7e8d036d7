import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { Desk } from './command-line.js';

describe('the last step before a deployment', function () {
  this.timeout(120_000);
  const desk = new Desk();
  after(() => desk.clear());
  const template = 'deploy/chat.template.yaml';
  const arn = 'arn:aws-us-gov:cloudformation:us-gov-west-1:123456789012:changeSet/next/0a1b2c3d';
  const changeSet = { ChangeSetId: arn, Status: 'CREATE_COMPLETE', Capabilities: ['CAPABILITY_IAM'], Parameters: [] };
  const trust = ['--trust', 'rampart.trust.json'];
  const all = ['--parameters', 'p.json', '--change-set', 'cs.json'];
  const verify = (what: string, ...more: string[]) =>
    desk.rampart(['evidence', 'verify', what, ...trust, '--for', template, ...more]);

  before(() => {
    assert.equal(desk.rampart(['render', '--out', 'deploy']).exit, 0);
    assert.equal(desk.rampart(['evidence', 'keygen']).exit, 0);
    desk.write('p.json', '[]');
    desk.write('cs.json', JSON.stringify(changeSet));
    const made = ['evidence', 'create', 'deploy', '--key', 'rampart.key.pem', '--out', 'b.evb.tar', ...all];
    assert.equal(desk.rampart(made).exit, 0);
    const attested = ['check', 'deploy', '--attest', 'v.dsse.json', '--key', 'rampart.key.pem', ...all];
    const said = desk.rampart(attested);
    assert.equal(said.exit, 0, said.stderr);
  });

  for (const what of ['b.evb.tar', 'v.dsse.json']) {
    it(`lets through what was judged, and nothing that drifted by a byte (${what})`, () => {
      const good = verify(what, ...all);
      assert.equal(good.exit, 0, good.stdout + good.stderr);
      assert.match(good.stdout, /PASSED against/);
      assert.equal(verify(what).exit, 5, 'parameters and change set not shown');
      const drift = (file: string, text: string) => {
        const kept = readFileSync(desk.path(file), 'utf8');
        desk.write(file, text);
        const { exit, stdout } = verify(what, ...all);
        assert.equal(exit, 5, file);
        desk.write(file, kept);
        return stdout;
      };
      assert.match(drift(template, `${desk.read(template)} `), /not the file that was judged/);
      assert.match(drift('p.json', '[] '), /not the parameters it was judged with/);
      const wider = { ...changeSet, Capabilities: ['CAPABILITY_NAMED_IAM'] };
      assert.match(drift('cs.json', JSON.stringify(wider)), /not the change set that was judged/);
      const another = { ...changeSet, ChangeSetId: arn.replace('next', 'other') };
      assert.match(drift('cs.json', JSON.stringify(another)), /is not among/);
      // How far CloudFormation has come with it, and in which order it says so, is not the change set.
      writeFileSync(desk.path('cs.json'), JSON.stringify({ ExecutionStatus: 'AVAILABLE', ...changeSet }));
      assert.equal(verify(what, ...all).exit, 0);
      desk.write('cs.json', JSON.stringify(changeSet));
      assert.equal(verify(what, '--for', `./${template}`, ...all).exit, 0, 'another spelling of the path');
    });
  }

  it('takes no change set that is not whole', () => {
    for (const [change, words] of [
      [{ Status: 'FAILED' }, /not ready/],
      [{ NextToken: 'x' }, /first page/],
      [{ ChangeSetId: 'x' }, /by its ARN/],
    ] as const) {
      desk.write('bad.json', JSON.stringify({ ...changeSet, ...change }));
      const { exit, stderr } = verify('b.evb.tar', '--parameters', 'p.json', '--change-set', 'bad.json');
      assert.equal(exit, 3);
      assert.match(stderr, words);
    }
  });

  it('states a failed verdict too, which deploys nothing', () => {
    mkdirSync(desk.path('weak'));
    desk.write('weak/t.yaml', desk.read(template).replace('EnableKeyRotation: true', 'EnableKeyRotation: false'));
    const attested = desk.rampart(['check', 'weak/t.yaml', '--attest', 'w.dsse.json', '--key', 'rampart.key.pem']);
    assert.equal(attested.exit, 1, 'the exit of the gate stays');
    const { exit, stdout } = desk.rampart(['evidence', 'verify', 'w.dsse.json', ...trust, '--for', 'weak/t.yaml']);
    assert.equal(exit, 5);
    assert.match(stdout, /did not pass/);
    const sealed = ['evidence', 'create', 'weak', '--key', 'rampart.key.pem', '--out', 'w.evb.tar'];
    assert.equal(desk.rampart(sealed).exit, 0);
    assert.equal(desk.rampart(['evidence', 'verify', 'w.evb.tar', ...trust, '--for', 'weak/t.yaml']).exit, 5);
  });

  it('signs no verdict of less than the whole gate', () => {
    const attest = (...more: string[]) =>
      desk.rampart(
        ['check', '--attest', 'x.dsse.json', '--key', 'rampart.key.pem', ...more],
        {},
        { input: desk.read(template) },
      );
    assert.match(attest(template, '--requirement', 'kms-key-rotation').stderr, /only some requirements/);
    assert.match(attest('-').stderr, /standard input has no name/);
    desk.write('broken.yaml', 'Resources: {');
    assert.match(attest(template, 'broken.yaml').stderr, /not every file could be read/);
    assert.match(attest(template, '--shard', '1/2').stderr, /cannot also be provided/);
    assert.ok(!existsSync(desk.path('x.dsse.json')));
    assert.equal(desk.rampart(['check', template, '--key', 'rampart.key.pem']).exit, 2, '--key without --attest');
  });

  it('takes the signature of an assessor, in place', () => {
    assert.equal(desk.rampart(['evidence', 'keygen', '--name', 'assessor', '--role', 'assessor']).exit, 0);
    const policy = JSON.parse(desk.read('rampart.trust.json'));
    const [key] = JSON.parse(desk.read('assessor.trust.json')).keys;
    const both = {
      ...policy,
      keys: [...policy.keys, key],
      allowedRoles: ['evidence', 'assessor'],
      thresholds: { assessor: 1 },
    };
    desk.write('both.json', JSON.stringify(both));
    const by = () => desk.rampart(['evidence', 'verify', 'b.evb.tar', '--trust', 'both.json']);
    assert.equal(by().exit, 5);
    const sign = () =>
      desk.rampart(['evidence', 'sign', 'b.evb.tar', '--key', 'assessor.key.pem', '--trust', 'both.json']);
    assert.equal(sign().exit, 0);
    assert.equal(by().exit, 0, by().stdout);
    assert.match(sign().stderr, /signature of this key already/);
    assert.match(
      desk.rampart(['evidence', 'sign', 'b.evb.tar', '--key', 'assessor.key.pem', ...trust]).stderr,
      /RAMPART_KEY_NOT_PINNED/,
    );
  });
});
