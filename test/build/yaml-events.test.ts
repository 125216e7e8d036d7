import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import fc from 'fast-check';
import * as written from 'js-yaml';
import { quickerEvents } from '#build/yaml-events.js';
import { spoiled, spoilt, texts } from '../fuzz/bytes.js';

const text = readFileSync(fileURLToPath(import.meta.resolve('js-yaml')), 'utf8');

/** Texts with all an event may have, and with what a parser refuses. */
const told = [
  '',
  'a',
  '- &x !t a\n- *x\n',
  '!a &b\nk: v\n!c d: e\n&f g: !h {i: [j: k, ? l, m]}\n',
  '? a\n: b\n? c\nd: e\n',
  '? - a\n  - b\n: c\n',
  'a: |-\n  x\n\n  y\nb: >+\n  z\n\n',
  "a: \"x\\u0041\\\n  y\"\nb: 'it''s\n  two'\n",
  'a: one\n  two\nb\n',
  '!t\n  a: 1\n  b: 2\n',
  '&a a: 1\n&b b: 2\n',
  'x: &a\n  y: 1\n',
  '%YAML 1.2\n%TAG !e! tag:e,2000:\n---\n!e!x y\n...\n--- z\n',
  '\ufeffa: 1\n',
  'a: \u0007\n',
  'a: \ud800\n',
  '# \u0007 in a comment\na: 1\n',
  '# \u0007 in a comment\na: |\n  \u0008\n',
  'a: "\u007f"\n',
  'a: \u{1f600}\n',
  'a: b: c\n',
  'a:\n\t- b\n',
  '[a, {b: c, d}, [e]\n',
  'a\u0000b',
];

describe('events of the YAML package as it is bundled', () => {
  let folder: string;
  let bundled: Pick<typeof written, 'parseEvents'>;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'rampart-yaml-'));
    const file = join(folder, 'js-yaml.mjs');
    writeFileSync(file, quickerEvents(text));
    bundled = await import(pathToFileURL(file).href);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const said = (by: Pick<typeof written, 'parseEvents'>, given: string): unknown => {
    try {
      return by.parseEvents(given, { filename: 'f.yaml', maxDepth: 20 });
    } catch (error) {
      const { name, reason, mark } = error as written.YAMLException;
      return { name, reason, mark };
    }
  };
  const assertSame = (given: string): void => assert.deepEqual(said(bundled, given), said(written, given));

  it('are those of the package, and so are its errors', () => {
    for (const given of told) assertSame(given);
    for (const { text: given } of texts) assertSame(given);
  });

  it('are those of the package for spoilt texts', () => {
    fc.assert(
      fc.property(spoilt, (given) => assertSame(spoiled(given).text)),
      { numRuns: 2000 },
    );
  });

  it('are not made where the package is written in another way', () => {
    assert.throws(() => quickerEvents(text.replace('const propertyState', 'let propertyState')), /place of a node/);
  });
});
