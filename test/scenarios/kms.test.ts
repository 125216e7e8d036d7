import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import * as kms from '@aws-sdk/client-kms';
import { awsEnvironment, govWest, secrets } from '../io/aws/credentials.js';
import { motoServer } from '../io/aws/moto.js';
import { Desk } from './command-line.js';

describe('evidence signed with a key of KMS', function () {
  this.timeout(120_000);
  awsEnvironment();
  const endpoint = motoServer({ digest: true });
  const desk = new Desk();
  after(() => {
    client?.destroy();
    desk.clear();
  });
  const environment = () => ({ ...secrets, AWS_ENDPOINT_URL: endpoint(), AWS_EC2_METADATA_DISABLED: 'true' });
  const create = (out: string, ...more: string[]) =>
    desk.rampart(['evidence', 'create', 'deploy', '--out', out, ...more], environment());
  let client: kms.KMSClient;

  before('make keys and templates', async () => {
    client = new kms.KMSClient({ region: govWest.region, endpoint: endpoint(), useFipsEndpoint: false });
    for (const [alias, KeySpec] of [
      ['alias/evidence', 'ECC_NIST_P384'],
      ['alias/other', 'RSA_3072'],
    ] as const) {
      const { KeyMetadata } = await client.send(new kms.CreateKeyCommand({ KeySpec, KeyUsage: 'SIGN_VERIFY' }));
      await client.send(new kms.CreateAliasCommand({ AliasName: alias, TargetKeyId: KeyMetadata?.KeyId }));
    }
    assert.equal(desk.rampart(['render', '--out', 'deploy']).exit, 0);
  });

  it('is pinned, sealed and verified without the private key ever being here', () => {
    for (const [name, ...more] of [['evidence'], ['other', '--algorithm', 'rsa-pss-sha384']] as const) {
      const made = desk.rampart(
        ['evidence', 'keygen', '--name', name, '--kms', `alias/${name}`, ...more],
        environment(),
      );
      assert.equal(made.exit, 0, made.stderr);
      assert.ok(!existsSync(desk.path(`${name}.key.pem`)));
      const sealed = create(`${name}.evb.tar`, '--kms', `alias/${name}`, ...more, '--trust', `${name}.trust.json`);
      assert.equal(sealed.exit, 0, sealed.stderr);
      const verified = desk.rampart(['evidence', 'verify', `${name}.evb.tar`, '--trust', `${name}.trust.json`]);
      assert.equal(verified.exit, 0, verified.stdout);
      assert.ok(verified.stdout.includes(`signed by sha256:${made.stdout.trim()}`));
    }
    assert.match(readFileSync(desk.path('other.trust.json'), 'utf8'), /rsa-pss-sha384/);
    assert.equal(desk.rampart(['evidence', 'verify', 'other.evb.tar', '--trust', 'evidence.trust.json']).exit, 5);
  });

  it('leaves no file when the key is not the pinned one, unknown or elsewhere', () => {
    const before = readdirSync(desk.folder);
    for (const [key, code, exit] of [
      ['alias/other', 'RAMPART_KEY_NOT_PINNED', 5],
      ['alias/none', 'RAMPART_KMS_NOT_FOUND', 6],
      ['arn:aws:kms:us-east-1:123456789012:alias/evidence', 'RAMPART_OUTSIDE_BOUNDARY', 2],
    ] as const) {
      const { exit: got, stderr } = create('none.evb.tar', '--kms', key, '--trust', 'evidence.trust.json');
      assert.match(stderr, new RegExp(code), key);
      assert.equal(got, exit, key);
    }
    assert.deepEqual(readdirSync(desk.folder), before);
  });
});

describe('the passphrase of a key', function () {
  this.timeout(60_000);
  const desk = new Desk();
  after(() => desk.clear());

  it('comes from a file or the environment, and is asked for by name when missing', () => {
    desk.write('pass', 'correct horse\nnot this\n');
    assert.equal(desk.rampart(['evidence', 'keygen', '--passphrase-file', 'pass']).exit, 0);
    assert.match(desk.read('rampart.key.pem'), /ENCRYPTED/);
    assert.equal(desk.rampart(['render', '--out', 'deploy']).exit, 0);
    const create = (out: string, more: string[], environment = {}) =>
      desk.rampart(['evidence', 'create', 'deploy', '--key', 'rampart.key.pem', '--out', out, ...more], environment);
    assert.equal(create('a.tar', ['--passphrase-file', 'pass']).exit, 0);
    assert.equal(create('b.tar', [], { RAMPART_KEY_PASSPHRASE: 'correct horse' }).exit, 0);
    for (const [environment, exit] of [
      [{}, 2],
      [{ RAMPART_KEY_PASSPHRASE: 'battery staple' }, 3],
    ] as const) {
      const { stderr, exit: got } = create('c.tar', [], environment);
      assert.equal(got, exit);
      assert.match(stderr, /RAMPART_KEY_PASSPHRASE/);
      assert.doesNotMatch(stderr, /battery/);
    }
    assert.ok(!existsSync(desk.path('c.tar')));
    assert.equal(create('c.tar', ['--key', 'x', '--kms', 'alias/y']).exit, 2);
    assert.match(desk.rampart(['evidence', 'create', 'deploy', '--out', 'c.tar']).stderr, /RAMPART_NO_KEY/);
    assert.match(desk.rampart(['evidence', 'keygen', '--ask-passphrase', '--name', 'x']).stderr, /nobody can be asked/);
  });
});
