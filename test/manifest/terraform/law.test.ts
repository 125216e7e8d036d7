import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Condition } from '#model/requirement.js';
import { judged, plan } from './plan.js';

const scalar = fc.constantFrom('', '*', 'x', 'Enabled', 'alias/aws/s3', 'alias/own', true, false, 0, 7, 'true');
const names = ['a', 'b', 'bucket', 'list', 'block'] as const;
const body = fc.record(
  {
    a: scalar,
    b: scalar,
    bucket: fc.constantFrom('one', 'two'),
    list: fc.array(scalar, { maxLength: 3 }),
    block: fc.array(fc.record({ a: scalar, b: scalar }, { requiredKeys: [] }), { maxLength: 2 }),
  },
  { requiredKeys: ['bucket'] },
);
const predicate = fc.constantFrom<object>(
  { equals: 'Enabled' },
  { equals: true },
  { not: { equals: 'x' } },
  { 'at-least': 5 },
  { present: true },
  { absent: true },
  { 'absent-or': { equals: 'x' } },
  { matches: '^[a-z]+$' },
  { 'starts-with': 'alias/' },
  { 'ends-with': '/key' },
  { shaped: '^[a-z]+$' },
  { 'customer-key': true },
  { 'arn-in-boundary': true },
  { any: [{ absent: true }, { 'at-most': 0 }] },
);
const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.tuple(fc.constantFrom('a', 'b', 'block[*].a', 'list[*]'), predicate).map(([path, holds]) => ({ [path]: holds })),
  predicate.map((holds) => ({ list: { 'absent-or': { every: holds } } })),
  predicate.map((holds) => ({ list: { some: holds } })),
  predicate.map((holds) => ({ list: { none: holds } })),
  predicate.map((holds) => ({ block: { none: { a: holds } } })),
  fc.constantFrom<Condition>({ list: { 'max-items': 1 } }, { list: { 'min-items': 2 } }, { block: { absent: true } }),
  predicate.map((holds) => ({ related: { type: 'aws_y', by: 'bucket', as: 'bucket', must: { a: holds } } })),
  predicate.map((holds) => ({
    related: { type: 'aws_y', by: 'bucket', as: 'bucket', other: 'a', must: { b: holds } },
  })),
  predicate.map((holds) => ({ 'no-related': { type: 'aws_y', by: 'bucket', as: 'bucket', must: { a: holds } } })),
  predicate.map((holds) => ({ 'none-of': [{ a: holds }, { 'block[*].b': { equals: 'x' } }] })),
);

type Body = Partial<Record<(typeof names)[number], unknown>>;

/** Every place of a value that may be hidden: an attribute, an item, an attribute of a block. */
function places(after: Body): (string | number)[][] {
  return Object.entries(after).flatMap(([key, value]) => {
    if (!Array.isArray(value)) return [[key]];
    const items = value.flatMap((item, index) =>
      typeof item === 'object' ? Object.keys(item).map((inner) => [key, index, inner]) : [[key, index]],
    );
    return [[key], ...items];
  });
}

/** The same change with one value known after apply only, as Terraform writes it. */
function hidden(after: Body, [key, index, inner]: (string | number)[]): { after: Body; unknown: object } {
  const copy = structuredClone(after) as Record<string, unknown>;
  if (index === undefined) {
    delete copy[key as string];
    return { after: copy, unknown: { [key as string]: true } };
  }
  const list = copy[key as string] as unknown[];
  const unknown: unknown[] = list.map((item) => (typeof item === 'object' ? {} : false));
  if (inner === undefined) {
    list[index as number] = null;
    unknown[index as number] = true;
  } else {
    delete (list[index as number] as Record<string, unknown>)[inner];
    unknown[index as number] = { [inner]: true };
  }
  return { after: copy, unknown: { [key as string]: unknown } };
}

describe('a value known after apply only', () => {
  it('never turns a fail into a pass', function () {
    this.timeout(60_000);
    let failures = 0;
    fc.assert(
      fc.property(
        body,
        fc.array(body, { maxLength: 3 }),
        condition,
        fc.nat(),
        fc.nat(),
        (own, others, must, who, where) => {
          const bodies: Body[] = [own, ...others];
          const picked = who % bodies.length;
          const all = places(bodies[picked] as Body);
          const change = (after: Body, index: number, hide: boolean) => ({
            address: `aws_${index === 0 ? 'x' : 'y'}.r${index}`,
            ...(hide && index === picked ? hidden(after, all[where % all.length] as string[]) : { after }),
          });
          const verdict = (hide: boolean) =>
            judged(plan(bodies.map((after, index) => change(after, index, hide))), 'aws_x', must)[0]?.verdict;
          const before = verdict(false);
          const after = verdict(true);
          assert.notEqual(before, 'error');
          assert.notEqual(after, 'error');
          if (before !== 'fail') {
            // What passes without the value passes whatever it is.
            return;
          }
          failures += 1;
          assert.notEqual(after, 'pass');
        },
      ),
      { numRuns: 4000 },
    );
    assert.ok(failures > 800, `${failures} plans failed`);
  });
});
