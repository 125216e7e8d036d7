import assert from 'node:assert/strict';
import type { SealedBundle } from '../../src/evidence/bundle.js';
import { checkNames } from '../../src/evidence/check-log.js';
import { verifyBundle } from '../../src/evidence/verify.js';
import {
  anotherSigner,
  bytesOf,
  inHand,
  now,
  policyFor,
  predicate,
  refusedBy,
  seal,
  sealNumber,
  signer,
  template,
  utf8,
  verify,
} from './sample.js';

describe('verifying a bundle', () => {
  let good: SealedBundle;
  before(async () => {
    good = await seal();
  });

  describe('when nothing is wrong', () => {
    it('verifies both forms alike', () => {
      const options = { trustPolicy: policyFor(), now, inHand };
      const folder = verifyBundle({ files: good.files }, options);
      const archive = verifyBundle({ archive: good.archive }, options);
      assert.equal(folder.level, 'verified');
      assert.equal(archive.level, 'verified');
      assert.equal(folder.identity, good.identity);
      assert.deepEqual(folder.signedBy, [signer.keyid]);
      assert.deepEqual(folder.problems, []);
      assert.deepEqual(
        folder.checks.map((check) => [check.name, check.ok]),
        // This one carries none.
        checkNames.map((name) => [name, name === 'timestamp' ? null : true]),
      );
      assert.deepEqual({ ...folder, checks: [] }, { ...archive, checks: [] });
    });

    it('says no more than intact without a trust policy, and remembers nothing', () => {
      const result = verify(good.files, { trustPolicy: undefined });
      assert.equal(result.level, 'intact');
      assert.equal(result.checks.find((check) => check.name === 'signature')?.ok, null);
      assert.deepEqual(result.signedBy, []);
      assert.equal(result.state, undefined);
    });

    it('verifies P-384', async () => {
      const strong = anotherSigner('ecdsa-p384-sha384');
      const bundle = await seal({ signers: [strong] });
      assert.equal(verify(bundle.files, { trustPolicy: policyFor([strong]) }).level, 'verified');
    });

    it('does not accept a time that is none', () => {
      assert.throws(() => verify(good.files, { now: new Date('x') }), TypeError);
    });
  });

  describe('when it is not of now', () => {
    it('refuses an expired bundle', () => {
      refusedBy(good.files, 'freshness', /expired/, { now: new Date('2026-12-20T08:00:00Z') });
      refusedBy(good.files, 'freshness', /expired/, { now: new Date('2026-12-20T08:00:00Z'), trustPolicy: undefined });
    });

    it('refuses a bundle older than the policy allows, and one from the future', () => {
      const trustPolicy = policyFor([signer], (file) => Object.assign(file, { maxAge: 'PT1H' }));
      assert.equal(verify(good.files, { trustPolicy }).level, 'verified');
      refusedBy(good.files, 'freshness', /longer ago/, { trustPolicy, now: new Date('2026-11-20T09:00:01Z') });
      refusedBy(good.files, 'freshness', /in the future/, { now: new Date('2026-11-20T07:00:00Z') });
    });

    it('follows a chain, and refuses replay, forks and a clock set back', async () => {
      const one = await sealNumber(1, null);
      const two = await sealNumber(2, one.identity, '2026-11-20T08:10:00Z');
      const fork = await sealNumber(2, 'f'.repeat(64), '2026-11-20T08:10:00Z');
      const first = verify(one.files);
      assert.equal(first.level, 'verified');
      const second = verify(two.files, { state: first.state });
      assert.equal(second.level, 'verified');
      assert.equal(second.state?.heads[0]?.sequence, 2);
      assert.equal(verify(two.files, { state: second.state }).level, 'verified', 'the newest may be seen again');
      refusedBy(one.files, 'freshness', /replayed/, { state: second.state });
      refusedBy(fork.files, 'freshness', /does not follow/, { state: first.state });
      refusedBy(fork.files, 'freshness', /another bundle with number 2/, { state: second.state });
      const back = { state: second.state, now: new Date('2026-11-20T08:54:00Z') };
      refusedBy(two.files, 'freshness', /set back/, back);
    });

    it('remembers nothing of a bundle that was not verified', async () => {
      const one = await sealNumber(1, null);
      const { state } = verify(one.files);
      const stranger = await seal({
        signers: [anotherSigner()],
        predicate: { ...predicate, sequence: 99, previous: '9'.repeat(64) },
      });
      assert.deepEqual(verify(stranger.files, { state }).state, state);
      assert.equal(verify(stranger.files, { state, trustPolicy: undefined }).level, 'intact');
      assert.deepEqual(verify(stranger.files, { state, trustPolicy: undefined }).state, state);
    });
  });

  describe('when the policy does not want it', () => {
    const wants = (change: Record<string, unknown>) => ({
      trustPolicy: policyFor([signer], (file) => Object.assign(file, change)),
    });

    it('refuses an older format', () => {
      refusedBy(good.files, 'schemas', /format 1 is older than 2/, wants({ lowestFormatVersion: 2 }));
    });

    it('refuses another system and another environment', () => {
      assert.equal(verify(good.files, wants({ systems: ['sample'], environments: ['test'] })).level, 'verified');
      refusedBy(good.files, 'schemas', /no evidence of the system sample/, wants({ systems: ['other'] }));
      refusedBy(good.files, 'schemas', /of the environment test/, wants({ environments: ['production'] }));
    });
  });

  describe('with the artifact in hand', () => {
    it('refuses an artifact that is not the one judged, by content or by name', () => {
      const changed = { path: template.path, bytes: utf8('Resources: {X: {}}\n') };
      refusedBy(good.files, 'artifact', /not the file that was judged/, { inHand: [{ ...changed, kind: 'manifest' }] });
      const renamed = { path: 'deploy/other.yaml', bytes: template.bytes };
      refusedBy(good.files, 'artifact', /not among what this verdict/, { inHand: [{ ...renamed, kind: 'manifest' }] });
      for (const path of [template.path.toUpperCase(), template.path.replace('e', 'ｅ')]) {
        const respelt = { path, bytes: template.bytes, kind: 'manifest' } as const;
        refusedBy(good.files, 'artifact', /spelt otherwise .*upper and lower case/, { inHand: [respelt] });
      }
      refusedBy(good.files, 'artifact', /not the file/, {
        inHand: [{ ...changed, kind: 'manifest' }],
        trustPolicy: undefined,
      });
    });

    it('refuses the manifest as an artifact, and any artifact of an unsigned bundle', async () => {
      const manifest = { path: 'manifest.json', bytes: bytesOf(good.files, 'manifest.json') };
      refusedBy(good.files, 'artifact', /not among/, { inHand: [{ ...manifest, kind: 'manifest' }] });
      const unsigned = await seal({ signers: [] });
      refusedBy(unsigned.files, 'artifact', /no verdict of the gate/, { inHand, trustPolicy: undefined });
    });
  });
});
