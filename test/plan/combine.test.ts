import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Combine, SettingDemand, SettingValue } from '#model/setting.js';
import { type Combined, combine, type Demand } from '../../src/plan/combine.js';

const demand = (requirement: string, value: SettingValue, parts: Partial<SettingDemand>): Demand => ({
  requirement,
  controls: ['au-11'],
  value,
  demand: { type: 'integer', combine: 'max', default: value, description: 'x', ...parts },
});

const all = (demands: readonly Demand[]): Combined => {
  const [first, ...rest] = demands;
  assert.ok(first);
  return combine([first, ...rest]);
};

const types: Readonly<Record<Combine, SettingDemand['type']>> = {
  max: 'integer',
  min: 'integer',
  all: 'boolean',
  union: 'list',
  intersection: 'list',
  equal: 'string',
  choice: 'string',
};

const items = ['a', 'b', 'c', 'd'];
const values: Readonly<Record<SettingDemand['type'], fc.Arbitrary<SettingValue>>> = {
  integer: fc.integer({ min: 0, max: 20 }),
  boolean: fc.boolean(),
  list: fc.subarray(items),
  string: fc.constantFrom(...items),
};

const demands = fc.constantFrom(...(Object.keys(types) as Combine[])).chain((how) =>
  fc.array(
    fc
      .record({
        requirement: fc.constantFrom('r1', 'r2', 'r3', 'r4', 'r5'),
        value: values[types[how]],
        range: fc.option(fc.tuple(fc.integer({ min: 0, max: 10 }), fc.integer({ min: 5, max: 20 })), {
          nil: undefined,
        }),
        allowed: fc.option(fc.constantFrom<(string | number)[]>([...items, 1, 5, 9, 12], ['a', 4]), { nil: undefined }),
      })
      .map(({ requirement, value, range, allowed }) =>
        demand(requirement, value, {
          type: types[how],
          combine: how,
          ...(range ? { range } : {}),
          ...(allowed ? { allowed } : {}),
        }),
      ),
    { minLength: 1, maxLength: 6 },
  ),
);

const subset = (inner: SettingValue, outer: SettingValue): boolean =>
  (inner as readonly string[]).every((item) => (outer as readonly string[]).includes(item));

const tightEnough: Readonly<Record<Combine, (result: SettingValue, asked: SettingValue) => boolean>> = {
  max: (result, asked) => result >= asked,
  min: (result, asked) => result <= asked,
  all: (result, asked) => result === true || asked === false,
  union: (result, asked) => subset(asked, result),
  intersection: (result, asked) => subset(result, asked),
  equal: (result, asked) => result === asked,
  choice: (result, asked) => result === asked,
};

describe('combining demands on a setting', () => {
  it('does not depend on their order, neither the value nor the words of a clash', () => {
    const shuffled = demands.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length })),
    );
    fc.assert(
      fc.property(shuffled, ([list, other]) => {
        assert.deepEqual(all(other), all(list));
      }),
      { numRuns: 1000 },
    );
  });

  it('does not change when a demand is made twice', () => {
    fc.assert(
      fc.property(demands, (list) => {
        const once = all(list);
        const twice = all([...list, ...list]);
        assert.deepEqual('value' in twice, 'value' in once);
        if ('value' in once) assert.deepEqual(twice, once);
      }),
    );
  });

  it('gives a value at least as tight as every demand, and within every range', () => {
    fc.assert(
      fc.property(demands, (list) => {
        const combined = all(list);
        if (!('value' in combined)) return assert.notEqual(combined.clash.requirements.length, 0);
        const result = combined.value;
        for (const { value, demand } of list) {
          assert.ok(tightEnough[demand.combine](result, value), `${demand.combine}: ${result} against ${value}`);
          const [low, high] = demand.range ?? [-Infinity, Infinity];
          if (typeof result === 'number') assert.ok(result >= low && result <= high);
        }
      }),
    );
  });

  const clashes: [name: string, list: Demand[], requirements: string[], reason: RegExp][] = [
    [
      'different values that must be equal',
      [demand('b', 'x', { type: 'string', combine: 'equal' }), demand('a', 'y', { type: 'string', combine: 'equal' })],
      ['a', 'b'],
      /^y and x cannot both be met$/,
    ],
    [
      'lists with nothing in common',
      [
        demand('a', ['p'], { type: 'list', combine: 'intersection' }),
        demand('b', ['p', 'q'], { type: 'list', combine: 'intersection' }),
        demand('c', ['q'], { type: 'list', combine: 'intersection' }),
      ],
      ['a', 'c'],
      /nothing in common/,
    ],
    [
      'three lists that only pairwise overlap',
      [
        demand('a', ['p', 'q'], { type: 'list', combine: 'intersection' }),
        demand('b', ['q', 'r'], { type: 'list', combine: 'intersection' }),
        demand('c', ['p', 'r'], { type: 'list', combine: 'intersection' }),
      ],
      ['a', 'b', 'c'],
      /nothing in common/,
    ],
    [
      'a value outside another range',
      [demand('b', 500, {}), demand('a', 100, { range: [1, 365] })],
      ['a', 'b'],
      /^500 is outside 1 to 365$/,
    ],
    [
      'a value another does not allow',
      [demand('a', 100, {}), demand('b', 90, { allowed: [90, 365] })],
      ['a', 'b'],
      /^100 is not among 90, 365$/,
    ],
    [
      'two ways to combine',
      [demand('a', 1, { combine: 'max' }), demand('b', 1, { combine: 'min' })],
      ['a', 'b'],
      /disagree/,
    ],
    ['a value of the wrong type', [demand('a', 'many', {})], ['a'], /^many is not of type integer$/],
  ];
  for (const [name, list, requirements, reason] of clashes) {
    it(`names both requirements: ${name}`, () => {
      const combined = all(list);
      assert.ok('clash' in combined);
      assert.deepEqual(combined.clash.requirements, requirements);
      assert.match(combined.clash.reason, reason);
    });
  }
});
