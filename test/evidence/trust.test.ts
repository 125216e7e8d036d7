import assert from 'node:assert/strict';
import { sign as signWith } from 'node:crypto';
import type { SealedBundle } from '../../src/evidence/bundle.js';
import { canonicalBytes } from '../../src/evidence/canonical-json.js';
import { encodeEnvelope, pae } from '../../src/evidence/dsse.js';
import { generateKey, parsePrivateKey } from '../../src/evidence/key.js';
import { localSigner, type Signer, signPayload } from '../../src/evidence/sign.js';
import { payloadType } from '../../src/evidence/statement.js';
import {
  anotherSigner,
  attestation,
  bytesOf,
  envelopeOf,
  policyFor,
  predicate,
  refusedBy,
  replace,
  seal,
  signer,
  verify,
} from './sample.js';

describe('a bundle and its keys', () => {
  let good: SealedBundle;
  before(async () => {
    good = await seal();
  });

  describe('when the key is not the right one', () => {
    it('refuses a bundle sealed with another key', async () => {
      const bundle = await seal({ signers: [anotherSigner()] });
      refusedBy(bundle.files, 'signature', /0 of the 1 needed/);
    });

    it('refuses another key under the name of the pinned one', async () => {
      const other = anotherSigner();
      const envelope = await signPayload(payloadType, envelopeOf(good).payload, [other]);
      const signatures = envelope.signatures.map(({ sig }) => ({ keyid: signer.keyid, sig }));
      const files = replace(good.files, attestation, encodeEnvelope({ ...envelope, signatures }));
      refusedBy(files, 'signature', /is not of it/);
    });

    it('refuses the pinned key under another name', () => {
      const envelope = envelopeOf(good);
      const signatures = envelope.signatures.map(({ sig }) => ({ keyid: 'f'.repeat(64), sig }));
      const files = replace(good.files, attestation, encodeEnvelope({ ...envelope, signatures }));
      refusedBy(files, 'signature', /is not of it/);
    });

    it('refuses the signature of another pinned key under the name of this one', async () => {
      const other = anotherSigner();
      const envelope = await signPayload(payloadType, envelopeOf(good).payload, [other]);
      const signatures = envelope.signatures.map(({ sig }) => ({ keyid: signer.keyid, sig }));
      const files = replace(good.files, attestation, encodeEnvelope({ ...envelope, signatures }));
      refusedBy(files, 'signature', /is not of it/, { trustPolicy: policyFor([signer, other]) });
    });

    it('refuses a weaker hash than the policy fixes for the key', async () => {
      const pair = generateKey('ecdsa-p384-sha384');
      const { key } = parsePrivateKey(pair.privateKeyPem);
      const strong = localSigner(pair.privateKeyPem);
      const bare = await seal({ verdict: undefined });
      const { payload } = envelopeOf(bare);
      const bytes = pae(payloadType, payload);
      const at = (hash: string) => {
        const sig = signWith(hash, bytes, { key, dsaEncoding: 'der' });
        const envelope = { payloadType, payload, signatures: [{ keyid: strong.keyid, sig }] };
        return replace(bare.files, attestation, encodeEnvelope(envelope));
      };
      const trustPolicy = policyFor([strong]);
      assert.equal(verify(at('sha384'), { trustPolicy }).level, 'verified');
      for (const hash of ['sha256', 'sha1']) refusedBy(at(hash), 'signature', /is not of it/, { trustPolicy });
    });

    it('takes no algorithm from the envelope', () => {
      const raw = JSON.parse(Buffer.from(bytesOf(good.files, attestation)).toString());
      raw.signatures[0].alg = 'none';
      refusedBy(replace(good.files, attestation, canonicalBytes(raw)), 'envelope', /unknown key "alg"/);
    });

    it('refuses a signature over the bare payload', () => {
      const pair = generateKey('ecdsa-p256-sha256');
      const own = localSigner(pair.privateKeyPem);
      const { payload } = envelopeOf(good);
      const sig = signWith('sha256', payload, { key: parsePrivateKey(pair.privateKeyPem).key, dsaEncoding: 'der' });
      const bytes = encodeEnvelope({ payloadType, payload, signatures: [{ keyid: own.keyid, sig }] });
      refusedBy(replace(good.files, attestation, bytes), 'signature', /is not of it/, {
        trustPolicy: policyFor([own]),
      });
    });

    const keyChange = (change: Record<string, unknown>) => ({
      trustPolicy: policyFor([signer], (file) => Object.assign(file.keys[0] ?? {}, change)),
    });

    it('refuses a revoked key, however early the bundle claims to be', async () => {
      refusedBy(good.files, 'signature', /was revoked/, keyChange({ revokedAt: '2026-11-20T09:00:00Z' }));
      assert.equal(verify(good.files, keyChange({ revokedAt: '2026-11-20T09:00:01Z' })).level, 'verified');
      const early = { ...predicate, collectedAt: '2026-11-01T00:00:00Z' };
      const backdated = await seal({ predicate: early });
      refusedBy(backdated.files, 'signature', /was revoked/, keyChange({ revokedAt: '2026-11-10T00:00:00Z' }));
    });

    it('refuses a key before and after its time', () => {
      refusedBy(good.files, 'signature', /not valid before/, keyChange({ notBefore: '2026-11-20T09:00:01Z' }));
      refusedBy(good.files, 'signature', /was valid until/, keyChange({ notAfter: '2026-11-20T09:00:00Z' }));
    });

    it('refuses a key without an allowed role', () => {
      const trustPolicy = policyFor([signer, anotherSigner()], (file) =>
        Object.assign(file.keys[0] ?? {}, { roles: ['ledger'] }),
      );
      refusedBy(good.files, 'signature', /has none of the roles/, { trustPolicy });
    });
  });

  describe('when several keys must sign', () => {
    const second = anotherSigner('ecdsa-p384-sha384');
    const third = anotherSigner();
    const twoOf = (...signers: Signer[]) => policyFor(signers, (file) => Object.assign(file, { threshold: 2 }));

    it('counts different pinned keys', async () => {
      const both = await seal({ signers: [signer, second] });
      const trustPolicy = twoOf(signer, second, third);
      assert.deepEqual(verify(both.files, { trustPolicy }).signedBy, [signer.keyid, second.keyid].sort());
      refusedBy(good.files, 'signature', /1 of the 2 needed/, { trustPolicy });
    });

    it('does not count a stranger, a stripped signature or a revoked key', async () => {
      const both = await seal({ signers: [signer, second] });
      refusedBy(both.files, 'signature', /1 of the 2 needed/, { trustPolicy: twoOf(signer, third) });
      const envelope = envelopeOf(both);
      const one = encodeEnvelope({ ...envelope, signatures: envelope.signatures.slice(0, 1) });
      refusedBy(replace(both.files, attestation, one), 'signature', /1 of the 2/, {
        trustPolicy: twoOf(signer, second),
      });
      const revoked = policyFor([signer, second], (file) => {
        Object.assign(file, { threshold: 2 });
        Object.assign(file.keys[1] ?? {}, { revokedAt: '2026-11-01T00:00:00Z' });
      });
      refusedBy(both.files, 'signature', /was revoked/, { trustPolicy: revoked });
    });

    it('does not count one key twice, by two signatures under two names', async () => {
      const again = await signPayload(payloadType, envelopeOf(good).payload, [signer]);
      const more = again.signatures.map(({ sig }) => ({ keyid: second.keyid, sig }));
      const envelope = envelopeOf(good);
      const bytes = encodeEnvelope({ ...envelope, signatures: [...envelope.signatures, ...more] });
      refusedBy(replace(good.files, attestation, bytes), 'signature', /1 of the 2/, {
        trustPolicy: twoOf(signer, second),
      });
    });

    it('refuses a forged signature of a pinned key beside enough good ones', async () => {
      const both = await seal({ signers: [signer, second] });
      const envelope = envelopeOf(both);
      const signatures = envelope.signatures.map(({ keyid, sig }) =>
        keyid === second.keyid
          ? { keyid, sig: sig.map((byte, i) => (i === sig.length - 1 ? byte ^ 1 : byte)) }
          : { keyid, sig },
      );
      const files = replace(both.files, attestation, encodeEnvelope({ ...envelope, signatures }));
      refusedBy(files, 'signature', /is not of it/, { trustPolicy: policyFor([signer, second]) });
    });

    it('ignores a stranger beside enough pinned keys, and says so', async () => {
      const both = await seal({ signers: [signer, third] });
      const result = verify(both.files);
      assert.equal(result.level, 'verified');
      assert.match(result.notes.join(), new RegExp(`${third.keyid}, which the trust policy does not know`));
    });
  });
});
