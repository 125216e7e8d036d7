import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import fc from 'fast-check';
import { exampleTexts } from './examples.js';
import { findingsOn } from './verdicts.js';

const corpus = new URL('../../../../shared/corpus/', import.meta.url);
const beside = [corpus, new URL('../../../shared/corpus/', import.meta.url)].find((folder) => existsSync(folder));

/** Texts to spoil: real manifests where the corpus is beside this checkout, and the requirements' examples. */
export const texts: { file: string; text: string }[] = exampleTexts().map((text) => ({ file: 'example.yaml', text }));
if (beside) {
  for (const path of readdirSync(beside, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!/\.(ya?ml|json|template)$/.test(path)) continue;
    const text = readFileSync(new URL(path, beside), 'utf8');
    if (text.length < 60_000) texts.push({ file: basename(path), text });
  }
}

export const hasCorpus = beside !== undefined;

const junk = fc.constantFrom(
  '',
  '{',
  '}',
  '[',
  ']',
  '"',
  "'",
  ':',
  '- ',
  '\n',
  '\t',
  '&a ',
  '*a',
  '!Ref ',
  '!Sub ',
  '!If [',
  '<<: ',
  '---\n',
  '|\n',
  '\u0000',
  '\ufeff',
  '\u202e',
  '__proto__: 1\n',
  '"__proto__"',
  '"Fn::ForEach::X": ',
  '"Fn::Transform": ',
  '${',
  '{{',
  '}}',
  '1e999',
  '-',
  '%TAG',
  '{{resolve:',
  "[parameters('",
  '😀',
  '\ud800',
);

export const spoilt = fc.record({
  at: fc.nat(texts.length - 1),
  edits: fc.array(
    fc.tuple(fc.constantFrom('insert', 'delete', 'copy', 'swap', 'cut'), fc.nat(60_000), fc.nat(400), junk),
    { minLength: 1, maxLength: 5 },
  ),
});

type Case = typeof spoilt extends fc.Arbitrary<infer T> ? T : never;

/** A text spoilt at some places. */
export function spoiled({ at, edits }: Case): { file: string; text: string } {
  const { file, text } = texts[at] as { file: string; text: string };
  let spoiled = text;
  for (const [kind, where, length, what] of edits) {
    const start = where % (spoiled.length + 1);
    const end = Math.min(spoiled.length, start + length);
    const piece = spoiled.slice(start, end);
    if (kind === 'insert') spoiled = spoiled.slice(0, start) + what + spoiled.slice(start);
    if (kind === 'delete') spoiled = spoiled.slice(0, start) + spoiled.slice(end);
    if (kind === 'copy') spoiled = spoiled.slice(0, end) + piece + spoiled.slice(end);
    if (kind === 'swap') spoiled = spoiled.slice(0, start) + what + spoiled.slice(end);
    if (kind === 'cut') spoiled = spoiled.slice(0, start);
  }
  return { file, text: spoiled };
}

/** It is judged, or refused with a code; it crashes nothing and hangs nothing. */
export function judgeSpoilt(given: Case): void {
  const { file, text } = spoiled(given);
  findingsOn(file, text);
}
