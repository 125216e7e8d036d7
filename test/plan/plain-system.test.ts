import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import fits from '#generated/system-fits.js';
import validate from '#generated/validate-system.js';
import { plainSystem } from '../../src/plan/plain-system.js';
import { plainValue } from '../../src/plan/plain-yaml.js';
import { parseSource } from '../../src/plan/source.js';
import { goodSystem } from './small-base.js';

const folder = new URL('../../templates/system/', import.meta.url);
const starters = readdirSync(folder).map((name) => ({ name, text: readFileSync(new URL(name, folder), 'utf8') }));

/** A section most of the schema's shared parts stand in, as plain as the starters. */
const certification = `certification:
  website: https://example.com
  serviceAcronym: RA
  serviceDescription: Of text.
  logo: https://example.com/logo.png
  serviceType: [SaaS]
  contactInformation:
    - {contactType: Security, contactPhone: 202-555-0123}
  ongoingReport:
    reportPeriod: {from: 2026-09-01, to: 2026-11-30}
    activeAgencies: []
`;
const texts = [...starters.map(({ text }) => text), `${goodSystem}${certification}`];

/** What the reader of the whole language says: the value, or undefined for a text it refuses. */
function whole(text: string): unknown {
  try {
    return parseSource(text, 'rampart.yaml').value;
  } catch {
    return undefined;
  }
}

describe('a system file in the short way', () => {
  for (const { name, text } of starters)
    it(`takes ${name}, and as what it is`, () => {
      assert.deepEqual(plainSystem(text, fits), whole(text));
      assert.notEqual(whole(text), undefined);
    });

  for (const [what, text] of [
    ['a key that stands twice', 'a: 1\na: 2\n'],
    ['a key that reaches the prototype', 'a: {__proto__: 1}\n'],
    ['an anchor', 'a: &x 1\nb: 2\n'],
    ['an alias', 'a: &x 1\nb: *x\n'],
    ['a tag', 'a: !!str 1\n'],
    ['a merge', 'a: {b: 1}\n<<: {c: 2}\n'],
    ['a second document', 'a: 1\n---\nb: 2\n'],
    ['an escape', 'a: "\\u0041"\n'],
    ['a text of several lines', 'a: |\n  b\n  c\n'],
    ['a text that goes on', 'a: b\n  c\n'],
    ['a number with a leading zero', 'a: 0123\n'],
    ['a number that is not whole', 'a: 1.5\n'],
    ['a number in hexadecimal', 'a: 0x10\n'],
    ['a number no double holds', 'a: 12345678901234567890\n'],
    ['a tab', 'a:\t1\n'],
    ['a comment that touches', 'a: {b: 1}#c\n'],
    ['a line end of old', 'a: 1\rb: 2\n'],
    ['what is no YAML', 'a: [1\n'],
    ['nothing', ''],
    ['lists in lists', `${'- '.repeat(60)}x\n`],
    ['a control character', 'a: \u0007\n'],
  ] as const)
    it(`leaves ${what} to the reader of the whole language`, () => assert.equal(plainValue(text), undefined));

  it('reads nothing otherwise than the reader of the whole language', () => {
    const marks =
      ' |  |\n|\n  |\n    |-|- |? |: |:|,|[|]|{|}|#| #|&a |*a|!|"|\'|%|@|~|null|01|1e3|.5|+1|yes|\r|\t|\ufeff|\u0085|é|a: b|a:b|- - a|{a}|[a: b]'
        .split('|')
        .concat('|', '>');
    const number = counting(7);
    let taken = 0;
    for (let round = 0; round < 4000; round++) {
      const lines = (texts[number(texts.length)] as string).split('\n');
      const from = number(lines.length);
      let text = lines.slice(from, from + 1 + number(8)).join('\n');
      for (let change = number(3); change >= 0; change--) {
        const at = number(text.length + 1);
        text = text.slice(0, at) + (marks[number(marks.length)] as string) + text.slice(at + number(3));
      }
      const value = plainValue(text);
      if (value === undefined) continue;
      taken += 1;
      assert.deepEqual(value, whole(text), JSON.stringify(text));
    }
    assert.ok(taken > 400, `only ${taken} texts were taken`);
  });

  it('takes what the schema takes, whatever stands in a place or is missing there', () => {
    const strange = [
      ...[undefined, null, true, 0, -1, 1.5, 1e9, '', ' ', 'x', 'A B', '\u202e', 'x'.repeat(5000)],
      ...[[], ['x', 'x'], {}, { x: 1 }],
    ];
    const changes = texts
      .map(whole)
      .flatMap((value) => pathsOf(value).flatMap((path) => strange.map((other) => ({ value, path, other }))));
    let refused = 0;
    for (const { value, path, other } of changes) {
      const changed = structuredClone(value) as Tree;
      put(changed, path, other);
      const isRight = validate(changed).length === 0;
      if (!isRight) refused += 1;
      assert.equal(fits(changed), isRight, `${path.join('.')}: ${JSON.stringify(other)?.slice(0, 40)}`);
    }
    assert.ok(refused > 1000);
  });

  it('takes what the schema takes, with more than there was in any place', () => {
    for (const value of texts.map(whole)) {
      assert.ok(fits(value));
      for (const path of [[], ...pathsOf(value)]) {
        const changed = structuredClone(value);
        const at = path.reduce<unknown>((tree, key) => (tree as Tree)[key], changed);
        if (Array.isArray(at)) at.push(...structuredClone(at));
        else if (typeof at === 'object' && at !== null) Object.assign(at, { surplus: 1 });
        assert.equal(fits(changed), validate(changed).length === 0, `more at ${path.join('.')}`);
      }
    }
  });
});

type Tree = Record<string, unknown>;

/** Where every part of a tree stands. */
const pathsOf = (tree: unknown): string[][] =>
  typeof tree !== 'object' || tree === null
    ? []
    : Object.entries(tree).flatMap(([key, value]) => [[key], ...pathsOf(value).map((rest) => [key, ...rest])]);

/** Sets the part at a path, or takes it away. */
function put(tree: Tree, path: readonly string[], value: unknown): void {
  const holder = path.slice(0, -1).reduce<Tree>((at, key) => at[key] as Tree, tree);
  const last = path.at(-1) as string;
  if (value !== undefined) holder[last] = value;
  else if (Array.isArray(holder)) holder.splice(Number(last), 1);
  else delete holder[last];
}

/** The same numbers in every run. */
function counting(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
