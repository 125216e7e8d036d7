import { createHash } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { type ControlsDiff, diffControls, type Side } from '#catalog/diff.js';
import { type Overlaid, overlay } from '#catalog/overlay.js';
import { type ControlData, type Naming, readPublished } from '#catalog/published.js';
import type { Open } from '#catalog/resolve.js';
import { listFiles } from '#io/list-files.js';
import { readText } from '#io/read.js';
import { writeWhole } from '#io/write-whole.js';
import type { ControlBase } from '#model/base.js';
import type { Impact } from '#model/baseline.js';
import { RampartError } from '#model/error.js';

/** NIST's whole catalog is 10 MB. */
const largest = 64 * 1024 * 1024;

/** The shipped base with the user's control data over it, in the order given. */
export async function withOwnData(base: ControlBase, paths: readonly string[]): Promise<Overlaid> {
  const given = [];
  for (const path of paths) {
    const text = await readText(path, { maxBytes: largest });
    given.push({ data: await dataOf(path, text, base), digest: createHash('sha256').update(text).digest('hex') });
  }
  return overlay(base, given);
}

/** Control data as `controls import` writes it, or a publisher's file read on the way. */
async function dataOf(path: string, text: string, base: ControlBase, naming?: Partial<Naming>): Promise<ControlData> {
  const document = parsed(path, text);
  if ((document as { format?: unknown } | null)?.format === 'rampart-controls-1') return ownData(path, document);
  const beside = await documentsBeside(path);
  const id = naming?.id ?? slug(basename(path, '.json'));
  return readPublished(path, document, beside, { id, ...(naming?.impact ? { impact: naming.impact } : {}) }, base);
}

function ownData(path: string, document: unknown): ControlData {
  const { controls, baselines, source } = document as ControlData;
  const isWhole =
    typeof source === 'string' &&
    Array.isArray(controls) &&
    controls.every(({ id, label, title }) => [id, label, title].every((each) => typeof each === 'string')) &&
    Array.isArray(baselines) &&
    baselines.every(({ id, controls, parameters }) => typeof id === 'string' && Array.isArray(controls) && parameters);
  if (isWhole) return document as ControlData;
  throw new RampartError('RAMPART_CONTROL_DATA', `${path} is not what rampart controls import writes.`, {
    exit: 'input',
    next: 'Import the publisher’s file again.',
    position: { file: path, line: 1, column: 1 },
  });
}

/**
 * What a profile imports is looked for beside it, by file name only: a reference that climbs out of the folder, or names a
 * host, finds nothing there.
 */
async function documentsBeside(path: string): Promise<Open> {
  const folder = dirname(path);
  const names = new Set(listFiles([folder], (each) => each.endsWith('.json') && dirname(each) === folder).files);
  const texts = new Map<string, string>();
  for (const name of names) {
    if (/profile|catalog|baseline/i.test(basename(name))) texts.set(name, await readText(name, { maxBytes: largest }));
  }
  return (href) => {
    const file = join(folder, basename(href.replace(/[?#].*$/, '')));
    const text = texts.get(file);
    return text === undefined ? undefined : { file, document: parsed(file, text) };
  };
}

function parsed(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new RampartError('RAMPART_NOT_JSON', `${path} is not JSON: ${(cause as Error).message}.`, {
      exit: 'input',
      next: 'Give the publisher’s JSON file.',
      position: { file: path, line: 1, column: 1 },
      cause,
    });
  }
}

const slug = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');

export interface ImportFlags {
  out: string;
  id?: string | undefined;
  impact?: string | undefined;
  force: boolean;
}

/** Reads a publisher's file and writes it in Rampart's form. Returns a sentence on what is in it. */
export async function importControls(
  path: string,
  { out, id, impact, force }: ImportFlags,
  base: ControlBase,
): Promise<string> {
  const naming = { ...(id ? { id } : {}), ...(impact ? { impact: impact as Impact } : {}) };
  const data = await dataOf(path, await readText(path, { maxBytes: largest }), base, naming);
  const bytes = Buffer.from(`${JSON.stringify(data, null, 1)}\n`);
  await writeWhole([{ path: basename(out), bytes }], { root: dirname(out), force });
  const { controls, baselines, rules } = data;
  const parts = [
    ...(controls.length > 0 ? [`${controls.length} controls with their text`] : []),
    ...baselines.map((baseline) => `baseline ${baseline.id} of ${baseline.controls.length} controls`),
    ...(rules ? [`${rules.indicators.length} indicators and ${rules.rules.length} rules`] : []),
  ];
  return `Wrote ${out} from ${data.source}: ${parts.join(', ')}. Use it with --controls ${out}.`;
}

/** What is different between two baselines, or two files of control data. */
export async function compareControls(from: string, to: string, base: ControlBase): Promise<ControlsDiff> {
  return diffControls(await sideOf(from, base), await sideOf(to, base), base);
}

/** A baseline by id, the shipped rules by the word `rules`, or a file. */
async function sideOf(name: string, base: ControlBase): Promise<Side> {
  const baseline = base.baselines.find(({ id }) => id === name);
  if (baseline) return { name, baseline };
  if (name === 'rules') return { name: `rules ${base.rules.version}`, rules: base.rules, ...classesOf(base) };
  if (listFiles([name]).files.length === 0) {
    throw new RampartError('RAMPART_NO_BASELINE', `${name} is neither a baseline nor a file.`, {
      exit: 'usage',
      next: `Name a file, the word rules, or one of ${base.baselines.map(({ id }) => id).join(', ')}.`,
    });
  }
  const data = await dataOf(name, await readText(name, { maxBytes: largest }), base);
  const [first] = data.baselines;
  if (data.rules) return { name: `rules ${data.rules.version}`, rules: data.rules, ...classesOf(data) };
  if (first) return { name: `${name} (${data.source})`, baseline: first };
  const whole = {
    id: name,
    title: data.source,
    source: data.source,
    date: '',
    controls: data.controls.map(({ id }) => id),
    parameters: {},
  };
  return { name: `${name} (${data.source})`, baseline: whole };
}

/** The parameters the rules assign to each class, as one list to compare. */
function classesOf({ baselines }: Pick<ControlBase, 'baselines'>): Pick<Side, 'baseline'> {
  const classes = baselines.filter(({ id }) => /^fedramp-class-/.test(id));
  const [first] = classes;
  if (!first) return {};
  const parameters = classes.flatMap(({ id, parameters }) =>
    Object.entries(parameters).map(([parameter, values]) => [`${parameter} (${id.slice('fedramp-'.length)})`, values]),
  );
  return { baseline: { ...first, controls: [], parameters: Object.fromEntries(parameters) } };
}
