import { createHash } from 'node:crypto';

/** RFC 9162, section 2.1: leaves and nodes are hashed with different first bytes, so that neither passes for the other. */
export const leafHash = (data: Uint8Array): Buffer =>
  createHash('sha256').update(Uint8Array.of(0)).update(data).digest();

const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer =>
  createHash('sha256').update(Uint8Array.of(1)).update(left).update(right).digest();

/** The largest power of two below `size`, which must be 2 or more. */
const split = (size: number): number => 2 ** Math.floor(Math.log2(size - 1));

/** A tree that grows: the roots of its whole subtrees, the largest first. */
export class GrowingTree {
  size = 0;
  readonly #peaks: { size: number; hash: Buffer }[] = [];

  push(leaf: Buffer): void {
    let peak = { size: 1, hash: leaf };
    for (let last = this.#peaks.at(-1); last?.size === peak.size; last = this.#peaks.at(-1)) {
      this.#peaks.pop();
      peak = { size: peak.size * 2, hash: nodeHash(last.hash, peak.hash) };
    }
    this.#peaks.push(peak);
    this.size += 1;
  }

  /** Lower-case hex. */
  root(): string {
    const [last, ...others] = [...this.#peaks].reverse();
    if (last === undefined) return createHash('sha256').digest('hex');
    return others.reduce((right, { hash }) => nodeHash(hash, right), last.hash).toString('hex');
  }
}

const rootOf = (leaves: readonly Buffer[]): Buffer => {
  const tree = new GrowingTree();
  for (const leaf of leaves) tree.push(leaf);
  return Buffer.from(tree.root(), 'hex');
};

/** Section 2.1.3.1: the siblings on the way from leaf `index` to the root. */
export const inclusionProof = (leaves: readonly Buffer[], index: number): Buffer[] => {
  if (leaves.length < 2) return [];
  const k = split(leaves.length);
  const [left, right] = [leaves.slice(0, k), leaves.slice(k)];
  return index < k
    ? [...inclusionProof(left, index), rootOf(right)]
    : [...inclusionProof(right, index - k), rootOf(left)];
};

/** Section 2.1.4.1: that the first `size` leaves are those of the smaller tree. */
export const consistencyProof = (leaves: readonly Buffer[], size: number): Buffer[] => subproof(leaves, size, true);

const subproof = (leaves: readonly Buffer[], size: number, isWhole: boolean): Buffer[] => {
  if (size === leaves.length) return isWhole ? [] : [rootOf(leaves)];
  const k = split(leaves.length);
  const [left, right] = [leaves.slice(0, k), leaves.slice(k)];
  return size <= k
    ? [...subproof(left, size, isWhole), rootOf(right)]
    : [...subproof(right, size - k, false), rootOf(left)];
};

const half = (number: number): number => Math.floor(number / 2);

/** Section 2.1.3.2. `root` in lower-case hex. */
export const holdsInclusion = (
  leaf: Buffer,
  { index, size, path }: { index: number; size: number; path: readonly Buffer[] },
  root: string,
): boolean => {
  if (index < 0 || index >= size) return false;
  let [fn, sn, hash] = [index, size - 1, leaf];
  for (const sibling of path) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      hash = nodeHash(sibling, hash);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else hash = nodeHash(hash, sibling);
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 && hash.toString('hex') === root;
};

/** Section 2.1.4.2. Roots in lower-case hex. */
export const holdsConsistency = (
  first: { size: number; root: string },
  second: { size: number; root: string },
  path: readonly Buffer[],
): boolean => {
  if (first.size > second.size || first.size < 1) return false;
  if (first.size === second.size) return path.length === 0 && first.root === second.root;
  const isPower = Number.isInteger(Math.log2(first.size));
  const [start, ...rest] = isPower ? [Buffer.from(first.root, 'hex'), ...path] : path;
  if (start === undefined) return false;
  let [fn, sn] = [first.size - 1, second.size - 1];
  while (fn % 2 === 1) [fn, sn] = [half(fn), half(sn)];
  let [old, now] = [start, start];
  for (const node of rest) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      old = nodeHash(node, old);
      now = nodeHash(node, now);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else now = nodeHash(now, node);
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 && old.toString('hex') === first.root && now.toString('hex') === second.root;
};
