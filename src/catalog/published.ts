import type { ControlBase } from '#model/base.js';
import type { Baseline, Impact } from '#model/baseline.js';
import type { Control } from '#model/control.js';
import { RampartError } from '#model/error.js';
import type { FedrampRules } from '#model/fedramp-rules.js';
import { type ClassParameters, isConsolidatedRules, readConsolidatedRules } from './fedramp.js';
import { controlFacts, type OscalControl } from './oscal-catalog.js';
import { insertionsOf, proseOf } from './prose.js';
import { type Open, type Resolved, resolve } from './resolve.js';
import { below, fields, list, member, optionalText, text } from './shape.js';

/** Control data beside what is shipped: what `controls import` writes and every command takes with `--controls`. */
export interface ControlData {
  format: 'rampart-controls-1';
  /** What it was made from, with version and date. */
  source: string;
  controls: readonly (Control & { prose?: string })[];
  baselines: readonly Baseline[];
  rules?: FedrampRules;
}

export interface Naming {
  /** Id of the baseline a profile becomes. */
  id: string;
  impact?: Impact;
}

/** Reads what a publisher issues: an OSCAL catalog or profile, or FedRAMP's consolidated rules. */
export function readPublished(
  file: string,
  document: unknown,
  open: Open,
  naming: Naming,
  base: ControlBase,
): ControlData {
  if (isConsolidatedRules(document)) return rulesAsData(file, document, base);
  const kind = ['profile', 'catalog'].find((name) => member(document, name) !== undefined);
  if (!kind) throw unknownDocument(file);
  const place = { file, pointer: `/${kind}` };
  const metadata = fields(member(member(document, kind), 'metadata'), below(place, 'metadata'));
  const title = text(metadata.title, below(place, 'metadata', 'title'));
  const version = optionalText(metadata.version) ?? 'no version';
  const date = text(metadata['last-modified'], below(place, 'metadata', 'last-modified')).slice(0, 10);
  const resolved = resolve(file, document, open);
  return {
    format: 'rampart-controls-1',
    source: `${title} ${version} (${date})`,
    controls: [...resolved.controls].map(([id, control]) => withProse(id, control, resolved)).sort(byId),
    baselines:
      kind === 'profile' ? [baselineFrom(resolved, naming, { title, source: `${title} ${version}`, date })] : [],
  };
}

function withProse(id: string, control: OscalControl, { parameters }: Resolved): Control & { prose?: string } {
  const params = list(control.fields.params, below(control.place, 'params'));
  const prose = proseOf(control.fields, control.place, insertionsOf(params, parameters));
  return { ...controlFacts(id, control), ...(prose ? { prose } : {}) };
}

const baselineFrom = (
  { ids, parameters }: Resolved,
  { id, impact }: Naming,
  said: Pick<Baseline, 'title' | 'source' | 'date'>,
): Baseline => ({
  id,
  ...said,
  ...(impact ? { impact } : {}),
  controls: [...ids].sort(),
  parameters: Object.fromEntries([...parameters].sort(([left], [right]) => (left < right ? -1 : 1))),
});

/** The rules replace the shipped ones, and with them what they say of the classes: parameters and indicators. */
function rulesAsData(file: string, document: unknown, base: ControlBase): ControlData {
  const { rules, parameters } = readConsolidatedRules(file, document);
  const source = `FedRAMP Consolidated Rules ${rules.version}`;
  return {
    format: 'rampart-controls-1',
    source: `${source} (${rules.date})`,
    controls: [],
    baselines: base.baselines.flatMap((baseline) => {
      const letter = /^fedramp-class-([bcd])$/.exec(baseline.id)?.[1] as keyof ClassParameters | undefined;
      return letter ? [ofClass(baseline, letter, rules, parameters[letter], source)] : [];
    }),
    rules,
  };
}

function ofClass(
  baseline: Baseline,
  letter: keyof ClassParameters,
  rules: FedrampRules,
  parameters: ClassParameters[keyof ClassParameters],
  source: string,
): Baseline {
  const selects = (parameter: string): boolean => {
    const control = parameter.replace(/_.*$/, '').replace(/([-.])0+(?=\d)/g, '$1');
    return baseline.controls.includes(control);
  };
  const shown = rules.indicators.flatMap(({ id, classes }) => {
    const force = classes === 'all' ? 'required' : classes[letter];
    return force ? [[id, force] as const] : [];
  });
  return {
    ...baseline,
    source,
    date: rules.date,
    parameters: Object.fromEntries(
      Object.entries(parameters)
        .filter(([id]) => selects(id))
        .sort(([left], [right]) => (left < right ? -1 : 1)),
    ),
    indicators: Object.fromEntries(shown),
  };
}

const byId = (left: Control, right: Control): number => (left.id < right.id ? -1 : 1);

const unknownDocument = (file: string): RampartError =>
  new RampartError('RAMPART_CATALOG_UNKNOWN', `${file} is no OSCAL catalog or profile and not FedRAMP’s rules.`, {
    exit: 'input',
    next: 'Give the publisher’s JSON file; other forms of OSCAL (XML, YAML) have to be converted first.',
    position: { file, line: 1, column: 1 },
  });
