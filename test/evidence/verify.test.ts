import assert from 'node:assert/strict';
import { sign as signWith } from 'node:crypto';
import fc from 'fast-check';
import { toBase64 } from '../../src/evidence/base64.js';
import type { SealedBundle } from '../../src/evidence/bundle.js';
import { canonicalBytes, canonicalJson } from '../../src/evidence/canonical-json.js';
import { checkNames } from '../../src/evidence/check-log.js';
import { encodeEnvelope, pae, parseEnvelope } from '../../src/evidence/dsse.js';
import { generateKey, parsePrivateKey } from '../../src/evidence/key.js';
import { encodeManifest, manifestOf } from '../../src/evidence/manifest.js';
import type { BundleFile } from '../../src/evidence/member-path.js';
import { localSigner, type Signer, signPayload } from '../../src/evidence/sign.js';
import { payloadType } from '../../src/evidence/statement.js';
import { writeUstar } from '../../src/evidence/ustar.js';
import { verifyBundle } from '../../src/evidence/verify.js';
import {
  anotherSigner,
  bytesOf,
  failed,
  members,
  now,
  policyFor,
  predicate,
  replace,
  seal,
  sealNumber,
  signer,
  template,
  utf8,
  verify,
} from './sample.js';

const attestation = 'attestations/bundle.dsse.json';

/** The bundle with another payload, properly signed: what a careless or hostile holder of a good key could write. */
const resigned = async (bundle: SealedBundle, payload: Uint8Array, type = payloadType): Promise<BundleFile[]> =>
  replace(bundle.files, attestation, encodeEnvelope(await signPayload(type, payload, [signer])));

const envelopeOf = (bundle: SealedBundle) => parseEnvelope(bytesOf(bundle.files, attestation));
const payloadOf = (bundle: SealedBundle): string => Buffer.from(envelopeOf(bundle).payload).toString();

const refusedBy = (files: readonly BundleFile[], check: string, message: RegExp, changes = {}): void => {
  const result = verify(files, changes);
  assert.equal(result.level, 'not-trusted');
  assert.equal(failed(result), check);
  assert.match(result.problems.map((problem) => problem.message).join('\n'), message);
  assert.deepEqual(
    result.checks.map((one) => one.name),
    checkNames,
  );
};

