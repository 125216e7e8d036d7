import assert from 'node:assert/strict';
import fc from 'fast-check';
import { exampleTrees } from './examples.js';
import { at, type Json, pick, places, poolOf, put, remove } from './tree.js';
import { findingsOn } from './verdicts.js';

const streams = exampleTrees('kubernetes');
const pool = poolOf(streams.flat());

export const stream = fc.record({
  seeds: fc.array(fc.nat(streams.length - 1), { minLength: 1, maxLength: 3 }),
  edits: fc.array(
    fc.tuple(fc.constantFrom('replace', 'delete', 'repeat', 'graft', 'list', 'deepen'), fc.nat(5000), fc.nat(5000)),
    { maxLength: 6 },
  ),
});

type Case = typeof stream extends fc.Arbitrary<infer T> ? T : never;

/** Judges objects in one order and in the other: what they say of each other must not depend on it. */
export function judgeStream({ seeds, edits }: Case): void {
  let all = seeds.flatMap((seed) => structuredClone(streams[seed] as Json[]));
  for (const [kind, where, what] of edits) {
    if (kind === 'list') all = [{ apiVersion: 'v1', kind: 'List', items: all }];
    else edit(kind, pick(all, where) as Json, where, what);
  }
  const texts = all.map((document) => JSON.stringify(document));
  const verdicts = (order: readonly string[]): string[] | undefined =>
    findingsOn('s.yaml', order.join('\n---\n'))
      ?.findings.map(({ requirement, resource, verdict }) => `${requirement} ${resource} ${verdict}`)
      .sort();
  const one = verdicts(texts);
  const isTwice = new Set(texts).size < texts.length || hasTwin(all);
  const other = verdicts([...texts].reverse());
  if (!isTwice) assert.deepEqual(one, other, texts.join('\n---\n'));
}

function edit(kind: string, document: Json, where: number, what: number): void {
  const path = pick(places(document), what);
  if (!path) return;
  const value = at(document, path) as Json;
  const other = pick(pool, where + what) as Json;
  if (kind === 'replace') put(document, path, other);
  if (kind === 'delete') remove(document, path);
  if (kind === 'repeat') put(document, path, Array.isArray(value) ? [...value, ...value] : [value]);
  if (kind === 'deepen') put(document, path, { spec: value, template: value, containers: [value] });
  if (kind === 'graft')
    put(document, path, structuredClone(at(pick(streams.flat(), where) as Json, [String(path[0])]) ?? other));
}

/** Objects of one name stand for each other: which of them is meant depends on the order. */
function hasTwin(all: readonly Json[]): boolean {
  const objects = all.flatMap((each) => {
    const items = at(each, ['items']);
    return Array.isArray(items) ? items : [each];
  });
  const names = objects.map((each) => {
    const name = at(each, ['metadata', 'name']);
    // What is no text is no name: such objects are all called the same.
    return JSON.stringify([at(each, ['kind']), typeof name === 'string' ? name : null]);
  });
  return new Set(names).size < names.length;
}
