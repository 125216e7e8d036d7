import assert from 'node:assert/strict';
import type { Member } from '#model/bundle.js';
import { canonicalBytes } from '../../src/evidence/canonical-json.js';
import { digestsOf } from '../../src/evidence/digest.js';
import { encodeManifest, manifestOf, parseManifest } from '../../src/evidence/manifest.js';
import { members, utf8 } from './sample.js';

const shape = { code: 'RAMPART_EVIDENCE_SHAPE' };
const text = Buffer.from(encodeManifest(manifestOf(members, 0))).toString();
const changed = (change: (raw: Record<string, unknown> & { members: Record<string, unknown>[] }) => void) => () => {
  const raw = JSON.parse(text);
  change(raw);
  return parseManifest(canonicalBytes(raw));
};
const withMember = (member: Partial<Member>) => () =>
  manifestOf([{ path: 'a', bytes: utf8(''), mediaType: 'text/plain', role: 'input', ...member }, ...members], 0);

describe('manifest', () => {
  it('gives each member its size, both digests and its description, sorted by path', () => {
    const manifest = manifestOf([...members].reverse(), 7);
    assert.deepEqual(parseManifest(encodeManifest(manifest)), manifest);
    assert.deepEqual(
      manifest.members.map((member) => member.path),
      ['inputs/rampart.yaml', 'inputs/stack.yaml', 'results/findings.json'],
    );
    assert.deepEqual(manifest.members[2], {
      path: 'results/findings.json',
      size: 2,
      // printf '[]' | sha256sum; printf '[]' | sha384sum
      sha256: '4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945',
      sha384: digestsOf(utf8('[]')).sha384,
      mediaType: 'application/json',
      role: 'result',
      derivedFrom: ['inputs/rampart.yaml', 'inputs/stack.yaml'],
      sensitivity: 'internal',
    });
    assert.equal(manifest.sourceDateEpoch, 7);
  });

  it('is the same bytes whatever the order of members', () => {
    assert.equal(Buffer.from(encodeManifest(manifestOf([...members].reverse(), 0))).toString(), text);
  });

  for (const path of [
    'manifest.json',
    'Manifest.json',
    'attestations/x.json',
    'Attestations/x',
    'attestations',
    '../x',
  ]) {
    it(`refuses a member ${path}`, () => {
      assert.throws(withMember({ path }), (error: { code?: string }) => /^RAMPART_MEMBER/.test(error.code ?? ''));
    });
  }

  it('refuses members that collide or are derived from nothing', () => {
    assert.throws(withMember({ path: 'inputs/RAMPART.yaml' }), { code: 'RAMPART_MEMBER_PATH' });
    assert.throws(withMember({ derivedFrom: ['inputs/other'] }), { code: 'RAMPART_MEMBER' });
    assert.throws(withMember({ derivedFrom: ['a'] }), { code: 'RAMPART_MEMBER' });
    assert.throws(withMember({ mediaType: 'yaml' }), { code: 'RAMPART_MEMBER' });
  });

  const first = (raw: { members: Record<string, unknown>[] }): Record<string, unknown> => raw.members[0] ?? {};
  const faults: Record<string, () => unknown> = {
    'another format': changed((raw) => Object.assign(raw, { format: 'x' })),
    'a newer version': changed((raw) => Object.assign(raw, { formatVersion: 2 })),
    'version 0': changed((raw) => Object.assign(raw, { formatVersion: 0 })),
    'a key nobody knows': changed((raw) => Object.assign(raw, { note: 'x' })),
    'no members': changed((raw) => Object.assign(raw, { members: [] })),
    'members out of order': changed((raw) => raw.members.reverse()),
    'a member without sha384': changed((raw) => delete first(raw).sha384),
    'a digest in upper case': changed((raw) => Object.assign(first(raw), { sha256: 'A'.repeat(64) })),
    'a size below zero': changed((raw) => Object.assign(first(raw), { size: -1 })),
    'a size a double rounds': changed((raw) => Object.assign(first(raw), { size: 2 ** 53 })),
    'a role nobody knows': changed((raw) => Object.assign(first(raw), { role: 'other' })),
    'a sensitivity nobody knows': changed((raw) => Object.assign(first(raw), { sensitivity: 'secret' })),
  };
  for (const [name, parse] of Object.entries(faults)) it(`does not read ${name}`, () => assert.throws(parse, shape));

  it('does not read a path that leads out, or one member twice', () => {
    assert.throws(
      changed((raw) => Object.assign(first(raw), { path: '../x' })),
      { code: 'RAMPART_MEMBER_PATH' },
    );
    assert.throws(
      changed((raw) => raw.members.unshift(first(raw))),
      { code: 'RAMPART_MEMBER_PATH' },
    );
  });

  it('does not read duplicate keys or big integers', () => {
    const loose = { code: 'RAMPART_JSON_NOT_CANONICAL' };
    assert.throws(() => parseManifest(utf8(text.replace('{', '{"format":"rampart-evidence",'))), loose);
    assert.throws(() => parseManifest(utf8(text.replace('"size":2}', '"size":9007199254740993}'))), loose);
  });
});
