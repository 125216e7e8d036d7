import { resolve } from 'node:path';
import { appendText } from '#io/append.js';
import { now } from '#io/clock.js';
import { jobSummary } from '#io/environment.js';
import { writeEach } from '#io/write-whole.js';
import type { Selection } from '#model/baseline.js';
import { type ExitName, RampartError } from '#model/error.js';
import type { Plan } from '#model/plan.js';
import type { Result } from '#model/result.js';
import { visible } from '#plan/show.js';
import { didYouMean } from '#plan/suggest.js';
import type { HumanOptions } from '#report/formats/human.js';
import { formats, type ReportContext, type ReportText } from '#report/formats/index.js';
import { assess } from './assess.js';
import { paletteFor } from './palette.js';

/** A report that was asked for: a format, and the file it goes to; without one it is printed. */
export interface Order {
  format: string;
  path?: string;
}

/** A step's summary may have 1 MiB; a character of it takes at most three bytes for each unit that is counted. */
const longestSummary = 300_000;

/** What `--format` was given, each `name` or `name=path`. Throws `RAMPART_NO_FORMAT` and `RAMPART_ONE_TO_STDOUT` (exit `usage`). */
export function ordersOf(words: readonly string[]): Order[] {
  const orders = words.map((word): Order => {
    const [format = '', ...rest] = word.split('=');
    if (!formats.has(format)) throw noFormat(format);
    const path = rest.join('=');
    if (rest.length > 0 && path === '') {
      throw new RampartError('RAMPART_NO_FORMAT', `--format ${format}= names no file.`, {
        exit: 'usage',
        next: `Give the file, as in --format ${format}=out.txt, or leave the = away to have the report printed.`,
      });
    }
    return rest.length === 0 || path === '-' ? { format } : { format, path };
  });
  const printed = orders.filter(({ path }) => path === undefined).map(({ format }) => format);
  if (printed.length < 2) return orders;
  throw new RampartError('RAMPART_ONE_TO_STDOUT', `Only one report can be printed, not ${printed.join(' and ')}.`, {
    exit: 'usage',
    next: `Give the others a file, as in --format ${printed[0]}=rampart.out`,
  });
}

function noFormat(format: string): RampartError {
  const names = [...formats.keys()];
  return new RampartError('RAMPART_NO_FORMAT', `${visible(format)} is not a format Rampart can report in.`, {
    exit: 'usage',
    next: `${didYouMean(format, names).trim()} Choose one of ${names.join(', ')}.`.trim(),
  });
}

/** What reports are made of, besides the result. */
export interface ReportInput extends HumanOptions {
  exit: ExitName;
  baseline: Selection;
  plan: Plan | undefined;
  fixes?: NonNullable<ReportContext['fixes']>;
  /** Replaces files that are there. */
  force: boolean;
}

/** What became of the reports of a run. */
interface Reported {
  text: ReportText;
  /** What is to be said of those that are not printed. */
  notes: readonly string[];
  /** The gate's own, unless that is passed and a report is missing. */
  exit: ExitName;
}

/**
 * Makes every report that was asked for, then writes all files or none. What is printed is given back, with what to say of the rest.
 * One that cannot be made hides none of the others; where there are no others, its error is the run's.
 */
export async function makeReports(orders: readonly Order[], result: Result, input: ReportInput): Promise<Reported> {
  const time = now();
  const printing: ReportContext = { ...input, time, assess: () => assess(result, input, time) };
  const writing: ReportContext = { ...printing, palette: await paletteFor(false) };
  let text: ReportText = '';
  const files: { path: string; bytes: Uint8Array }[] = [];
  const missing: { format: string; error: RampartError }[] = [];
  for (const { format, path } of orders) {
    const make = await formats.get(format)?.();
    if (!make) throw noFormat(format);
    try {
      const made = await make(result, path === undefined ? printing : writing);
      if (path === undefined) text = made;
      else files.push({ path, bytes: bytesOf(made) });
    } catch (error) {
      if (!(error instanceof RampartError)) throw error;
      missing.push({ format, error });
    }
  }
  const [first] = missing;
  if (first && missing.length === orders.length) throw first.error;
  keepManifests(files, result);
  await writeEach(files, { force: input.force });
  const notes = files.map(({ path }) => `wrote ${visible(path, 200)}`);
  if (orders.some(({ format }) => format === 'github')) notes.push(...(await summarizeJob(result)));
  return {
    text,
    notes: [...notes, ...missing.map(missingNote)],
    exit: first && input.exit === 'passed' ? first.error.exit : input.exit,
  };
}

const missingNote = ({ format, error: { code, message, next } }: { format: string; error: RampartError }): string =>
  `no ${format} report was made: ${message}\n  ${next}\n  (${code})`;

/** `--force` replaces reports of an earlier run, and never what this one judged. */
function keepManifests(reports: readonly { path: string }[], { files }: Result): void {
  if (reports.length === 0) return;
  // A report of an earlier run in a folder that is judged is no manifest.
  const manifests = files.filter(({ status }) => status === 'judged' || status === 'not-readable');
  const judged = new Set(manifests.map(({ file }) => resolve(file)));
  const clash = reports.find(({ path }) => judged.has(resolve(path)));
  if (!clash) return;
  throw new RampartError(
    'RAMPART_PATH_CLASH',
    `${visible(clash.path, 200)} was judged, and a report would replace it.`,
    {
      exit: 'usage',
      next: 'Choose another name for the report.',
    },
  );
}

const bytesOf = (text: ReportText): Uint8Array =>
  typeof text === 'string' ? Buffer.from(text) : Buffer.concat(Array.from(text, (piece) => Buffer.from(piece)));

/** GitHub shows what a step leaves in this file on the page of the run. */
async function summarizeJob(result: Result): Promise<string[]> {
  const path = jobSummary();
  if (path === undefined) return [];
  const { markdownText } = await import('#report/formats/markdown.js');
  appendText(path, `${markdownText(result, longestSummary)}\n`);
  return ['wrote the job summary'];
}
