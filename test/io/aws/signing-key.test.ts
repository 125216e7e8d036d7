import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as kms from '@aws-sdk/client-kms';
import { remoteSigner, type Signer } from '#evidence/index.js';
import { openSigningKey } from '#io/aws/signing-key.js';
import type { RampartError } from '#model/error.js';
import type { Algorithm } from '../../../src/evidence/algorithm.js';
import { signPayload } from '../../../src/evidence/sign.js';
import { scratch } from '../scratch.js';
import { awsEnvironment, govWest, secrets } from './credentials.js';
import { arn, error, FaultServer, json, type Replies } from './fault-server.js';
import { motoServer } from './moto.js';

const kmsNames: Record<string, string> = {
  'ecdsa-p256-sha256': 'ECDSA_SHA_256',
  'ecdsa-p384-sha384': 'ECDSA_SHA_384',
  'rsa-pss-sha256': 'RSASSA_PSS_SHA_256',
  'rsa-pss-sha384': 'RSASSA_PSS_SHA_384',
  'rsa-pss-sha512': 'RSASSA_PSS_SHA_512',
};

const payload = Buffer.from('{"a":1}');

async function signed(endpoint: string, key: string, algorithm?: Algorithm) {
  const opened = await openSigningKey(key, { ...govWest, endpoint });
  try {
    const signDigest = (name: Algorithm, digest: Uint8Array) => opened.signDigest(kmsNames[name] ?? '', digest);
    const signer: Signer = remoteSigner({ publicKey: opened.publicKey, signDigest }, algorithm);
    const { signatures } = await signPayload('text/plain', payload, [signer]);
    return { signer, sig: signatures[0]?.sig ?? new Uint8Array(0), arn: opened.arn };
  } finally {
    opened.close();
  }
}

describe('signing with a key of KMS (moto_server, us-gov-west-1)', function () {
  this.timeout(60_000);
  awsEnvironment();
  const endpoint = motoServer({ digest: true });
  const folder = scratch();
  const made: Record<string, string> = {};

  before('make keys', async () => {
    const client = new kms.KMSClient({ region: govWest.region, endpoint: endpoint(), useFipsEndpoint: false });
    for (const KeySpec of ['ECC_NIST_P256', 'ECC_NIST_P384', 'RSA_3072', 'ECC_SECG_P256K1', 'RSA_2048'] as const) {
      const { KeyMetadata } = await client.send(new kms.CreateKeyCommand({ KeySpec, KeyUsage: 'SIGN_VERIFY' }));
      made[KeySpec] = KeyMetadata?.KeyId ?? '';
    }
    const { KeyMetadata } = await client.send(
      new kms.CreateKeyCommand({ KeySpec: 'RSA_3072', KeyUsage: 'ENCRYPT_DECRYPT' }),
    );
    made.encrypting = KeyMetadata?.KeyId ?? '';
    await client.send(new kms.CreateAliasCommand({ AliasName: 'alias/evidence', TargetKeyId: made.ECC_NIST_P256 }));
    client.destroy();
  });

  for (const [spec, algorithm, how] of [
    ['ECC_NIST_P256', 'ecdsa-p256-sha256', ['-sha256']],
    ['ECC_NIST_P384', 'ecdsa-p384-sha384', ['-sha384']],
    ['RSA_3072', 'rsa-pss-sha256', ['-sha256']],
    ['RSA_3072', 'rsa-pss-sha384', ['-sha384']],
    ['RSA_3072', 'rsa-pss-sha512', ['-sha512']],
  ] as const) {
    it(`${spec} by ${algorithm}, which openssl verifies`, async function () {
      const { signer, sig } = await signed(endpoint(), made[spec] ?? '', algorithm);
      assert.equal(signer.algorithm, algorithm);
      if (spawnSync('openssl', ['version']).status !== 0) {
        process.stderr.write('    skipped: openssl is not on this machine\n');
        this.skip();
      }
      const path = (name: string) => join(at, name);
      const at = folder();
      writeFileSync(path('key.pem'), signer.publicKeyPem);
      writeFileSync(path('sig'), sig);
      const pss = spec.startsWith('RSA')
        ? ['-sigopt', 'rsa_padding_mode:pss', '-sigopt', 'rsa_pss_saltlen:digest']
        : [];
      const check = ['dgst', ...how, ...pss, '-verify', path('key.pem'), '-signature', path('sig'), path('data')];
      // The pre-authentication encoding by hand: DSSE protocol 1.0.
      writeFileSync(path('data'), `DSSEv1 10 text/plain ${payload.length} ${payload}`);
      assert.match(spawnSync('openssl', check).stdout.toString(), /Verified OK/);
      writeFileSync(path('data'), `DSSEv1 10 text/plain ${payload.length} ${payload} `);
      assert.notEqual(spawnSync('openssl', check).status, 0);
    });
  }

  it('takes an alias, an alias ARN, a key ARN: all one key, named by its ARN', async () => {
    const { signer, arn: named } = await signed(endpoint(), 'alias/evidence');
    assert.equal(named, made.ECC_NIST_P256);
    const whole = `arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/${named}`;
    const alias = 'arn:aws-us-gov:kms:us-gov-west-1:123456789012:alias/evidence';
    for (const name of [named, whole, alias]) assert.equal((await signed(endpoint(), name)).signer.keyid, signer.keyid);
    const key = createPublicKey(signer.publicKeyPem).export({ type: 'spki', format: 'der' });
    assert.equal(signer.keyid, createHash('sha256').update(key).digest('hex'));
  });

  it('refuses keys of kinds that may not sign evidence', async () => {
    for (const spec of ['ECC_SECG_P256K1', 'RSA_2048']) {
      await assert.rejects(signed(endpoint(), made[spec] ?? ''), { code: 'RAMPART_KEY' }, spec);
    }
    await assert.rejects(signed(endpoint(), made.encrypting ?? ''), { code: 'RAMPART_KMS_KEY_USAGE' });
  });
});

