import { equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import type { Context } from '#check/context.js';
import { engine } from '#check/engine.js';
import type { Value } from '#model/value.js';
import type { Formula } from '#render/formula/formula.js';
import { wideRange } from '#render/formula/wide-range.js';

const known = (value: string): Value => ({ kind: 'scalar', value, at: 0 });
const open = { kind: 'unknown', settledBy: 'x', at: 0 } as const;
const text = (...parts: Extract<Value, { kind: 'text' }>['parts']): Value => ({ kind: 'text', parts, at: 0 });
const verdict = (value: Value): string => engine.predicate(value, { 'wide-range': true }, {} as Context).verdict;

/** What other engines are told to ask of a text. */
function asked(formula: Formula, of: string): boolean {
  if (formula.kind === 'all') return formula.parts.every((part) => asked(part, of));
  if (formula.kind === 'not') return !asked(formula.of, of);
  ok(formula.kind === 'test' && formula.name === 'matches');
  return new RegExp(String(formula.argument), 'u').test(of);
}

const four = fc
  .tuple(fc.nat(2 ** 32 - 1), fc.nat(32))
  .map(([bits, prefix]) => ({ bits: BigInt(bits), prefix, size: 32n, border: 16 }));
const six = fc
  .tuple(fc.bigInt(0n, 2n ** 128n - 1n), fc.nat(128))
  .map(([bits, prefix]) => ({ bits, prefix, size: 128n, border: 32 }));

/** Addresses beside private ones, so that borders are met. */
const near = fc
  .tuple(fc.constantFrom(10, 100, 127, 169, 172, 192, 198), fc.nat(255), fc.nat(32))
  .map(([first, second, prefix]) => ({
    bits: BigInt(first * 2 ** 24 + second * 2 ** 16),
    prefix,
    size: 32n,
    border: 16,
  }));
const nearSix = fc
  .tuple(fc.integer({ min: 0xfb00, max: 0xffff }), fc.nat(40))
  .map(([first, prefix]) => ({ bits: BigInt(first) << 112n, prefix, size: 128n, border: 32 }));
const ranges = fc.oneof(four, six, near, nearSix);

function spell({ bits, prefix, size }: { bits: bigint; prefix: number; size: bigint }): string {
  const [group, count, base, by] = size === 32n ? [8n, 4, 10, '.'] : [16n, 8, 16, ':'];
  const groups = Array.from({ length: count as number }, (_, index) =>
    (
      (bits >> ((BigInt(count as number) - 1n - BigInt(index)) * (group as bigint))) &
      ((1n << (group as bigint)) - 1n)
    ).toString(base as number),
  ).join(by as string);
  return `${size === 32n ? groups : groups.replace(/(:0)+$/, '::')}/${prefix}`;
}

const privates = [
  ...[
    '10.0.0.0/8',
    '172.16.0.0/12',
    '192.168.0.0/16',
    '100.64.0.0/10',
    '127.0.0.0/8',
    '169.254.0.0/16',
    '198.18.0.0/15',
  ].map((cidr) => {
    const [address = '', prefix] = cidr.split('/');
    return {
      bits: address.split('.').reduce((sum, octet) => sum * 256n + BigInt(octet), 0n),
      prefix: Number(prefix),
      size: 32n,
    };
  }),
  { bits: 0xfc00n << 112n, prefix: 7, size: 128n },
  { bits: 0xfe80n << 112n, prefix: 10, size: 128n },
];

/** By the addresses of the ranges, and by nothing of how the predicate goes about it. */
function expected({
  bits,
  prefix,
  size,
  border,
}: {
  bits: bigint;
  prefix: number;
  size: bigint;
  border: number;
}): boolean {
  const ends = (of: { bits: bigint; prefix: number }): [bigint, bigint] => {
    const width = 1n << (size - BigInt(of.prefix));
    const first = of.bits - (of.bits % width);
    return [first, first + width];
  };
  const [first, end] = ends({ bits, prefix });
  const isIn = privates.some((each) => {
    const [from, to] = ends(each);
    return each.size === size && from <= first && end <= to;
  });
  return prefix < border && !isIn;
}

describe('wide ranges', () => {
  const rows: readonly [Value, string][] = [
    ...[
      '0.0.0.0/0',
      '0/0',
      '0.0.0.0/1',
      '128.0.0.0/1',
      '52.0.0.0/9',
      '3.0.0.0/8',
      '10.0.0.0/7',
      '172.16.0.0/11',
      '192.168.0.0/15',
    ].map((range): [Value, string] => [known(range), 'pass']),
    ...['::/0', '2000::/3', '2600::/20', '::/16', 'fc00::/6', 'ff00::/8'].map((range): [Value, string] => [
      known(range),
      'pass',
    ]),
    ...[
      '10.0.0.0/8',
      '10.200.0.0/9',
      '172.16.0.0/12',
      '100.64.0.0/10',
      '198.18.0.0/15',
      '127.0.0.0/8',
      '203.0.0.0/16',
    ].map((range): [Value, string] => [known(range), 'fail']),
    ...['fc00::/7', 'FD00::/8', 'fe80::/10', '2001:db8::/32', '*', '', '443', 'Internet', '10.0.0.0'].map(
      (range): [Value, string] => [known(range), 'fail'],
    ),
    [{ kind: 'absent', at: 0 }, 'fail'],
    [{ kind: 'scalar', value: 443, at: 0 }, 'fail'],
    [{ kind: 'list', items: [], at: 0 }, 'fail'],
    [open, 'unknown'],
    [{ kind: 'reference', to: 'Vpc', attribute: 'CidrBlock', at: 0 }, 'unknown'],
    [text(open, '/32'), 'fail'],
    [text(open, '/6'), 'pass'],
    [text(open, '/16'), 'unknown'],
    [text('2600:', open, '::/20'), 'unknown'],
    [text(open, '::/48'), 'fail'],
    [text('10.', open, '.0.0/9'), 'unknown'],
    [text('10.0.0.0/', open), 'unknown'],
    [text('10.0.0.', { ...open, samples: ['1', '2'] }, '/8'), 'fail'],
  ];
  for (const [value, wanted] of rows) it(`${JSON.stringify(value)}: ${wanted}`, () => equal(verdict(value), wanted));

  it('are those that are public and wider than the border', () => {
    fc.assert(
      fc.property(ranges, (range) => equal(verdict(known(spell(range))), expected(range) ? 'pass' : 'fail')),
      { numRuns: 2000 },
    );
  });

  it('are the same to other engines', () => {
    fc.assert(
      fc.property(ranges, (range) => equal(asked(wideRange, spell(range)), expected(range))),
      { numRuns: 2000 },
    );
  });

  it('stay so when an open part is settled', () => {
    fc.assert(
      fc.property(ranges, fc.nat(40), (range, at) => {
        const spelt = spell(range);
        for (const value of [text(open, spelt.slice(at)), text(spelt.slice(0, at), open)]) {
          if (verdict(value) !== 'unknown') equal(verdict(value), verdict(known(spelt)));
        }
      }),
      { numRuns: 2000 },
    );
  });
});