describe('verifying a bundle', () => {
  let good: SealedBundle;
  before(async () => {
    good = await seal();
  });

  describe('when nothing is wrong', () => {
    it('verifies both forms alike', () => {
      const options = { trustPolicy: policyFor(), now, artifactInHand: template };
      const folder = verifyBundle({ files: good.files }, options);
      const archive = verifyBundle({ archive: good.archive }, options);
      assert.equal(folder.level, 'verified');
      assert.equal(archive.level, 'verified');
      assert.equal(folder.identity, good.identity);
      assert.deepEqual(folder.signedBy, [signer.keyid]);
      assert.deepEqual(folder.problems, []);
      assert.deepEqual(
        folder.checks.map((check) => [check.name, check.ok]),
        checkNames.map((name) => [name, true]),
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

  describe('when bytes changed', () => {
    it('never verifies, nor finds intact, an archive with one byte changed', () => {
      const trustPolicy = policyFor();
      const archive = Buffer.from(good.archive);
      for (let at = 0; at < archive.length; at++) {
        const byte = archive[at] ?? 0;
        // Each bit has its turn: 0x20 changes the case of a letter, 0x01 a digit or a sign of base64.
        archive[at] = byte ^ (1 << (at % 8));
        assert.equal(verifyBundle({ archive }, { trustPolicy, now }).level, 'not-trusted', `byte ${at}`);
        archive[at] = byte;
      }
      assert.equal(verifyBundle({ archive }, { trustPolicy, now }).level, 'verified');
    });

    it('never verifies a folder with a byte changed, taken away or added', () => {
      const trustPolicy = policyFor();
      for (const { path, bytes } of good.files) {
        for (let at = 0; at < bytes.length; at += 5) {
          const flipped = Buffer.from(bytes);
          flipped[at] = (flipped[at] ?? 0) ^ 1;
          const without = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]);
          for (const changed of [flipped, without]) {
            const result = verify(replace(good.files, path, changed), { trustPolicy });
            assert.equal(result.level, 'not-trusted', `${path} byte ${at}`);
          }
        }
        const longer = Buffer.concat([bytes, utf8(' ')]);
        assert.equal(verify(replace(good.files, path, longer), { trustPolicy }).level, 'not-trusted', path);
      }
    });

    it('never throws and never verifies on any other bytes', () => {
      const trustPolicy = policyFor();
      const source = fc.oneof(
        fc.uint8Array({ maxLength: 3000 }).map((archive) => ({ archive })),
        fc
          .array(
            fc.record({
              path: fc.oneof(fc.string(), fc.constantFrom(attestation, 'manifest.json')),
              bytes: fc.uint8Array(),
            }),
          )
          .map((files) => ({ files })),
        fc.jsonValue().map((value) => ({
          files: replace(good.files, attestation, utf8(JSON.stringify(value))),
        })),
        fc.tuple(fc.nat(), fc.nat(), fc.uint8Array({ maxLength: 700 })).map(([from, to, more]) => ({
          archive: Buffer.concat([
            good.archive.subarray(0, from % good.archive.length),
            more,
            good.archive.subarray(to % good.archive.length),
            Buffer.of(1),
          ]),
        })),
      );
      fc.assert(
        fc.property(source, (some) => {
          assert.equal(verifyBundle(some, { trustPolicy, now }).level, 'not-trusted');
          assert.equal(verifyBundle(some, { now }).level, 'not-trusted');
        }),
        { numRuns: 300 },
      );
    });

    it('refuses an archive that is cut off, added to, or has other times', () => {
      const by = (archive: Uint8Array) => verifyBundle({ archive }, { trustPolicy: policyFor(), now });
      assert.equal(failed(by(good.archive.subarray(0, -512))), 'archive');
      assert.equal(failed(by(Buffer.concat([good.archive, Buffer.alloc(512)]))), 'archive');
      assert.equal(failed(by(Buffer.concat([good.archive, good.archive]))), 'archive');
      assert.equal(failed(by(writeUstar(good.files, 1))), 'contents');
    });

    it('refuses bombs before reading them', () => {
      const limits = { archive: 2 ** 20, file: 2 ** 10, files: 5 };
      const many = Array.from({ length: 6 }, (_, i) => ({ path: `inputs/${i}`, bytes: utf8('') }));
      const big = [{ path: 'inputs/x', bytes: new Uint8Array(2 ** 10 + 1) }];
      refusedBy(many, 'archive', /more files or bytes/, { limits });
      refusedBy(big, 'archive', /more files or bytes/, { limits });
      for (const files of [many, big]) {
        const result = verifyBundle({ archive: writeUstar(files, 0) }, { trustPolicy: policyFor(), now, limits });
        assert.equal(failed(result), 'archive');
      }
    });
  });

  describe('when files are not those of the manifest', () => {
    const extra = (path: string) => [...good.files, { path, bytes: utf8('x') }];

    it('refuses an extra file', () =>
      refusedBy(extra('report/evil.html'), 'contents', /evil.html" is not in the manifest/));
    it('refuses a second attestation', () => {
      refusedBy(extra('attestations/other.dsse.json'), 'contents', /not in the manifest/);
    });
    it('refuses a missing file', () => {
      const files = good.files.filter((file) => file.path !== 'results/findings.json');
      refusedBy(files, 'contents', /findings.json" is missing/);
    });
    it('refuses a missing manifest', () => {
      const files = good.files.filter((file) => file.path !== 'manifest.json');
      refusedBy(files, 'contents', /manifest.json is missing/);
    });
    it('refuses a changed file of the same length, and names every one', () => {
      const one = replace(good.files, 'results/findings.json', utf8('{}'));
      const two = replace(one, 'inputs/rampart.yaml', utf8('name: simple\n'));
      refusedBy(two, 'contents', /rampart.yaml" was changed(?:.|\n)*findings.json" was changed/);
    });
    it('refuses two members that changed places', () => {
      const swapped = replace(
        replace(good.files, 'inputs/rampart.yaml', bytesOf(good.files, 'inputs/stack.yaml')),
        'inputs/stack.yaml',
        bytesOf(good.files, 'inputs/rampart.yaml'),
      );
      refusedBy(swapped, 'contents', /was changed/);
    });
    it('refuses a duplicate, a twin by case, a twin by Unicode and a path that leads out', () => {
      refusedBy(extra('inputs/stack.yaml'), 'archive', /twice/);
      refusedBy(extra('inputs/Stack.yaml'), 'archive', /twin/);
      refusedBy(extra('inputs/\uff53tack.yaml'), 'archive', /twin/);
      refusedBy(extra('inputs/u\u0308'), 'archive', /normal form/);
      refusedBy(extra('../evil'), 'archive', /has the part/);
      refusedBy(extra('/etc/passwd'), 'archive', /slash/);
      refusedBy(extra('a\\b'), 'archive', /special/);
    });

    const wrongDigest = async (which: 'sha256' | 'sha384' | 'size'): Promise<BundleFile[]> => {
      const honest = manifestOf(members, 0);
      const lying = honest.members.map((entry, i) => {
        if (i > 0) return entry;
        if (which === 'size') return { ...entry, size: entry.size + 1 };
        return { ...entry, [which]: entry[which].replace(/^./, (c) => (c === '0' ? '1' : '0')) };
      });
      const bytes = encodeManifest({ ...honest, members: lying });
      const statement = JSON.parse(payloadOf(good));
      const { digestsOf } = await import('../../src/evidence/digest.js');
      statement.subject[0].digest = digestsOf(bytes);
      return replace(await resigned(good, canonicalBytes(statement)), 'manifest.json', bytes);
    };
    for (const which of ['sha256', 'sha384', 'size'] as const) {
      it(`checks ${which} of each member by itself`, async () => {
        refusedBy(await wrongDigest(which), 'contents', /rampart.yaml" was changed/);
      });
    }
  });

  describe('when the attestation is not the right one', () => {
    it('refuses a stripped attestation', () => {
      const files = good.files.filter((file) => file.path !== attestation);
      refusedBy(files, 'envelope', /not signed/);
    });

    it('refuses the attestation of another bundle', async () => {
      const other = await sealNumber(1, null);
      const files = replace(good.files, attestation, bytesOf(other.files, attestation));
      refusedBy(files, 'contents', /not the one that was signed/);
      refusedBy(files, 'contents', /not the one that was signed/, { trustPolicy: undefined });
    });

    it('refuses a manifest changed together with a member', () => {
      const changed = members.map((m) => (m.path === 'results/findings.json' ? { ...m, bytes: utf8('{}') } : m));
      const manifest = encodeManifest(manifestOf(changed, 0));
      const files = replace(replace(good.files, 'results/findings.json', utf8('{}')), 'manifest.json', manifest);
      refusedBy(files, 'contents', /not the one that was signed/);
    });

    it('needs both digests of the manifest to be those signed', async () => {
      for (const which of ['sha256', 'sha384']) {
        const statement = JSON.parse(payloadOf(good));
        statement.subject[0].digest[which] = '0'.repeat(which === 'sha256' ? 64 : 96);
        refusedBy(await resigned(good, canonicalBytes(statement)), 'contents', /not the one that was signed/);
      }
    });

    it('refuses a payload of another type', async () => {
      const files = await resigned(good, envelopeOf(good).payload, 'application/json');
      refusedBy(files, 'envelope', /does not hold/);
    });

    it('refuses loose base64, which a lax decoder reads as the same bytes', () => {
      const text = Buffer.from(bytesOf(good.files, attestation)).toString();
      const { payload, signatures } = JSON.parse(text);
      const sig: string = signatures[0].sig;
      for (const [from, to] of [
        [payload, `${payload}\n`],
        [payload, `!${payload}`],
        [sig, `${sig.slice(0, 8)} ${sig.slice(8)}`],
        [sig, `${sig}=`],
      ] as const) {
        const loose = canonicalJson(JSON.parse(text.replace(JSON.stringify(from), JSON.stringify(to))));
        assert.equal(toBase64(Buffer.from(to, 'base64')), from, 'Node reads it as the same');
        refusedBy(replace(good.files, attestation, utf8(loose)), 'envelope', /not strict base64/);
      }
    });

    it('refuses signed bytes with duplicate keys, big integers or another layout', async () => {
      const payload = payloadOf(good);
      const twisted = [
        payload.replace('"environment":"test"', '"environment":"production","environment":"test"'),
        payload.replace('"sequence":1', '"sequence":1,"sequence":1'),
        payload.replace('"sequence":1', '"sequence":9007199254740993'),
        payload.replace('{', '{ '),
        `${payload}\n`,
      ];
      for (const text of twisted) {
        assert.notEqual(text, payload);
        refusedBy(await resigned(good, utf8(text)), 'statement', /not canonical JSON/);
      }
    });

    it('refuses a signed manifest with duplicate keys', async () => {
      const text = Buffer.from(bytesOf(good.files, 'manifest.json')).toString();
      const bytes = utf8(text.replace('"role":"input"', '"role":"input","role":"input"'));
      const statement = JSON.parse(payloadOf(good));
      const { digestsOf } = await import('../../src/evidence/digest.js');
      statement.subject[0].digest = digestsOf(bytes);
      const files = replace(await resigned(good, canonicalBytes(statement)), 'manifest.json', bytes);
      refusedBy(files, 'contents', /not canonical JSON/);
    });

    it('refuses a signed subject that is not the member of its name', async () => {
      const statement = JSON.parse(payloadOf(good));
      statement.subject[1].name = 'inputs/rampart.yaml';
      refusedBy(await resigned(good, canonicalBytes(statement)), 'schemas', /differs from the member/);
    });
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
      const { payload } = envelopeOf(good);
      const bytes = pae(payloadType, payload);
      const at = (hash: string) => {
        const sig = signWith(hash, bytes, { key, dsaEncoding: 'der' });
        const envelope = { payloadType, payload, signatures: [{ keyid: strong.keyid, sig }] };
        return replace(good.files, attestation, encodeEnvelope(envelope));
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
      refusedBy(good.files, 'artifact', /not the file that was judged/, { artifactInHand: changed });
      const renamed = { path: 'deploy/other.yaml', bytes: template.bytes };
      refusedBy(good.files, 'artifact', /not among the artifacts/, { artifactInHand: renamed });
      refusedBy(good.files, 'artifact', /not the file/, { artifactInHand: changed, trustPolicy: undefined });
    });

    it('refuses the manifest as an artifact, and any artifact of an unsigned bundle', async () => {
      const manifest = { path: 'manifest.json', bytes: bytesOf(good.files, 'manifest.json') };
      refusedBy(good.files, 'artifact', /not among/, { artifactInHand: manifest });
      const unsigned = await seal({ signers: [] });
      refusedBy(unsigned.files, 'artifact', /not among/, { artifactInHand: template, trustPolicy: undefined });
    });
  });
});
