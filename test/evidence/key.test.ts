import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { constants, createPublicKey, generateKeyPairSync, sign as signWith } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EcdsaAlgorithm, verifySignature } from '../../src/evidence/algorithm.js';
import { generateKey, parsePrivateKey, parsePublicKey } from '../../src/evidence/key.js';
import { localSigner, type Signer, signPayload } from '../../src/evidence/sign.js';
import { utf8 } from './sample.js';

const both: [EcdsaAlgorithm, string][] = [
  ['ecdsa-p256-sha256', '-sha256'],
  ['ecdsa-p384-sha384', '-sha384'],
];
const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
const withOpenssl = hasOpenssl ? it : it.skip;
const orSkipped = hasOpenssl ? '' : ' (skipped: openssl is not on this machine)';

const inFolder = (work: (path: (name: string) => string) => void): void => {
  const folder = mkdtempSync(join(tmpdir(), 'evidence-key-'));
  try {
    work((name) => join(folder, name));
  } finally {
    rmSync(folder, { recursive: true });
  }
};
const openssl = (...args: string[]): string => {
  const run = spawnSync('openssl', args);
  assert.equal(run.status, 0, run.stderr.toString());
  return run.stdout.toString();
};

describe('keys', () => {
  for (const [algorithm, digest] of both) {
    it(`signs and verifies with ${algorithm}`, async () => {
      const pair = generateKey(algorithm);
      const signer = localSigner(pair.privateKeyPem);
      assert.equal(signer.algorithm, algorithm);
      assert.equal(signer.keyid, pair.keyid);
      const sig = await signer.sign(utf8('hello'));
      const { key } = parsePublicKey(pair.publicKeyPem);
      assert.equal(verifySignature(key, algorithm, utf8('hello'), sig), true);
      assert.equal(verifySignature(key, algorithm, utf8('hellp'), sig), false);
      assert.equal(verifySignature(key, algorithm, utf8('hello'), Buffer.concat([sig, Buffer.alloc(1)])), false);
      assert.equal(verifySignature(key, algorithm, utf8('hello'), new Uint8Array(0)), false);
      const other = algorithm === 'ecdsa-p256-sha256' ? 'ecdsa-p384-sha384' : 'ecdsa-p256-sha256';
      assert.equal(verifySignature(key, other, utf8('hello'), sig), false);
    });

    withOpenssl(`gives ${algorithm} signatures that openssl verifies${orSkipped}`, async () => {
      const pair = generateKey(algorithm);
      const sig = await localSigner(pair.privateKeyPem).sign(utf8('hello'));
      inFolder((path) => {
        writeFileSync(path('key.pem'), pair.publicKeyPem);
        writeFileSync(path('sig'), sig);
        writeFileSync(path('data'), 'hello');
        const check = ['dgst', digest, '-verify', path('key.pem'), '-signature', path('sig'), path('data')];
        assert.match(openssl(...check), /Verified OK/);
        writeFileSync(path('data'), 'hellp');
        assert.notEqual(spawnSync('openssl', check).status, 0);
      });
    });

    it(`opens an encrypted ${algorithm} key with its passphrase only`, () => {
      const pair = generateKey(algorithm, 'correct horse');
      assert.match(pair.privateKeyPem, /^-----BEGIN ENCRYPTED PRIVATE KEY-----/);
      assert.equal(parsePrivateKey(pair.privateKeyPem, 'correct horse').public.keyid, pair.keyid);
      const closed = { code: 'RAMPART_KEY_PASSPHRASE' };
      assert.throws(() => parsePrivateKey(pair.privateKeyPem), closed);
      assert.throws(() => parsePrivateKey(pair.privateKeyPem, ''), closed);
      assert.throws(
        () => parsePrivateKey(pair.privateKeyPem, 'battery staple'),
        (error: Error) => {
          assert.doesNotMatch(`${error.message}${error.stack}`, /battery staple/);
          return 'code' in error && error.code === 'RAMPART_KEY_PASSPHRASE';
        },
      );
    });
  }

  it('does not verify by the algorithm of another curve, though its hash would fit', () => {
    const pair = generateKey('ecdsa-p384-sha384');
    const sig = signWith('sha256', utf8('hello'), { key: parsePrivateKey(pair.privateKeyPem).key, dsaEncoding: 'der' });
    const { key } = parsePublicKey(pair.publicKeyPem);
    assert.equal(verifySignature(key, 'ecdsa-p256-sha256', utf8('hello'), sig), false);
  });

  withOpenssl(`encrypts with AES-256-CBC under PBKDF2${orSkipped}`, () => {
    const pair = generateKey('ecdsa-p256-sha256', 'correct horse');
    inFolder((path) => {
      writeFileSync(path('key.pem'), pair.privateKeyPem);
      const parsed = openssl('asn1parse', '-in', path('key.pem'));
      assert.match(parsed, /PBKDF2/);
      assert.match(parsed, /aes-256-cbc/);
    });
  });

  withOpenssl(`takes keys made by openssl, by the same key id${orSkipped}`, () => {
    inFolder((path) => {
      openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-384', '-out', path('key.pem'));
      openssl('pkey', '-in', path('key.pem'), '-pubout', '-outform', 'DER', '-out', path('key.der'));
      const signer = localSigner(readFileSync(path('key.pem'), 'utf8'));
      assert.equal(signer.algorithm, 'ecdsa-p384-sha384');
      assert.match(openssl('dgst', '-sha256', path('key.der')), new RegExp(signer.keyid));
    });
  });

  it('refuses an empty passphrase when making a key', () => {
    assert.throws(() => generateKey('ecdsa-p256-sha256', ''), { code: 'RAMPART_KEY_PASSPHRASE' });
  });

  const spki = { type: 'spki', format: 'pem' } as const;
  const pkcs8 = { type: 'pkcs8', format: 'pem' } as const;
  const others = {
    Ed25519: generateKeyPairSync('ed25519'),
    'P-521': generateKeyPairSync('ec', { namedCurve: 'secp521r1' }),
    secp256k1: generateKeyPairSync('ec', { namedCurve: 'secp256k1' }),
    RSA: generateKeyPairSync('rsa', { modulusLength: 2048 }),
    'P-256 with explicit parameters': generateKeyPairSync('ec', {
      namedCurve: 'prime256v1',
      paramEncoding: 'explicit',
    }),
  };
  const bad = { code: 'RAMPART_KEY' };
  for (const [name, pair] of Object.entries(others)) {
    it(`refuses ${name}`, () => {
      assert.throws(() => parsePublicKey(pair.publicKey.export(spki).toString()), bad);
      assert.throws(() => parsePrivateKey(pair.privateKey.export(pkcs8).toString()), bad);
    });
  }

  it('pins an RSA key of a service by one of its algorithms, and takes none from a file', () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 3072 });
    const pem = publicKey.export(spki).toString();
    assert.equal(parsePublicKey(pem).algorithm, 'rsa-pss-sha256');
    assert.equal(parsePublicKey(pem, 'rsa-pss-sha512').algorithm, 'rsa-pss-sha512');
    assert.throws(() => parsePublicKey(pem, 'ecdsa-p256-sha256'), bad);
    assert.throws(() => parsePrivateKey(privateKey.export(pkcs8).toString()), bad);
    const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
    const sig = signWith('sha256', utf8('x'), { key: privateKey, ...pss });
    const { key } = parsePublicKey(pem);
    assert.equal(verifySignature(key, 'rsa-pss-sha256', utf8('x'), sig), true);
    assert.equal(verifySignature(key, 'rsa-pss-sha384', utf8('x'), sig), false);
    const other = signWith('sha256', utf8('x'), { key: privateKey, ...pss, saltLength: 20 });
    assert.equal(verifySignature(key, 'rsa-pss-sha256', utf8('x'), other), false, 'another salt length');
    const pkcs1 = signWith('sha256', utf8('x'), privateKey);
    assert.equal(verifySignature(key, 'rsa-pss-sha256', utf8('x'), pkcs1), false, 'PKCS #1 v1.5');
  });

  it('refuses a second spelling of one key, which would be a second key id', () => {
    const pair = generateKey('ecdsa-p256-sha256');
    const der = createPublicKey(pair.publicKeyPem).export({ type: 'spki', format: 'der' });
    const point = Buffer.concat([Buffer.of((der.at(-1) ?? 0) % 2 === 0 ? 2 : 3), der.subarray(27, 59)]);
    const head = Buffer.from('3039301306072a8648ce3d020106082a8648ce3d030107032200', 'hex');
    const pem = Buffer.concat([head, point]).toString('base64').replace(/.{64}/g, '$&\n');
    const compressed = `-----BEGIN PUBLIC KEY-----\n${pem}\n-----END PUBLIC KEY-----\n`;
    assert.equal(createPublicKey(compressed).asymmetricKeyType, 'ec', 'it is a key to Node');
    assert.throws(() => parsePublicKey(compressed), bad);
  });

  it('refuses anything around or instead of the one PEM block', () => {
    const { publicKeyPem, privateKeyPem } = generateKey('ecdsa-p256-sha256');
    assert.doesNotThrow(() => parsePublicKey(publicKeyPem.trim().replaceAll('\n', '\r\n')));
    for (const text of [`x\n${publicKeyPem}`, `${publicKeyPem}x`, publicKeyPem + publicKeyPem, privateKeyPem, '']) {
      assert.throws(() => parsePublicKey(text), bad);
    }
    assert.throws(() => parsePrivateKey(publicKeyPem), { ...bad, message: /public half/ });
    assert.throws(() => parsePrivateKey('-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n'), bad);
  });

  it('signs with no key of several, and says how another form of key is turned', () => {
    const [one, other] = [generateKey('ecdsa-p256-sha256'), generateKey('ecdsa-p384-sha384', 'x')];
    for (const text of [one.privateKeyPem + other.privateKeyPem, other.privateKeyPem + one.privateKeyPem])
      assert.throws(() => parsePrivateKey(text, 'x'), { ...bad, message: /holds 2 private keys/ });
    assert.equal(parsePrivateKey(one.publicKeyPem + one.privateKeyPem).public.keyid, one.keyid);
    const sec1 = parsePrivateKey(one.privateKeyPem).key.export({ type: 'sec1', format: 'pem' }).toString();
    assert.throws(() => parsePrivateKey(sec1), { ...bad, message: /EC PRIVATE KEY/, next: /openssl pkcs8 -topk8/ });
    assert.throws(() => parsePrivateKey(sec1 + one.privateKeyPem), { ...bad, message: /holds 2 private keys/ });
  });
});

