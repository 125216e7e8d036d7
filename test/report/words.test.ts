import assert from 'node:assert/strict';
import type { Expectation } from '#model/requirement.js';
import { predicates } from '../../src/check/predicates/index.js';
import { type Line, plain } from '../../src/report/explain/page.js';
import { conditionWords, expectationWords, worded } from '../../src/report/explain/words.js';
import { base } from '../controls/base.js';

/** Lines as a person sees them, further in by two spaces each. */
const told = (lines: readonly Line[], indent = ''): string[] =>
  lines.flatMap(({ text, parts = [] }) => [indent + plain(text), ...told(parts, `${indent}  `)]);
const of = (predicate: unknown): string => told(conditionWords({ P: predicate })).join('\n');

describe('expectations in words', () => {
  it('there are words for every predicate, and for nothing else', () =>
    assert.deepEqual([...worded].sort(), [...predicates.keys()].sort()));

  it('says what each predicate says', () => {
    for (const [predicate, words] of [
      [{ equals: true }, 'P is true'],
      [{ equals: '' }, 'P is the empty text'],
      [{ in: ['a', 'b'] }, 'P is one of a, b'],
      [{ in: { boundary: 'regions' } }, 'P is one of the boundary’s regions'],
      [{ 'at-least': { setting: 'logging.retention-days' } }, 'P is at least the setting logging.retention-days'],
      [{ 'at-least': 1, 'at-most': 3 }, 'P is at least 1 and is at most 3'],
      [{ 'absent-or': { equals: 'x' } }, 'P is not there, or is x'],
      [{ 'unset-or': { equals: 'x' } }, 'P is not set, or is x'],
      [{ not: { equals: 'x' } }, 'P is not x'],
      [{ not: { 'at-least': 2 } }, 'P is not at least 2'],
      [{ not: { 'min-items': 2 } }, 'P does not meet this: it has at least 2 items'],
      [{ any: [{ equals: 1 }, { absent: true }] }, 'P is 1, or is not there'],
      [{ some: { equals: 'x' } }, 'P has at least one item that is x'],
      [{ every: { in: ['x', 'y'] } }, 'P has only items of which each is one of x, y'],
      [{ none: { Key: { equals: 'x' } } }, 'P has no item for which Key is x'],
      [{ 'min-items': 1 }, 'P has at least 1 item'],
      [{ contains: ['x', 'y'] }, 'P contains x and y'],
      [{ 'refers-to': { type: ['T', 'U'] } }, 'P refers to a resource of type T or U'],
      [{ json: { A: { equals: 1 } } }, 'P is a JSON text in which A is 1'],
    ] as const) {
      assert.equal(of(predicate), words);
    }
  });

  it('puts what does not fit a line under it', () => {
    assert.equal(
      of({
        policy: {
          any: [
            { none: { Effect: { equals: 'Allow' }, NotPrincipal: { present: true } } },
            { some: { Action: { equals: 'x' } } },
          ],
        },
      }),
      [
        'P is an IAM policy with one of these:',
        '  no statement for which all of this holds:',
        '    Effect is Allow',
        '    NotPrincipal is there and not empty',
        '  at least one statement for which Action is x',
      ].join('\n'),
    );
  });

  it('a relation, alternatives, and what is asked only of some', () => {
    const expectation: Expectation = {
      each: ['A', 'B'],
      where: { Type: { 'absent-or': { equals: 't' } } },
      must: {
        'any-of': [{ X: { equals: 1 }, Y: { absent: true } }, { strings: { not: { matches: '^s' } } }],
        related: { type: 'C', by: 'Of', as: 'Name', must: { Z: { equals: 2 } } },
        'no-related': [
          { type: 'D', by: 'Of', other: true },
          { type: 'D', by: 'Of', other: 'To' },
        ],
      },
    };
    assert.deepEqual(told([expectationWords(expectation)]), [
      'In each A or B, if Type is not there, or is t:',
      '  at least one of these holds:',
      '    X is 1, and Y is not there',
      '    every text spelt out anywhere in it does not match the pattern ^s',
      '  there is at least one C that refers to it by Of (or names its Name) and for which Z is 2',
      '  there is no D that refers to it by Of, other than itself',
      '  there is no D that refers to it by Of and not by To',
    ]);
    assert.deepEqual(told([expectationWords({ exists: 'A', kinds: ['bedrock'], must: { X: { equals: 1 } } })]), [
      'At least one A is there (for bedrock endpoints) for which X is 1',
    ]);
  });

  it('does not lose a leaf of any shipped expectation', () => {
    for (const { id, expect } of base.requirements) {
      for (const expectation of Object.values(expect).flat()) {
        const words = told([expectationWords(expectation)]).join('\n');
        for (const leaf of leaves(expectation)) assert.ok(words.includes(leaf), `${id}: ${leaf} is not in\n${words}`);
        assert.doesNotMatch(words, /undefined|\[object/, id);
      }
    }
  });
});

/** Every scalar and every path of an expectation. */
function leaves(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(leaves);
  if (typeof value !== 'object' || value === null)
    return value === true || value === '' || value === '*' ? [] : [String(value)];
  return Object.entries(value).flatMap(([key, inner]) => [
    ...(worded.includes(key) || grammar.has(key) || isOwnWords(key) ? [] : [key]),
    ...(key === 'boundary' || isOwnWords(key) ? [] : leaves(inner)),
  ]);
}

const isOwnWords = (key: string): boolean => key === 'says' || key === 'wants';

const grammar = new Set(
  'each exists probe where must actions kinds any-of all-of none-of related no-related strings type by as other setting boundary locations planned resource-type'.split(
    ' ',
  ),
);
