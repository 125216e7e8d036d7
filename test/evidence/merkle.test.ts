import assert from 'node:assert/strict';
import {
  consistencyProof,
  GrowingTree,
  holdsConsistency,
  holdsInclusion,
  inclusionProof,
  leafHash,
} from '../../src/evidence/merkle.js';

/** Leaves, roots and proofs of the Certificate Transparency reference tests (transparency-dev/merkle, testonly/constants.go). */
const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const roots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const inclusions: [number, number, string[]][] = [
  [
    0,
    8,
    [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  ],
  [
    5,
    8,
    [
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  ],
];
const consistencies: [number, number, string[]][] = [
  [1, 1, []],
  [
    1,
    8,
    [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  ],
  [
    6,
    8,
    [
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  ],
  [
    2,
    5,
    [
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  ],
];

const leaves = inputs.map((hex) => leafHash(Buffer.from(hex, 'hex')));
const hex = (path: readonly Buffer[]) => path.map((hash) => hash.toString('hex'));
const rootAt = (size: number, of: readonly Buffer[] = leaves): string => {
  const tree = new GrowingTree();
  for (const leaf of of.slice(0, size)) tree.push(leaf);
  return tree.root();
};

describe('the Merkle tree of RFC 9162', () => {
  it('has the roots of the public vectors', () => {
    for (const [size, root] of roots.entries()) assert.equal(rootAt(size), root);
  });

  it('gives the inclusion and consistency proofs of the public vectors', () => {
    for (const [index, size, path] of inclusions) {
      assert.deepEqual(hex(inclusionProof(leaves.slice(0, size), index)), path);
    }
    for (const [from, size, path] of consistencies) {
      assert.deepEqual(hex(consistencyProof(leaves.slice(0, size), from)), path);
    }
  });

  const many = Array.from({ length: 20 }, (_, i) => leafHash(Buffer.from(`${i}`)));
  const flipped = (path: readonly Buffer[], at: number) =>
    path.map((hash, i) => (i === at ? Buffer.from(hash.map((byte, j) => (j === 0 ? byte ^ 1 : byte))) : hash));

  it('proves every leaf of every tree, and nothing else', () => {
    for (let size = 1; size <= many.length; size++) {
      const root = rootAt(size, many);
      for (let index = 0; index < size; index++) {
        const path = inclusionProof(many.slice(0, size), index);
        const leaf = many[index] as Buffer;
        assert.ok(holdsInclusion(leaf, { index, size, path }, root), `${index} of ${size}`);
        assert.ok(!holdsInclusion(many[(index + 1) % 20] as Buffer, { index, size, path }, root));
        assert.ok(!holdsInclusion(leaf, { index: index + 1, size, path }, root));
        assert.ok(!holdsInclusion(leaf, { index, size, path: [...path, leaf] }, root));
        if (path.length > 0) assert.ok(!holdsInclusion(leaf, { index, size, path: path.slice(1) }, root));
        for (const at of path.keys()) assert.ok(!holdsInclusion(leaf, { index, size, path: flipped(path, at) }, root));
      }
    }
  });

  it('proves every growth, and no other', () => {
    for (let size = 1; size <= many.length; size++) {
      const second = { size, root: rootAt(size, many) };
      for (let from = 1; from <= size; from++) {
        const first = { size: from, root: rootAt(from, many) };
        const path = consistencyProof(many.slice(0, size), from);
        assert.ok(holdsConsistency(first, second, path), `${from} to ${size}`);
        const forged = { size: from, root: rootAt(from, many.slice(1)) };
        assert.ok(!holdsConsistency(forged, second, path));
        assert.ok(!holdsConsistency(first, { size, root: forged.root }, path));
        assert.ok(
          !holdsConsistency(
            first,
            second,
            [...path, second.root].map((each) => Buffer.from(each as Buffer)),
          ),
        );
        for (const at of path.keys()) assert.ok(!holdsConsistency(first, second, flipped(path, at)));
      }
    }
  });
});
