import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { canonicalBytes, canonicalJson, parseCanonical, parseUniqueJson } from '../../src/evidence/canonical-json.js';
import { utf8 } from './sample.js';

const vectors = new URL('../../../shared/data/vectors/jcs/', import.meta.url);
const notCanonical = { code: 'RAMPART_JSON_NOT_CANONICAL' };

describe('canonical JSON', () => {
  const there = existsSync(vectors);
  const title = 'gives the bytes of the published RFC 8785 vectors';
  (there ? it : it.skip)(there ? title : `${title} (skipped: they are not on this machine)`, () => {
    const names = readdirSync(new URL('input/', vectors));
    assert.ok(names.length >= 6);
    for (const name of names) {
      const input: unknown = JSON.parse(readFileSync(new URL(`input/${name}`, vectors), 'utf8'));
      const output = readFileSync(new URL(`output/${name}`, vectors));
      assert.equal(Buffer.from(canonicalBytes(input)).toString('hex'), output.toString('hex'), name);
      assert.deepEqual(parseCanonical(output, name), input);
    }
  });

  it('is a fixed point that keeps the value, whatever the order of keys', () => {
    // JSON has no negative zero.
    const plain = fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.parse(JSON.stringify(value)) as unknown);
    const shuffled = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(shuffled);
      if (typeof value !== 'object' || value === null) return value;
      const entries = Object.entries(value).reverse();
      return Object.fromEntries(entries.map(([key, item]) => [key, shuffled(item)]));
    };
    fc.assert(
      fc.property(plain, (value) => {
        const text = canonicalJson(value);
        assert.deepEqual(parseCanonical(utf8(text), 'it'), value);
        assert.equal(canonicalJson(shuffled(value)), text);
      }),
    );
  });

  const cyclic: unknown[] = [];
  cyclic.push(cyclic);
  let deep: unknown = 1;
  for (let i = 0; i < 200; i++) deep = [deep];
  const unfit: Record<string, unknown> = {
    undefined: undefined,
    'an undefined member': { a: undefined },
    'an undefined item': [undefined],
    'a hole': new Array(1),
    NaN: [Number.NaN],
    infinity: { a: Number.POSITIVE_INFINITY },
    'a lone surrogate': { a: 'x\ud800' },
    'a lone surrogate in a key': { 'x\udc00': 1 },
    'a date': new Date(0),
    'a toJSON': { toJSON: () => 1 },
    'a big integer': 1n,
    'a map': new Map(),
    'a cycle': cyclic,
    'deep nesting': deep,
  };
  for (const [name, value] of Object.entries(unfit)) {
    it(`refuses ${name}`, () => assert.throws(() => canonicalJson(value), notCanonical));
  }

  const loose: Record<string, string> = {
    'a duplicate key': '{"a":1,"a":1}',
    'an integer a double rounds': '{"a":9007199254740993}',
    'keys out of order': '{"b":1,"a":1}',
    'a blank': '{"a": 1}',
    'a final line end': '{"a":1}\n',
    'a byte order mark': '\ufeff{"a":1}',
    'a needless escape': '{"a":"\\u0041"}',
    'another spelling of a number': '{"a":1.0}',
    'minus zero': '[-0]',
    'an escaped lone surrogate': '["\\ud800"]',
    'no JSON': '{',
  };
  for (const [name, text] of Object.entries(loose)) {
    it(`does not read ${name}`, () => assert.throws(() => parseCanonical(utf8(text), 'it'), notCanonical));
  }

  it('does not read what is not UTF-8', () => {
    assert.throws(() => parseCanonical(Uint8Array.of(0x22, 0xff, 0x22), 'it'), notCanonical);
    assert.throws(() => parseCanonical(Uint8Array.of(0x22, 0xc0, 0x80, 0x22), 'it'), notCanonical);
  });

  it('does not run out of stack on a million brackets', () => {
    const bomb = utf8('['.repeat(500_000) + ']'.repeat(500_000));
    assert.throws(() => parseCanonical(bomb, 'it'), notCanonical);
    assert.throws(() => parseUniqueJson(bomb, 'it'), notCanonical);
  });

  it('takes a time that grows with the text, whatever quotes are in it', () => {
    const text = JSON.stringify({ line: '"'.repeat(400_000) });
    const start = performance.now();
    assert.equal((parseUniqueJson(utf8(text), 'it') as { line: string }).line.length, 400_000);
    assert.ok(performance.now() - start < 2000);
  });

  it('reads JSON of any layout, but no key twice', () => {
    const text = '{\n "b": [{"a\\"": ":"}, {"a\\"": 1}],\n "a" : "\\"x\\": "}';
    assert.deepEqual(parseUniqueJson(utf8(text), 'it'), { b: [{ 'a"': ':' }, { 'a"': 1 }], a: '"x": ' });
    assert.throws(() => parseUniqueJson(utf8('{"t": 2, "t": 1}'), 'it'), notCanonical);
    assert.throws(() => parseUniqueJson(utf8('{"x": [{"t": 2, "\\u0074": 1}]}'), 'it'), notCanonical);
    assert.throws(() => parseUniqueJson(utf8('{"__proto__": 2, "__proto__": 1}'), 'it'), notCanonical);
  });
});
