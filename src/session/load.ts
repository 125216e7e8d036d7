import { dirname, join } from 'node:path';
import { type Catalog, type ControlBase, type JudgingBase, otherLanguages, type PlanningBase } from '#model/base.js';
import type { Selection } from '#model/baseline.js';
import { RampartError } from '#model/error.js';
import type { Plan } from '#model/plan.js';
import type { ManifestLanguage } from '#model/requirement.js';
import type { System } from '#model/system.js';
import { visible } from '#plan/show.js';
import { didYouMean } from '#plan/suggest.js';

/** What judging CloudFormation needs of the control base. */
export const loadJudging = async (): Promise<JudgingBase> => (await import('#generated/controls.js')).default;

/** The same, with what its requirements expect in some of the other languages. */
export async function withLanguages<Base extends JudgingBase>(
  base: Base,
  languages: readonly ManifestLanguage[] = otherLanguages,
): Promise<Base> {
  const wanted = otherLanguages.filter((language) => languages.includes(language));
  if (wanted.length === 0) return base;
  const { default: expectedIn } = await import('#generated/other-languages.js');
  const expected = wanted.map((language) => [language, expectedIn(language)] as const);
  const requirements = base.requirements.map((requirement) => {
    const more = expected.filter(([, of]) => Object.hasOwn(of, requirement.id));
    if (more.length === 0) return requirement;
    const here = Object.fromEntries(more.map(([language, of]) => [language, of[requirement.id]]));
    // Assigned: a spread would give each a shape of its own (see Style in CONTRIBUTING).
    return { ...requirement, expect: Object.assign({}, requirement.expect, here) };
  });
  return { ...base, requirements };
}

/** The whole of the control base, with the user's own control data over it and requirements beside it. */
export async function loadBase(
  data: readonly string[] = [],
  requirements: readonly string[] = [],
): Promise<ControlBase> {
  let base = await withLanguages(await loadFirst());
  if (data.length > 0) base = await (await import('./control-data.js')).withOwnData(base, data);
  if (requirements.length === 0) return base;
  return (await import('./own-requirements.js')).withOwnRequirements(base, requirements);
}

/** What plans tell people, and what few commands need. */
export const loadCatalog = async (): Promise<Catalog> => (await import('#generated/catalog.js')).default;

/** The shipped control base without what requirements expect in languages other than CloudFormation. */
export async function loadFirst(): Promise<ControlBase> {
  const [judging, catalog] = await Promise.all([loadJudging(), loadCatalog()]);
  const { controls, families, rules, threats, natures, changes, guardrails, models, aiUse, baselines } = catalog;
  return {
    ...judging,
    controls,
    families,
    rules,
    threats,
    natures,
    changes,
    guardrails,
    models,
    aiUse,
    baselines: judging.baselines.map((selection) => ({ ...selection, parameters: {}, ...baselines[selection.id] })),
  };
}

/** A baseline by its id. Throws `RAMPART_NO_BASELINE` (exit `usage`) naming those there are. */
export function baselineOf<Kind extends Selection>(base: { baselines: readonly Kind[] }, id: string): Kind {
  const baseline = base.baselines.find((each) => each.id === id);
  if (baseline) return baseline;
  const ids = base.baselines.map((each) => each.id);
  throw new RampartError('RAMPART_NO_BASELINE', `${visible(id)} is not a baseline Rampart knows`, {
    exit: 'usage',
    next: `${didYouMean(id, ids).trim()} Choose one of ${ids.join(', ')}.`.trim(),
  });
}

/** Name of the system file commands look for in the current folder. */
export const systemFile = 'rampart.yaml';

const largestSystemFile = 1024 * 1024;

const isNotThere = (error: unknown): error is RampartError =>
  error instanceof RampartError && error.code === 'RAMPART_NOT_FOUND';

/** Whoever names no system file has most likely none yet, or is in another folder. */
const noSystem = ({ code, exit }: RampartError): RampartError =>
  new RampartError(code, `There is no ${systemFile} in the current folder.`, {
    exit,
    next: 'Make one with rampart init, or name yours with --system.',
  });

/** A plan, and the base it stands on. Whoever judges by the plan judges on that base. */
export interface Planned<Base extends PlanningBase> {
  plan: Plan;
  base: Base;
}

/** The plan of a system file, on a base with the boundary file the system names and those of the command line over it. */
export async function loadPlan<Base extends PlanningBase>(
  path: string,
  base: Base,
  boundary: readonly string[] = [],
): Promise<Planned<Base>> {
  const { readText } = await import('#io/read.js');
  const text = await readText(path, { maxBytes: largestSystemFile }).catch((error: unknown) => {
    throw isNotThere(error) && path === systemFile ? noSystem(error) : error;
  });
  return planOf(text, path, base, (system) => boundaryFilesOf(system, path, boundary));
}

/** The same of the text of a system file, with the boundary files that are to stand over the base. */
export async function planOf<Base extends PlanningBase>(
  text: string,
  path: string,
  base: Base,
  boundaryFiles: (system: System) => readonly string[],
): Promise<Planned<Base>> {
  const [{ plainSystem, isSound }, { plan }, fits] = await Promise.all([
    import('#plan/plain-system.js'),
    import('#plan/plan.js'),
    import('#generated/system-fits.js'),
  ]);
  const plain = plainSystem(text, fits.default);
  if (plain) {
    const own = await overlaid(base, boundaryFiles(plain));
    if (isSound(plain, own)) return { plan: plan(plain, own), base: own };
  }
  // Knowing the whole of YAML, and what is wrong where, takes ten times as much code as files need that are as they should be.
  const [{ parseSystem, holdAgainst }, validate] = await Promise.all([
    import('#plan/read-system.js'),
    import('#generated/validate-system.js'),
  ]);
  const read = parseSystem(text, path, validate.default);
  const own = await overlaid(base, boundaryFiles(read.system));
  holdAgainst(own, read, path);
  return { plan: plan(read.system, own), base: own };
}

/** A base with the user's boundary files over it. */
export async function overlaid<Base extends JudgingBase>(base: Base, files: readonly string[]): Promise<Base> {
  return files.length === 0 ? base : (await import('./own-boundary.js')).withOwnBoundary(base, files);
}

/** The boundary file a system names stands beside or below the system file; what the command line names outweighs it. */
const boundaryFilesOf = ({ boundary }: System, systemFile: string, given: readonly string[]): readonly string[] => [
  ...(boundary.data === undefined ? [] : [join(dirname(systemFile), boundary.data)]),
  ...given,
];

/** `rampart.yaml` of the current folder, if there is one. */
export async function defaultSystem(): Promise<string | undefined> {
  const { listFiles } = await import('#io/list-files.js');
  return listFiles([systemFile]).files.length > 0 ? systemFile : undefined;
}