describe('a KMS that hashes a digest once more (moto_server as it comes)', function () {
  this.timeout(60_000);
  awsEnvironment();
  const endpoint = motoServer();

  it('is found out before anything is written', async () => {
    const client = new kms.KMSClient({ region: govWest.region, endpoint: endpoint(), useFipsEndpoint: false });
    for (const KeySpec of ['ECC_NIST_P256', 'ECC_NIST_P384'] as const) {
      const { KeyMetadata } = await client.send(new kms.CreateKeyCommand({ KeySpec, KeyUsage: 'SIGN_VERIFY' }));
      await assert.rejects(signed(endpoint(), KeyMetadata?.KeyId ?? ''), {
        code: 'RAMPART_SIGNATURE_WRONG',
        message: /hashed the digest once more/,
      });
    }
    client.destroy();
  });
});

describe('each way in which KMS does not sign has its own words', function () {
  this.timeout(60_000);
  awsEnvironment({ ...secrets });
  const server = new FaultServer();
  before(() => server.start());
  after(() => server.stop());

  const pair = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const PublicKey = pair.publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  const half = {
    KeyId: arn,
    PublicKey,
    KeyUsage: 'SIGN_VERIFY',
    KeySpec: 'ECC_NIST_P256',
    SigningAlgorithms: ['ECDSA_SHA_256'],
  };
  const good: Replies = { GetPublicKey: json(half), Sign: json({ KeyId: arn, Signature: 'AAAA' }) };
  const attempt = async (given: Replies, key = arn) => {
    server.replies = { ...good, ...given };
    server.calls = [];
    return signed(server.endpoint, key);
  };

  const cases: [string, number, string, RegExp][] = [
    ['DisabledException', 400, 'RAMPART_KMS_DISABLED', /is disabled or about to be deleted/],
    ['KMSInvalidStateException', 400, 'RAMPART_KMS_DISABLED', /is disabled or about to be deleted/],
    ['AccessDeniedException', 400, 'RAMPART_KMS_DENIED', /may not call kms:(GetPublicKey|Sign) on arn:/],
    ['ThrottlingException', 400, 'RAMPART_KMS_THROTTLED', /three times because there were too many/],
    ['NotFoundException', 400, 'RAMPART_KMS_NOT_FOUND', /knows no key/],
    ['InvalidKeyUsageException', 400, 'RAMPART_KMS_KEY_USAGE', /not a key for signing/],
    ['UnsupportedOperationException', 400, 'RAMPART_KMS_KEY_USAGE', /not a key for signing/],
    ['KMSInternalException', 500, 'RAMPART_KMS_FAILED', /from a service that is well/],
    [
      'ExpiredTokenException',
      400,
      'RAMPART_CREDENTIALS_REJECTED',
      /did not accept the credentials \(ExpiredTokenException\)/,
    ],
  ];
  for (const call of ['GetPublicKey', 'Sign']) {
    for (const [name, status, code, words] of cases) {
      it(`${call}: ${name}`, async () => {
        const reply = error(status, name, { message: Object.values(secrets).join(' ') });
        await assert.rejects(attempt({ [call]: reply }), (thrown: RampartError) => {
          assert.deepEqual([thrown.code, thrown.next.length > 20], [code, true]);
          assert.match(thrown.message, words);
          for (const secret of Object.values(secrets)) assert.ok(!`${thrown.message}${thrown.next}`.includes(secret));
          return true;
        });
      });
    }
  }

  it('a signature of another key', async () => {
    const other = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey;
    const Signature = sign('sha256', Buffer.from('x'), other).toString('base64');
    await assert.rejects(attempt({ Sign: json({ KeyId: arn, Signature }) }), {
      code: 'RAMPART_SIGNATURE_WRONG',
      message: /does not verify with its public key/,
    });
  });

  it('a public half that is none, of another usage or of another region', async () => {
    const answers = (changes: object) => attempt({ GetPublicKey: json({ ...half, ...changes }) });
    await assert.rejects(answers({ PublicKey: 'AAAA' }), { code: 'RAMPART_SIGNATURE_WRONG' });
    await assert.rejects(answers({ KeyUsage: 'ENCRYPT_DECRYPT' }), { code: 'RAMPART_KMS_KEY_USAGE' });
    await assert.rejects(answers({ KeyId: arn.replace('us-gov-west-1', 'us-gov-east-1') }), {
      code: 'RAMPART_KMS_FAILED',
    });
    await assert.rejects(answers({ KeyId: arn.replace('aws-us-gov', 'aws') }), { code: 'RAMPART_KMS_FAILED' });
    assert.ok(!server.calls.includes('Sign'));
  });

  it('asks nothing about a key of another partition or region, nor about what names none', async () => {
    for (const [key, code] of [
      [arn.replace('aws-us-gov', 'aws'), 'RAMPART_OUTSIDE_BOUNDARY'],
      [arn.replace('us-gov-west-1', 'us-east-1'), 'RAMPART_OUTSIDE_BOUNDARY'],
      ['nothing', 'RAMPART_BAD_KEY'],
    ] as const) {
      await assert.rejects(attempt({}, key), { code });
      assert.deepEqual(server.calls, []);
    }
  });

  it('gives KMS the digest and says that it is one', async () => {
    let asked: Record<string, unknown> = {};
    const listen: Replies = {
      Sign: (_, body) => {
        asked = JSON.parse(body);
        return error(400, 'DisabledException');
      },
    };
    await assert.rejects(attempt(listen));
    const digest = createHash('sha256').update(`DSSEv1 10 text/plain ${payload.length} ${payload}`).digest('base64');
    assert.deepEqual(asked, { KeyId: arn, Message: digest, MessageType: 'DIGEST', SigningAlgorithm: 'ECDSA_SHA_256' });
  });
});
