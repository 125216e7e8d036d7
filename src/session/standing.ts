import { createHash } from 'node:crypto';
import { readText } from '#io/read.js';
import type { Finding } from '#model/finding.js';
import { Lines } from '#model/position.js';
import type { FileResult } from '#model/result.js';

/** Of what is longer nobody reads more than that it changed. */
const longest = 20_000;

/** Texts with those of plans, which are not kept when they are judged. One from standard input is gone. */
export async function withPlans(
  sources: ReadonlyMap<string, Lines>,
  files: readonly FileResult[],
): Promise<ReadonlyMap<string, Lines>> {
  const all = new Map(sources);
  for (const { file, language, status } of files) {
    if (status !== 'judged' || language !== 'terraform' || all.has(file) || file === '-') continue;
    const text = await readText(file, { maxBytes: largest }).catch(() => undefined);
    if (text !== undefined) all.set(file, new Lines(file, text));
  }
  return all;
}

/** As of plans that are judged. */
const largest = 256 * 1024 * 1024;

/**
 * A digest of what stands at the place a finding points at, where that is a value by itself: a scalar, an item of a list or an
 * attribute. A rule that opens more than it did, and of which the same is said, is told from the one that was accepted by it.
 * Undefined where something is missing or where the place is the whole resource: that changes with every edit. Blanks, comments and
 * what image a container has do not count.
 */
export function standing(sources: ReadonlyMap<string, Lines>, finding: Finding): string | undefined {
  const { position, reason, sensitive } = finding;
  const lines = position && sources.get(position.file);
  if (!lines || sensitive || / is absent; /.test(reason)) return undefined;
  const line = lines.line(position.line);
  // The place of a template's resource is its name; of one of a nested template that is the last part.
  const name = finding.resource.slice(finding.resource.lastIndexOf('/') + 1);
  if (line.startsWith(`"${name}"`, position.column - 1)) return undefined;
  const text = valueAt(lines, position.line, line.slice(0, position.column - 1), line.slice(position.column - 1));
  // A digest of a secret would let it be guessed.
  if (text === undefined || isResource.test(text) || secrets.test(text)) return undefined;
  const told = text.replace(images, '$1').replace(/\s+/g, ' ').trim();
  return createHash('sha256').update(told).digest('hex').slice(0, 16);
}

/** A resource in a list: of a plan, a Kubernetes List or an ARM template. */
const isResource = /["']?(?:apiVersion|address)["']?\s*:/;

const secrets = /pass(?:word|phrase|wd)|secret|token|credential|private/i;

/** A new image is not another container. */
const images = /(["']?\b[iI]mage["']?\s*:)[^,}\n]*/g;

function valueAt(lines: Lines, row: number, before: string, text: string): string | undefined {
  const onwards = (from: string): string => `${from}\n${following(lines, row, -1)}`;
  // An attribute of a plan: what it is set to.
  const key = /^"(?:[^"\\]|\\.){0,200}"\s*:\s*(?=\S)/.exec(text.slice(0, 300))?.[0];
  if (key !== undefined) return spelt(text.slice(key.length), onwards);
  if (/^[[{]/.test(text)) return /:\s*$/.test(before) ? undefined : balanced(onwards(text));
  const dash = /^(\s*(?:-\s+)*)-\s+$/.exec(before);
  if (dash) return `${text}\n${following(lines, row, dash[1]?.length ?? 0)}`;
  // `Key: value`, and not the first key of a mapping.
  return /:\s+$/.test(before) ? spelt(text, onwards) : undefined;
}

const spelt = (text: string, onwards: (from: string) => string): string =>
  /^[[{]/.test(text)
    ? balanced(onwards(text))
    : (/^(?:"(?:[^"\\]|\\.){0,20000}"|[^,\]}\n]{0,20000})/.exec(text)?.[0] ?? '');

/** The lines below one that are indented deeper than `indent`, without comments. */
function following(lines: Lines, row: number, indent: number): string {
  const found: string[] = [];
  let length = 0;
  for (let next = row + 1; length < longest; next += 1) {
    const line = lines.line(next);
    if (line === '') {
      if (lines.line(next + 1) === '') break;
      continue;
    }
    if (line.search(/\S/) <= indent) break;
    if (!/^\s*#/.test(line)) found.push(line);
    length += line.length;
  }
  return found.join('\n');
}

/** A list or an object in braces, to its end. */
function balanced(text: string): string {
  let depth = 0;
  for (const { 0: piece, index } of text.slice(0, longest).matchAll(/"(?:[^"\\]|\\.)*"?|[[{]|[\]}]/g)) {
    if (/^[[{]/.test(piece)) depth += 1;
    else if (/^[\]}]/.test(piece)) depth -= 1;
    if (depth === 0) return text.slice(0, index + 1);
  }
  return text.slice(0, longest);
}