describe('signing', () => {
  const wrong = { code: 'RAMPART_SIGNATURE_WRONG' };
  const good = localSigner(generateKey('ecdsa-p256-sha256').privateKeyPem);
  const other = localSigner(generateKey('ecdsa-p384-sha384').privateKeyPem);
  const by = (...signers: Signer[]) => signPayload('text/plain', utf8('x'), signers);

  it('orders signatures by key id', async () => {
    const ids = [good.keyid, other.keyid].sort();
    assert.deepEqual(
      (await by(good, other)).signatures.map((s) => s.keyid),
      ids,
    );
    assert.deepEqual(
      (await by(other, good)).signatures.map((s) => s.keyid),
      ids,
    );
  });

  it('refuses what a signer returns when it does not verify', async () => {
    await assert.rejects(by({ ...good, sign: async () => new Uint8Array(70) }), wrong);
    await assert.rejects(by({ ...good, sign: () => good.sign(utf8('y')) }), wrong);
    await assert.rejects(by({ ...good, sign: other.sign }), wrong);
  });

  it('refuses a signer that does not fit its public key, and one key twice', async () => {
    await assert.rejects(by({ ...good, keyid: other.keyid }), wrong);
    await assert.rejects(by({ ...good, algorithm: 'ecdsa-p384-sha384' }), wrong);
    await assert.rejects(by({ ...good, publicKeyPem: other.publicKeyPem }), wrong);
    await assert.rejects(by(good, good), wrong);
  });

  it('refuses a raw r‖s signature: signatures are DER', async () => {
    const pair = generateKey('ecdsa-p256-sha256');
    const { key } = parsePrivateKey(pair.privateKeyPem);
    const raw: Signer = {
      ...localSigner(pair.privateKeyPem),
      sign: async (bytes) => signWith('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' }),
    };
    await assert.rejects(by(raw), wrong);
  });
});
