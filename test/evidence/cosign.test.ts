import assert from 'node:assert/strict';
import { cosign } from '../../src/evidence/cosign.js';
import { readUstar } from '../../src/evidence/ustar.js';
import { verifyBundle } from '../../src/evidence/verify.js';
import { anotherSigner, now, policyFor, refusedBy, replace, seal, signer, utf8, verify } from './sample.js';

const assessor = anotherSigner('ecdsa-p384-sha384');
const owner = anotherSigner();

/** The pipeline may sign, and one assessor must. */
const withRoles = (change: object = {}) =>
  policyFor([signer, assessor, owner], (file) => {
    const [first, second, third] = file.keys;
    Object.assign(first ?? {}, { roles: ['pipeline'] });
    Object.assign(second ?? {}, { roles: ['assessor'] });
    Object.assign(third ?? {}, { roles: ['system-owner'] });
    const allowedRoles = ['pipeline', 'assessor', 'system-owner'];
    Object.assign(file, { allowedRoles, thresholds: { pipeline: 1, assessor: 1 }, threshold: 2, ...change });
  });

describe('several keys with roles', () => {
  it('count once each role has signed, in every statement of the bundle', async () => {
    const sealed = await seal();
    const trustPolicy = withRoles();
    refusedBy(sealed.files, 'signature', /0 of the 1 needed keys with the role assessor/, { trustPolicy });
    const { archive, changed, identity } = await cosign(sealed, assessor, { now });
    assert.equal(identity, sealed.identity);
    assert.deepEqual(
      changed.map(({ path }) => path),
      ['attestations/bundle.dsse.json', 'attestations/verdict.dsse.json'],
    );
    const result = verifyBundle({ archive }, { trustPolicy, now });
    assert.equal(result.level, 'verified');
    assert.deepEqual(result.signedBy, [signer.keyid, assessor.keyid].sort());
  });

  it('do not stand in for each other', async () => {
    const { archive } = await cosign(await seal(), owner, { now });
    const { files } = readUstar(archive);
    refusedBy(files, 'signature', /with the role assessor/, { trustPolicy: withRoles() });
  });

  it('have to have signed the verdict as well', async () => {
    const sealed = await seal();
    const { changed } = await cosign(sealed, assessor, { now });
    const [bundle] = changed;
    assert.ok(bundle);
    refusedBy(replace(sealed.files, bundle.path, bundle.bytes), 'verdict', /with the role assessor/, {
      trustPolicy: withRoles(),
    });
  });

  it('are revoked by their id from a date on', async () => {
    const { archive } = await cosign(await seal(), assessor, { now });
    const { files } = readUstar(archive);
    const revoked = (from: string) => ({
      trustPolicy: withRoles({ revoked: [{ keyid: assessor.keyid, from, reason: 'left' }] }),
    });
    refusedBy(files, 'signature', /was revoked from 2026-11-20T09:00:00Z on \(left\)/, revoked('2026-11-20T09:00:00Z'));
    assert.equal(verify(files, revoked('2026-11-20T09:00:01Z')).level, 'verified');
  });

  it('are refused in a policy no bundle can meet, or where one key has two hats', () => {
    assert.throws(() => withRoles({ thresholds: { assessor: 2 } }), /only 1 of the keys have it/);
    assert.throws(() => withRoles({ thresholds: { nobody: 1 } }), /no allowed role/);
    assert.throws(() => withRoles({ thresholds: { assessor: 0 } }), /whole number/);
    assert.throws(() => withRoles({ thresholds: [1] }), /must be an object/);
    assert.throws(() => withRoles({ revoked: [{ keyid: 'x', from: '2026-11-20T09:00:00Z' }] }), /SHA-256/);
    const twoHats = () =>
      policyFor([signer], (file) => {
        Object.assign(file.keys[0] ?? {}, { roles: ['pipeline', 'assessor'] });
        Object.assign(file, { allowedRoles: ['pipeline', 'assessor'], thresholds: { pipeline: 1, assessor: 1 } });
      });
    assert.throws(twoHats, /two of the roles with a threshold/);
  });
});

describe('adding a signature', () => {
  it('is refused on what is not whole, not signed, expired, or signed by this key', async () => {
    const sealed = await seal();
    const refused = { code: 'RAMPART_NOT_COSIGNED' };
    await assert.rejects(cosign(sealed, signer, { now }), refused);
    const broken = { files: replace(sealed.files, 'results/findings.json', utf8('{}')) };
    await assert.rejects(cosign(broken, assessor, { now }), refused);
    await assert.rejects(cosign(await seal({ signers: [] }), assessor, { now }), refused);
    await assert.rejects(cosign(sealed, assessor, { now: new Date('2027-01-01T00:00:00Z') }), refused);
  });
});
