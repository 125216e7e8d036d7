import assert from 'node:assert/strict';
import { createHash, createPublicKey, verify as verifyWith } from 'node:crypto';
import { parseEnvelope } from '../../src/evidence/dsse.js';
import { sigstoreBundle } from '../../src/evidence/sigstore.js';
import { anotherSigner, attestation, bytesOf, policyFor, seal, signer } from './sample.js';

describe('export in the format of Sigstore', () => {
  const strong = anotherSigner('ecdsa-p384-sha384');

  it('holds one P-256 signature that its key verifies over the pre-authentication encoding', async () => {
    const envelope = parseEnvelope(bytesOf((await seal({ signers: [strong, signer] })).files, attestation));
    const bundle = JSON.parse(Buffer.from(sigstoreBundle(envelope, policyFor([strong, signer]).keys)).toString());
    assert.equal(bundle.mediaType, 'application/vnd.dev.sigstore.bundle.v0.3+json');
    const { payload, payloadType, signatures } = bundle.dsseEnvelope;
    assert.equal(signatures.length, 1);
    const key = createPublicKey(signer.publicKeyPem);
    const der = key.export({ type: 'spki', format: 'der' });
    assert.equal(bundle.verificationMaterial.publicKey.hint, createHash('sha256').update(der).digest('base64'));
    const bytes = Buffer.from(payload, 'base64');
    const pae = Buffer.concat([Buffer.from(`DSSEv1 ${payloadType.length} ${payloadType} ${bytes.length} `), bytes]);
    assert.equal(verifyWith('sha256', pae, key, Buffer.from(signatures[0].sig, 'base64')), true);
  });

  it('is refused where no pinned P-256 key signed', async () => {
    const envelope = parseEnvelope(bytesOf((await seal({ signers: [strong] })).files, attestation));
    const refused = { code: 'RAMPART_SIGSTORE_KEY' };
    assert.throws(() => sigstoreBundle(envelope, policyFor([strong, signer]).keys), refused);
    const forged = { ...envelope, signatures: envelope.signatures.map(({ sig }) => ({ keyid: signer.keyid, sig })) };
    assert.throws(() => sigstoreBundle(forged, policyFor([signer]).keys), refused);
  });
});
