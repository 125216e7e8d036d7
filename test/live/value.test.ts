import assert from 'node:assert/strict';
import fc from 'fast-check';
import { toDict, toValue } from '#live/value.js';
import type { Value } from '#model/value.js';

/** Back from a value to JSON. */
function toJson(value: Value): unknown {
  switch (value.kind) {
    case 'scalar':
      return value.value;
    case 'list':
      return value.items.map(toJson);
    case 'dict':
      return Object.fromEntries(value.keys().map((key) => [key, toJson(value.get(key))]));
    case 'unknown':
      return { $unknown: value.settledBy };
    default:
      return undefined;
  }
}

const plain = (json: unknown): unknown => JSON.parse(JSON.stringify(json));

describe('an answer as a value', () => {
  it('is the same JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => assert.deepEqual(plain(toJson(toValue(plain(json)))), plain(json))),
    );
  });

  it('knows unknown, null and absent apart', () => {
    const dict = toDict({ a: { $unknown: 'permission p' }, b: null, c: undefined });
    assert.deepEqual(dict.get('a'), { kind: 'unknown', settledBy: 'permission p', at: 0 });
    assert.deepEqual(dict.get('b'), { kind: 'scalar', value: null, at: 0 });
    assert.deepEqual(dict.get('c'), { kind: 'absent', at: 0 });
    assert.deepEqual(dict.get('d'), { kind: 'absent', at: 0 });
    assert.deepEqual(dict.keys(), ['a', 'b']);
  });

  it('finds nothing that every object inherits', () => {
    for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
      assert.equal(toDict({}).get(name).kind, 'absent', name);
    }
  });

  it('refuses what is not JSON', () => {
    assert.throws(() => toValue(() => 1), /not JSON/);
    assert.throws(() => toValue(1n), /not JSON/);
  });
});
