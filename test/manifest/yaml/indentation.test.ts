import { deepEqual, equal, ok, throws } from 'node:assert/strict';
import fc from 'fast-check';
import { type Raw, readTrees } from '#manifest/yaml/tree.js';
import { Lines } from '#model/position.js';

const read = (text: string): Raw[] => readTrees(new Lines('t.yaml', text), () => undefined);

/** The values of a tree, without their places. */
function plain(raw: Raw): unknown {
  if (raw.kind === 'scalar') return raw.value;
  if (raw.kind === 'seq') return raw.items.map(plain);
  return Object.fromEntries([...raw.entries].map(([key, { value }]) => [key, plain(value)]));
}
const values = (text: string): unknown => read(text).map(plain);

const entry = (raw: Raw | undefined, key: string): { at: number; value: Raw } => {
  ok(raw?.kind === 'map');
  const found = raw.entries.get(key);
  ok(found);
  return found;
};

describe('lines further left than their block', () => {
  it('are read where a bracket closes below its key', () => {
    const text = 'a:\n  - b:\n    Action: [\n        x,\n    y\n    ]\n    c: 1\n';
    deepEqual(values(text), [{ a: [{ b: null, Action: ['x', 'y'], c: 1 }] }]);
  });

  it('are read in quotes of both kinds, as one text', () => {
    deepEqual(values('a:\n  b: "one\n  two\n\nthree"\n  c: \'{\n"x": 1}\'\nd: 1\n'), [
      { a: { b: 'one two\nthree', c: '{ "x": 1}' }, d: 1 },
    ]);
  });

  it('are read in nested collections with comments, plain texts of several lines and compact lists', () => {
    deepEqual(values('- - a: {b: one\n  two, # three\nc: [\n]}\n    d: 1\n'), [
      [[{ a: { b: 'one two', c: [] }, d: 1 }]],
    ]);
  });

  it('leave every value where it is written', () => {
    const text = 'a:\n  b: [\nx,\n\ny]\n  c: "p\nq"\nd: {e: 1}\n';
    const [tree] = read(text);
    const b = entry(entry(tree, 'a').value, 'b');
    equal(text.slice(b.at, b.at + 2), 'b:');
    ok(b.value.kind === 'seq');
    deepEqual(
      b.value.items.map(({ at }) => text[at]),
      ['x', 'y'],
    );
    equal(text[entry(entry(tree, 'a').value, 'c').at], 'c');
    equal(text[entry(entry(tree, 'd').value, 'e').at], 'e');
  });

  it('have their faults told where they are written', () => {
    const place = (text: string): unknown => {
      try {
        read(text);
      } catch (error) {
        const { code, position } = error as { code: string; position: { line: number; column: number } };
        return `${code} ${position.line}:${position.column}`;
      }
      return undefined;
    };
    equal(place('a:\n  b: [\n  x,\n  y]\n  c: @\n'), 'RAMPART_YAML_SYNTAX 5:6');
    equal(place('a:\n  b: [\n  x,\n  y]\n  b: 1\n'), 'RAMPART_YAML_DUPLICATE_KEY 5:3');
    equal(place('a:\n  b: [\n  x,\n  *y]\n'), 'RAMPART_YAML_ALIAS 4:4');
    equal(place('a:\n  b: [\n  x,\n  !Y y]\n'), 'RAMPART_YAML_TAG 4:3');
    equal(place('a:\n  b: [\n  x'), 'RAMPART_YAML_SYNTAX 3:4');
  });

  for (const [what, text] of Object.entries({
    'a document that ends in quotes': 'a:\n  b: "one\n---\ntwo"\n',
    'a document that ends in brackets': 'a:\n  b: [one,\n...\n]\n',
    'a tab in front of it': 'a:\n  b: [one,\n\ttwo]\n',
  })) {
    it(`are refused for ${what}`, () => {
      throws(() => read(text), { code: 'RAMPART_YAML_SYNTAX' });
    });
  }

  it('are refused, soon, where a text has thousands of them', () => {
    const text = `a:\n  b: "${'one\n'.repeat(100_000)}"\n`;
    const begin = process.cpuUsage();
    throws(() => read(text), { code: 'RAMPART_YAML_SYNTAX' });
    const { user } = process.cpuUsage(begin);
    ok(user < 5_000_000, `${user} µs`);
  });

  it('mean what they mean further right', () => {
    const word = fc.constantFrom('a', 'b c', '1', 'x y z', '"q r"', "'s  t'", '# u', '');
    const pad = fc.integer({ min: 0, max: 9 }).map((count) => ' '.repeat(count));
    const lines = fc.array(fc.tuple(pad, word), { minLength: 1, maxLength: 5 });
    const text = (style: string, parts: readonly (readonly [string, string])[], right: string): string => {
      const inner = parts.map(([left, each]) => right + left + each);
      if (style === 'list')
        return `[\n${inner.map((each) => (/\S/.test(each.replace(/#.*/, '')) ? `${each.replace(/#.*/, '')},` : each)).join('\n')}\n${right}]`;
      const quote = style === 'single' ? "'" : '"';
      return `${quote}x\n${inner.join('\n').replaceAll(quote, '')}\n${right}${quote}`;
    };
    fc.assert(
      fc.property(fc.constantFrom('list', 'single', 'double'), lines, (style, parts) => {
        const within = (right: string): string =>
          `k:\n  - l:\n      m: ${text(style, parts, right)}\n      n: 2\no: 3\n`;
        deepEqual(values(within('')), values(within(' '.repeat(20))));
      }),
      { numRuns: 300 },
    );
  });
});
