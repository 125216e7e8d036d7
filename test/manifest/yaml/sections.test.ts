import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Raw, readTrees } from '#manifest/yaml/tree.js';
import { RampartError } from '#model/error.js';
import { Lines } from '#model/position.js';

const read = (text: string): Raw[] => readTrees(new Lines('t.yaml', text), () => undefined);

/** A value as it is when all before it is `by` characters longer. */
function moved(raw: Raw, by: number): Raw {
  const at = raw.at < 0 ? raw.at : raw.at + by;
  if (raw.kind === 'scalar') return { ...raw, at };
  if (raw.kind === 'seq') return { ...raw, at, items: raw.items.map((item) => moved(item, by)) };
  const entries = [...raw.entries].map(
    ([key, entry]) => [key, { at: entry.at + by, value: moved(entry.value, by) }] as const,
  );
  return { ...raw, at, entries: new Map(entries) };
}

const placeOf = (text: string): string => {
  try {
    read(text);
  } catch (error) {
    if (error instanceof RampartError) return `${error.code} ${error.position?.line}:${error.position?.column}`;
    throw error;
  }
  return 'read';
};

/** Longer than what is read at once. */
const filler = `filler:\n${'  - item with some words\n'.repeat(2000)}`;

const documents = [
  'a: 1\n',
  'a: &x [1, {b: c}]\nd: *x\n',
  'text: |\n  one\n  --- two\n\n  three\n',
  'quoted: "one\n  two"\n',
  'closing:\n  list: [1,\n  2\n  ]\n',
  'left:\n  text: "one\n two"\n',
  '# only a comment\nkey: value # and another\n',
  '- 1\n-\n- {}\n',
  'unicode: "\u00e9 \u{1f600}"\n',
  filler,
];
const separators = ['---\n', '--- # next\n', '---\t\n', '---\r\n', '...\n---\n'];

describe('a stream of documents', () => {
  it('is read as its documents are by themselves, wherever they stand', () => {
    const document = fc.constantFrom(...documents);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(document, fc.constantFrom(...separators)), { maxLength: 12 }),
        document,
        (list, last) => {
          let text = '';
          const expected: Raw[] = [];
          const add = (one: string): void => {
            for (const tree of read(one)) expected.push(moved(tree, text.length));
            text += one;
          };
          for (const [one, separator] of list) {
            add(one);
            text += separator;
          }
          add(last);
          assert.deepEqual(read(text), expected);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('has its errors where they stand', () => {
    const before = `${filler}---\n${filler}---\n`;
    const lines = before.split('\n').length - 1;
    for (const [wrong, found] of [
      ['a: [1\n', 'RAMPART_YAML_SYNTAX'],
      ['a: 1\na: 2\n', 'RAMPART_YAML_DUPLICATE_KEY'],
      ['a: *b\n', 'RAMPART_YAML_ALIAS'],
      ['a: !Nobody b\n', 'RAMPART_YAML_TAG'],
    ] as const) {
      const [code, place = ''] = placeOf(wrong).split(' ');
      assert.equal(code, found);
      const [line, column] = place.split(':').map(Number);
      assert.equal(placeOf(before + wrong), `${code} ${lines + (line as number)}:${column}`);
    }
  });

  it('keeps directives with the document behind them', () => {
    const text = `${filler}...\n%TAG !e! tag:example.com,2000:\n---\na: 1\n`;
    assert.equal(read(text).length, 2);
  });

  it('has one budget for aliases, however many sections it has', () => {
    const bomb = `${filler.replace('filler:', 'filler: &all')}b: [${Array.from({ length: 30 }, () => '*all').join()}]\n---\n`;
    assert.equal(placeOf(bomb), 'read');
    assert.match(placeOf(bomb.repeat(3)), /^RAMPART_YAML_BOMB /);
  });

  it('does not end a document inside a text that is indented', () => {
    const [first, second] = read(`text: |\n${'  ---\n'.repeat(20_000)}---\na: 1\n`);
    assert.equal(first?.kind === 'map' && first.entries.size, 1);
    assert.equal(second?.kind === 'map' && second.entries.has('a'), true);
  });
});
