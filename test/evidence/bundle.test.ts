import assert from 'node:assert/strict';
import type { Member } from '#model/bundle.js';
import { sha256 } from '../../src/evidence/digest.js';
import { readUstar } from '../../src/evidence/ustar.js';
import { verifyBundle } from '../../src/evidence/verify.js';
import { bytesOf, members, now, policyFor, predicate, seal, signer, utf8, verify } from './sample.js';

describe('sealing', () => {
  it('gives a folder and an archive with the same files', async () => {
    const sealed = await seal();
    assert.deepEqual(
      sealed.files.map((file) => file.path),
      [
        'attestations/bundle.dsse.json',
        'attestations/verdict.dsse.json',
        'inputs/rampart.yaml',
        'inputs/stack.yaml',
        'manifest.json',
        'results/findings.json',
      ],
    );
    const read = readUstar(sealed.archive).files;
    assert.deepEqual(
      read.map((file) => [file.path, Buffer.from(file.bytes).toString('hex')]),
      sealed.files.map((file) => [file.path, Buffer.from(file.bytes).toString('hex')]),
    );
  });

  it('is identified by its manifest, which is the same each time; signatures are not', async () => {
    const [one, two] = [await seal(), await seal({ members: [...members].reverse() })];
    assert.equal(one.identity, sha256(bytesOf(one.files, 'manifest.json')));
    assert.equal(two.identity, one.identity);
    assert.notEqual(sha256(one.archive), sha256(two.archive));
    const [three, four] = [await seal({ signers: [] }), await seal({ signers: [] })];
    assert.equal(sha256(three.archive), sha256(four.archive));
  });

  it('puts the given time into manifest and archive', async () => {
    const sealed = await seal({ sourceDateEpoch: 1_790_000_000 });
    assert.equal(readUstar(sealed.archive).mtime, 1_790_000_000);
    assert.equal(sealed.manifest.sourceDateEpoch, 1_790_000_000);
    const result = verifyBundle({ archive: sealed.archive }, { trustPolicy: policyFor(), now });
    assert.equal(result.level, 'verified');
  });

  it('without a signer makes a bundle that is intact at most', async () => {
    const sealed = await seal({ signers: [] });
    assert.equal(verify(sealed.files, { trustPolicy: undefined }).level, 'intact');
    assert.equal(verify(sealed.files).level, 'not-trusted');
  });

  it('refuses what no one could verify', async () => {
    await assert.rejects(seal({ members: [] }), { code: 'RAMPART_EVIDENCE_SHAPE' });
    await assert.rejects(seal({ predicate: { ...predicate, sequence: 2 } }), { code: 'RAMPART_EVIDENCE_SHAPE' });
    await assert.rejects(seal({ sourceDateEpoch: -1 }), { code: 'RAMPART_EVIDENCE_SHAPE' });
    await assert.rejects(seal({ signers: [signer, signer] }), { code: 'RAMPART_SIGNATURE_WRONG' });
    const twice = [...members, { path: 'Inputs/x', bytes: utf8(''), mediaType: 'text/plain', role: 'input' as const }];
    await assert.rejects(seal({ members: twice }), { code: 'RAMPART_MEMBER_PATH' });
    const many = Array.from({ length: 10_000 }, (_, i) => ({ ...twice[0], path: `inputs/${i}` }) as Member);
    await assert.rejects(seal({ members: many }), { code: 'RAMPART_ARCHIVE_NOT_CANONICAL' });
    const artifact = { path: 'manifest.json', bytes: utf8('') };
    await assert.rejects(seal({ artifacts: [artifact] }), { code: 'RAMPART_EVIDENCE_SHAPE' });
    const other = { path: 'inputs/stack.yaml', bytes: utf8('other') };
    await assert.rejects(seal({ artifacts: [other] }), { code: 'RAMPART_MEMBER' });
  });
});
