import assert from 'node:assert/strict';
import fc from 'fast-check';
import { toBase64 } from '../../src/evidence/base64.js';
import type { SealedBundle } from '../../src/evidence/bundle.js';
import { canonicalBytes, canonicalJson } from '../../src/evidence/canonical-json.js';
import { encodeManifest, manifestOf } from '../../src/evidence/manifest.js';
import type { BundleFile } from '../../src/evidence/member-path.js';
import { writeUstar } from '../../src/evidence/ustar.js';
import { verifyBundle } from '../../src/evidence/verify.js';
import {
  attestation,
  bytesOf,
  envelopeOf,
  failed,
  members,
  now,
  payloadOf,
  policyFor,
  refusedBy,
  replace,
  resigned,
  seal,
  sealNumber,
  utf8,
  verify,
} from './sample.js';

describe('a tampered bundle', function () {
  // Each byte of a bundle is changed in turn.
  this.timeout(240_000);
  let good: SealedBundle;
  before(async () => {
    good = await seal();
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
});
