import type { Selection } from '#model/baseline.js';
import { RampartError } from '#model/error.js';
import { type GatePolicy, type OnUnknown, onUnknown, type Profile, type Thresholds } from '#model/gate.js';
import { type Category, categories, type Requirement } from '#model/requirement.js';
import { type Severity, severities } from '#model/severity.js';
import { orList, show, visible } from '#plan/show.js';
import { didYouMean } from '#plan/suggest.js';

/** What a command line says of what blocks, and of what is judged at all. */
export interface PolicyFlags {
  /** `high`, or `network=critical`. */
  'fail-on'?: readonly string[] | undefined;
  unknown?: string | undefined;
  /** Requirements to judge, by id; all when absent. */
  requirement?: readonly string[] | undefined;
}

interface Said {
  failOn?: Severity;
  unknown?: OnUnknown;
  categories: Partial<Record<Category, Severity>>;
}

/**
 * The thresholds of a run. A command line may be stricter than the system file; it may be looser only where the file says nothing.
 * Otherwise whoever edits a pipeline could undo what the system's owner decided, and nobody would see it in the file.
 */
export function thresholdsOf(stated: GatePolicy = {}, flags: PolicyFlags = {}): Thresholds {
  const said = spoken(flags);
  refuseLooser(stated, said);
  const every = { ...stated.categories, ...said.categories };
  const named = categories.filter((category) => every[category] !== undefined);
  return {
    failOn: stricter(stated.failOn, said.failOn) ?? 'low',
    unknown: said.unknown ?? stated.unknown ?? 'fail',
    categories: Object.fromEntries(
      named.map((category) => [
        category,
        stricter(stated.categories?.[category] ?? stated.failOn, said.categories[category] ?? said.failOn) ?? 'low',
      ]),
    ),
  };
}

const rank = (severity: Severity): number => severities.indexOf(severity);

/** The one that lets less by: `low` lets nothing by, `critical` all that is not critical. */
const stricter = (left: Severity | undefined, right: Severity | undefined): Severity | undefined =>
  left === undefined || (right !== undefined && rank(right) > rank(left)) ? right : left;

function refuseLooser(stated: GatePolicy, said: Said): void {
  const looser = (own: Severity | undefined, asked: Severity | undefined): boolean =>
    own !== undefined && asked !== undefined && rank(asked) < rank(own);
  if (looser(stated.failOn, said.failOn)) throw tooLoose(`--fail-on ${said.failOn}`, `failOn: ${stated.failOn}`);
  for (const category of categories) {
    const own = stated.categories?.[category] ?? stated.failOn;
    const asked = said.categories[category];
    if (looser(own, asked)) throw tooLoose(`--fail-on ${category}=${asked}`, `${own} for ${category}`);
  }
  if (stated.unknown === 'fail' && said.unknown === 'warn') throw tooLoose('--unknown warn', 'unknown: fail');
}

const tooLoose = (flag: string, stated: string): RampartError =>
  new RampartError(
    'RAMPART_LOOSER_THAN_SYSTEM',
    `${flag} is looser than the gate section of the system file (${stated})`,
    {
      exit: 'usage',
      next: 'Leave the flag out, or change the system file where its owner sees it.',
    },
  );

function spoken(flags: PolicyFlags): Said {
  const said: Said = { categories: {} };
  for (const word of flags['fail-on'] ?? []) {
    const [name = '', value, ...more] = word.split('=');
    if (more.length > 0) throw wrong(word, 'a severity or category=severity', '');
    if (value === undefined) {
      if (said.failOn !== undefined) throw wrong(word, 'needed: --fail-on was given twice', '');
      said.failOn = oneOf(name, severities, 'a severity');
    } else {
      const category = oneOf(name, categories, 'a category');
      if (said.categories[category] !== undefined) throw wrong(word, `needed: ${category} was given twice`, '');
      said.categories[category] = oneOf(value, severities, 'a severity');
    }
  }
  if (flags.unknown !== undefined) said.unknown = oneOf(flags.unknown, onUnknown, 'a way to treat unknowns');
  return said;
}

function oneOf<Name extends string>(word: string, options: readonly Name[], what: string): Name {
  const found = options.find((option) => option === word);
  if (found !== undefined) return found;
  throw wrong(word, what, `${didYouMean(word, options)} There are: ${orList(options)}.`);
}

const wrong = (word: string, what: string, help: string): RampartError =>
  new RampartError('RAMPART_THRESHOLD', `${show(word)} is not ${what}`, {
    exit: 'usage',
    next: `${help} Write --fail-on high, --fail-on network=critical, --unknown warn.`.trim(),
  });

/** The requirements a run is cut down to; undefined when it is not. Throws for one that does not exist or is not in the baseline. */
export function profileOf(
  ids: readonly string[] | undefined,
  requirements: readonly Requirement[],
  baseline: Selection,
): Profile | undefined {
  if (!ids || ids.length === 0) return undefined;
  const selected = new Set(baseline.controls);
  const within = requirements.filter(({ controls }) => controls.some(({ id }) => selected.has(id)));
  for (const id of ids) {
    if (within.some((each) => each.id === id)) continue;
    const exists = requirements.some((each) => each.id === id);
    const known = within.map((each) => each.id);
    throw new RampartError(
      'RAMPART_NO_REQUIREMENT',
      exists ? `${id} supports no control of ${baseline.id}` : `${visible(id)} is not a requirement`,
      {
        exit: 'usage',
        next: `${exists ? '' : didYouMean(id, known).trim()} rampart controls coverage --baseline ${baseline.id} lists them.`.trim(),
      },
    );
  }
  return { requirements: [...new Set(ids)].sort(), of: within.length };
}
