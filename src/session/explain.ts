import { terminal } from '#io/environment.js';
import type { ControlBase } from '#model/base.js';
import { RampartError } from '#model/error.js';
import type { Requirement } from '#model/requirement.js';
import { visible } from '#plan/show.js';
import { didYouMean } from '#plan/suggest.js';
import { type ExplainFormat, explained, printed, subjects } from '#report/explain.js';
import { baselineOf, loadBase } from './load.js';
import { paletteFor } from './palette.js';

export interface ExplainFlags {
  baseline?: string | undefined;
  format?: ExplainFormat;
  controls?: readonly string[] | undefined;
  requirements?: readonly string[] | undefined;
}

/** What `rampart explain` prints. Throws `RAMPART_NO_SUBJECT` (exit `usage`) with the nearest name there is. */
export async function explainSubject(
  subject: string,
  { baseline, format = 'human', controls, requirements = [] }: ExplainFlags,
): Promise<string> {
  const base = await withExamples(await loadBase(controls, requirements), subject, requirements);
  const page = explained(subject, base, baseline === undefined ? undefined : baselineOf(base, baseline));
  if (page) {
    const { width, colour } = terminal();
    return printed(page, format, { palette: await paletteFor(colour), width });
  }
  throw new RampartError(
    'RAMPART_NO_SUBJECT',
    `"${visible(subject)}" is no requirement, control, indicator, threat, baseline or setting`,
    {
      exit: 'usage',
      next: `${didYouMean(subject.toLowerCase(), subjects(base))} rampart controls list names controls, with --requirements the requirements.`.trim(),
    },
  );
}

/** The base with the examples of one requirement, which nothing but a page on it needs. */
async function withExamples<Base extends ControlBase>(base: Base, id: string, own: readonly string[]): Promise<Base> {
  const at = base.requirements.findIndex((each) => each.id === id);
  const requirement = base.requirements[at];
  const examples = requirement && (await examplesOf(id, own));
  return examples ? { ...base, requirements: base.requirements.with(at, { ...requirement, examples }) } : base;
}

async function examplesOf(id: string, own: readonly string[]): Promise<Requirement['examples']> {
  const { default: shipped } = await import('#generated/examples.js');
  if (Object.hasOwn(shipped, id)) return shipped[id];
  const { readRequirements } = await import('./own-requirements.js');
  for (const folder of own) {
    const found = (await readRequirements(folder)).find(({ requirement }) => requirement.id === id);
    if (found) return found.requirement.examples;
  }
  return undefined;
}
