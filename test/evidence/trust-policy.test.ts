import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { draftTrustPolicy, parseTrustPolicy } from '../../src/evidence/trust-policy.js';
import { anotherSigner, policyFor, signer, utf8 } from './sample.js';

const shape = { code: 'RAMPART_EVIDENCE_SHAPE' };
const other = anotherSigner();
const draft = draftTrustPolicy({
  publicKeys: [{ pem: signer.publicKeyPem, algorithm: signer.algorithm }],
  notBefore: '2026-01-01T00:00:00Z',
  notAfter: '2027-01-01T00:00:00Z',
  maxAge: 'P30D',
});

describe('trust policy', () => {
  it('reads the draft it wrote', () => {
    const policy = parseTrustPolicy(utf8(draft));
    assert.equal(policy.maxAge, 30 * 86_400);
    assert.equal(policy.threshold, 1);
    assert.equal(policy.keys[0]?.keyid, signer.keyid);
    assert.equal(policy.keys[0]?.algorithm, 'ecdsa-p256-sha256');
  });

  it('reads hours', () =>
    assert.equal(policyFor([signer], (file) => Object.assign(file, { maxAge: 'PT12H' })).maxAge, 43_200));

  it('refuses a key given twice in the JSON', () => {
    const twice = draft.replace('"threshold": 1,', '"threshold": 2,\n  "threshold": 1,');
    assert.notEqual(twice, draft);
    assert.throws(() => parseTrustPolicy(utf8(twice)), { code: 'RAMPART_JSON_NOT_CANONICAL' });
  });

  const faults: Record<string, Record<string, unknown>> = {
    'an unknown key': { treshold: 2 },
    'another format': { format: 'x' },
    'another version': { formatVersion: 2 },
    'a threshold of 0': { threshold: 0 },
    'a threshold no keys can meet': { threshold: 2 },
    'a threshold that is text': { threshold: '1' },
    'no keys': { keys: [] },
    'no allowed role': { allowedRoles: [] },
    'an allowed role no key has': { allowedRoles: ['reviewer'] },
    'a role twice': { allowedRoles: ['evidence', 'evidence'] },
    'a lowest format of 0': { lowestFormatVersion: 0 },
    'an age in words': { maxAge: '30 days' },
    'an age of nothing': { maxAge: 'P0D' },
    'an age of years': { maxAge: 'P1Y' },
    'an age as a number': { maxAge: 30 },
    'systems that are no list': { systems: 'sample' },
    'no systems': { systems: [] },
    'keys that are null': { keys: null },
    'revoked keys that are null': { revoked: null },
    'thresholds that are null': { thresholds: null },
    'timestamps that are null': { timestamps: null },
    'a revocation of a key that is not pinned': { revoked: [{ keyid: other.keyid, from: '2026-02-01T00:00:00Z' }] },
  };
  for (const [name, change] of Object.entries(faults)) {
    it(`refuses ${name}`, () => assert.throws(() => policyFor([signer], (file) => Object.assign(file, change)), shape));
  }

  const keyFaults: Record<string, Record<string, unknown>> = {
    'an unknown key of a key': { revoked: true },
    'an algorithm that is not of the key': { algorithm: 'ecdsa-p384-sha384' },
    'an algorithm nobody offers': { algorithm: 'none' },
    'no role': { roles: [] },
    'a day that does not exist': { notAfter: '2026-02-30T00:00:00Z' },
    'a time without a zone': { notAfter: '2026-12-30T00:00:00' },
    'an end before the beginning': { notAfter: '2025-12-30T00:00:00Z' },
    'a revocation in words': { revokedAt: 'yesterday' },
    'a private key': { publicKey: '-----BEGIN PRIVATE KEY-----' },
  };
  for (const [name, change] of Object.entries(keyFaults)) {
    it(`refuses ${name}`, () => {
      const changed = () => policyFor([signer], (file) => Object.assign(file.keys[0] ?? {}, change));
      assert.throws(changed, shape);
    });
  }

  for (const key of ['format', 'lowestFormatVersion', 'maxAge', 'threshold', 'allowedRoles', 'keys']) {
    it(`refuses a policy without ${key}`, () => {
      assert.throws(() => policyFor([signer], (file) => delete file[key]), shape);
    });
  }

  it('refuses Ed25519 and one key twice', () => {
    const pem = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' });
    const withEd = () => policyFor([signer], (file) => Object.assign(file.keys[0] ?? {}, { publicKey: pem }));
    assert.throws(withEd, { code: 'RAMPART_KEY' });
    assert.throws(() => policyFor([signer, signer]), shape);
    assert.doesNotThrow(() => policyFor([signer, other], (file) => Object.assign(file, { threshold: 2 })));
  });
});
