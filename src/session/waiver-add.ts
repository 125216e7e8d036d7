import { basename, dirname } from 'node:path';
import { inItself } from '#check/waiver-fault.js';
import validate from '#generated/validate-waivers.js';
import { wallClock } from '#io/clock.js';
import { terminal } from '#io/environment.js';
import { listFiles } from '#io/list-files.js';
import { readText } from '#io/read.js';
import { writeWhole } from '#io/write-whole.js';
import type { JudgingBase } from '#model/base.js';
import { RampartError } from '#model/error.js';
import { sayTheSame, type Waiver } from '#model/waiver.js';
import { waiversSchema } from '#model/waiver-schema.js';
import { readWaivers } from '#plan/read-waivers.js';
import { visible } from '#plan/show.js';
import { didYouMean } from '#plan/suggest.js';
import { withWaiver } from '#plan/waiver-text.js';
import { editorSchema } from './editor-schema.js';
import { limitsOf, waiversFile } from './waivers.js';

/** What may be said of a waiver on a command line. */
export type Said = { readonly [Field in keyof Omit<Waiver, 'position' | 'pin'>]?: string | undefined };

/** Gives the pins of what a waiver is for, where it is to hold for nothing else. */
export type Pinning = (waiver: Waiver) => Promise<readonly string[]>;

interface Field {
  pattern: string;
  title: string;
  maxLength?: number;
}

const {
  required,
  properties: { pin: _, ...properties },
} = waiversSchema.properties.waivers.items;
const largest = 1024 * 1024;

/** Asks what was not said, where somebody can be asked, and adds the waiver to the file. */
export async function addWaiver(
  said: Said,
  { waivers: path = waiversFile }: { waivers?: string | undefined },
  base: JudgingBase,
  pinning?: Pinning,
): Promise<{ waiver: Waiver; file: string }> {
  const today = wallClock().toISOString().slice(0, 10);
  if (said.requirement !== undefined) refuseUnknown(said.requirement, base);
  const answers = await complete({ approved: today, ...defined(said) });
  refuseUnknown(answers.requirement, base);
  const spelt = Object.fromEntries(
    Object.keys(properties).flatMap((field) => {
      const value = answers[field as keyof Said];
      return value === undefined ? [] : [[field, value]];
    }),
  ) as unknown as Waiver;
  const odd = oddities(spelt);
  if (odd.length > 0) throw refusal(odd);
  refuseFaulty(spelt, today, base);
  const waiver = pinning ? { ...spelt, pin: await pinning(spelt) } : spelt;
  const exists = listFiles([path]).files.length > 0;
  const old = exists ? await readText(path, { maxBytes: largest }) : undefined;
  const kept = old === undefined || old.trim() === '' ? [] : readWaivers(old, path, validate, base);
  refuseSecond(waiver, kept);
  const editors = editorSchema(dirname(path), 'waivers', waiversSchema);
  const text = withWaiver(old, waiver, editors.reference);
  // What is about to be written is read again: it must say what the file said, and the new waiver.
  const written = readWaivers(text, path, validate, base);
  const plain = (list: readonly Waiver[]) =>
    JSON.stringify(list.map(({ position: _, ...each }) => Object.entries(each).sort()));
  if (plain(written) !== plain([...kept, waiver])) throw new Error(`${path} could not be added to without changing it`);
  await writeWhole([{ path: basename(path), bytes: Buffer.from(text) }], { root: dirname(path), force: exists });
  if (!exists) await editors.write();
  return { waiver, file: path };
}

const defined = (said: Said): Said =>
  Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));

/** Requirement and resource come first: they say what the other questions are about. */
async function complete(said: Said): Promise<Said> {
  const missing = required.filter((field) => said[field] === undefined);
  const odd = oddities(said);
  if (missing.length === 0) return said;
  if (!terminal().interactive) {
    const flags = missing.map((field) => (field === 'requirement' ? 'the requirement' : `--${field}`));
    const needed = `a waiver needs ${flags.join(', ')}`;
    if (odd.length > 0) throw refusal([...odd, needed]);
    throw new RampartError('RAMPART_WAIVER_INCOMPLETE', needed, {
      exit: 'usage',
      next: 'Give what is missing. On a terminal you would be asked for it.',
    });
  }
  if (odd.length > 0) throw refusal(odd);
  const { input } = await import('@inquirer/prompts');
  const answers: Record<string, string> = { ...(said as Record<string, string>) };
  for (const field of missing) {
    const { description, pattern, title } = properties[field];
    answers[field] = await input({
      message: description,
      validate: (text) => new RegExp(pattern, 'u').test(text) || `That is not ${title}.`,
    });
  }
  return answers;
}

function refuseUnknown(id: string | undefined, base: JudgingBase): void {
  const ids = base.requirements.map((each) => each.id);
  if (id !== undefined && ids.includes(id)) return;
  throw new RampartError('RAMPART_NO_REQUIREMENT', `${visible(id ?? '')} is not a requirement`, {
    exit: 'usage',
    next: `${didYouMean(id ?? '', ids).trim()} rampart check names the requirement of each finding.`.trim(),
  });
}

/** What the file may not hold is a wrong command line: nothing is wrong with the file that is there. */
const oddities = (waiver: Said): string[] =>
  Object.entries<Field>(properties).flatMap(([field, { pattern, title, maxLength = Number.POSITIVE_INFINITY }]) => {
    const value = waiver[field as keyof Said];
    if (value === undefined || (new RegExp(pattern, 'u').test(value) && value.length <= maxLength)) return [];
    return [`--${field} ${JSON.stringify(visible(value))} is not ${title}`];
  });

/** All of them at once, so that nobody corrects one after the other. */
const refusal = (faults: readonly string[]): RampartError =>
  new RampartError(
    'RAMPART_WAIVER_REFUSED',
    faults.length === 1 ? (faults[0] as string) : 'the waiver cannot be added',
    {
      exit: 'usage',
      next: `Correct ${faults.length === 1 ? 'it' : 'them'}; nothing was written.`,
      ...(faults.length === 1 ? {} : { problems: faults.map((message) => ({ message })) }),
    },
  );

/** Of two waivers of one thing the file would be wrong, and nobody would know which was meant. */
function refuseSecond(waiver: Waiver, kept: readonly Waiver[]): void {
  const there = kept.find((each) => sayTheSame(each, waiver));
  if (!there) return;
  const what = `there is a waiver of ${waiver.requirement} on ${visible(waiver.resource)} already, until ${there.expires}`;
  throw new RampartError('RAMPART_WAIVER_EXISTS', what, {
    exit: 'usage',
    next: 'Change it there, with a new approval where it is to hold longer; or say with --type or --file what this one is for.',
    position: there.position,
  });
}

/** What the gate would not accept is not written in the first place. */
function refuseFaulty(waiver: Waiver, day: string, base: JudgingBase): void {
  const severities = new Map(base.requirements.map(({ id, severity }) => [id, severity]));
  const problem = inItself(waiver, { day, limits: limitsOf(base, undefined), severities });
  if (!problem) return;
  throw new RampartError('RAMPART_WAIVER_REFUSED', `a waiver that ${problem.why} would not hold`, {
    exit: 'usage',
    next: problem.next,
  });
}
