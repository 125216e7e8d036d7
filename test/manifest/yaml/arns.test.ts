import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Raw, readTrees } from '#manifest/yaml/tree.js';
import { RampartError } from '#model/error.js';
import { Lines } from '#model/position.js';

const begins = (raw: Raw): number => {
  if (raw.kind === 'scalar') return typeof raw.value === 'string' && raw.value.startsWith('arn:') ? 1 : 0;
  const below = raw.kind === 'seq' ? raw.items : [...raw.entries.values()].map(({ value }) => value);
  return below.reduce((sum, each) => sum + begins(each), 0);
};

/** Holds every mapping of a tree to what is counted of it. */
function hold(raw: Raw, isExact: boolean): void {
  if (raw.kind === 'scalar') return;
  const below = raw.kind === 'seq' ? raw.items : [...raw.entries.values()].map(({ value }) => value);
  for (const each of below) hold(each, isExact);
  if (raw.kind !== 'map') return;
  if (isExact) assert.equal(raw.arns, begins(raw));
  else assert.ok((raw.arns ?? 0) >= begins(raw));
}

const scalar = fc.constantFrom(
  'arn:aws:s3:::b',
  '"arn:x"',
  "'arn:'",
  '"\\x61rn:y"',
  '!!str arn:z',
  'a',
  '5',
  '" arn:"',
  '*one',
  '*two',
  '',
);
const anchor = fc.constantFrom('', '&one ', '&two ');
const flow = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small' },
    scalar,
    fc.tuple(anchor, fc.array(tie('node'), { maxLength: 3 })).map(([name, items]) => `${name}[${items.join(', ')}]`),
    fc
      .tuple(anchor, fc.array(fc.tuple(fc.constantFrom('a', 'arn:', 'b', '<<'), tie('node')), { maxLength: 3 }))
      .map(([name, entries]) => `${name}{${entries.map(([key, value]) => `"${key}": ${value}`).join(', ')}}`),
  ),
})).node;

const read = (text: string): Raw[] | undefined => {
  try {
    return readTrees(new Lines('t.yaml', text), () => undefined);
  } catch (error) {
    if (error instanceof RampartError) return undefined;
    throw error;
  }
};

describe('strings that begin with arn:', () => {
  it('are counted below every mapping, those of aliases too', () => {
    let count = 0;
    fc.assert(
      fc.property(fc.array(flow, { minLength: 1, maxLength: 4 }), (nodes) => {
        const trees = read(nodes.map((node, at) => `k${at}: ${node}\n`).join(''));
        for (const tree of trees ?? []) {
          hold(tree, true);
          count += begins(tree);
        }
      }),
      { numRuns: 1000 },
    );
    assert.ok(count > 100, `only ${count} were read`);
  });

  it('are not missed where a mapping is merged from others', () => {
    const [tree] = read('a: &x {r: arn:1}\nb: {<<: *x}\nc: {<<: [*x], r: 5}\nd: {<<: *x, e: [*x]}\n') ?? [];
    assert.ok(tree);
    hold(tree, false);
    assert.equal(tree.kind === 'map' && tree.arns, 5);
  });
});
