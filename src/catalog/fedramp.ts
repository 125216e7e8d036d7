import { controlIdOf } from '#model/control.js';
import type { CertificationClass, FedrampRules, Force, Indicator, Rule } from '#model/fedramp-rules.js';
import { below, fields, isFields, member, optionalText, type Place, text, wrongShape } from './shape.js';

/** Class → OSCAL parameter id → assigned value. */
export type ClassParameters = Readonly<Record<'b' | 'c' | 'd', Readonly<Record<string, readonly string[]>>>>;

const classes = ['a', 'b', 'c', 'd'] as const;
const forces: readonly string[] = ['MUST', 'MUST NOT', 'SHOULD', 'SHOULD NOT', 'MAY'];

export const isConsolidatedRules = (document: unknown): boolean =>
  isFields(member(document, 'FRR')) && isFields(member(document, 'KSI')) && isFields(member(document, 'info'));

/** The facts of FedRAMP's consolidated-rules file, in its own order. */
export function readConsolidatedRules(
  file: string,
  document: unknown,
): { rules: FedrampRules; parameters: ClassParameters } {
  const place = { file, pointer: '' };
  const info = below(place, 'info');
  const families: Record<string, string> = {};
  const rules: Rule[] = [];
  for (const [family, body, at] of entries(member(document, 'FRR'), below(place, 'FRR'))) {
    families[family] = text(member(member(body, 'info'), 'name'), below(at, 'info', 'name'));
    for (const [appliesTo, subsets, where] of entries(member(body, 'data'), below(at, 'data'))) {
      if (appliesTo !== 'all' && appliesTo !== 'rev5' && appliesTo !== '20x')
        throw wrongShape(where, 'all, rev5 or 20x');
      for (const [, subset, there] of entries(subsets, where)) {
        for (const [id, rule, here] of entries(subset, there)) {
          const name = text(member(rule, 'name'), below(here, 'name'));
          const months = monthsIn(rule);
          rules.push({ id, name, appliesTo, force: forceIn(rule, here), ...(months ? { months } : {}) });
        }
      }
    }
  }
  return {
    rules: {
      version: text(member(member(document, 'info'), 'version'), below(info, 'version')),
      date: text(member(member(document, 'info'), 'last_updated'), below(info, 'last_updated')),
      source: file,
      indicators: indicatorsIn(member(document, 'KSI'), below(place, 'KSI')),
      families,
      rules,
    },
    parameters: parametersIn(member(document, 'CTL'), below(place, 'CTL')),
  };
}

/** How many months back each class has to show its metrics: only the sentence of a rule says it. */
function monthsIn(rule: unknown): Rule['months'] | undefined {
  const byClass = member(rule, 'varies_by_class');
  const months = Object.fromEntries(
    classes.flatMap((letter) => {
      const said = /historical metrics[^.]*\bpast (\d{1,3}) months\b/.exec(
        String(member(member(byClass, letter), 'statement')),
      );
      return said ? [[letter, Number(said[1])]] : [];
    }),
  );
  return Object.keys(months).length > 0 ? months : undefined;
}

function forceIn(rule: unknown, place: Place): Rule['force'] {
  const read = (value: unknown, at: Place): Force => {
    const word = text(member(value, 'force'), below(at, 'force'));
    if (!forces.includes(word)) throw wrongShape(below(at, 'force'), `one of ${forces.join(', ')}`);
    return word as Force;
  };
  const byClass = member(rule, 'varies_by_class');
  if (byClass === undefined) return read(rule, place);
  const at = below(place, 'varies_by_class');
  return Object.fromEntries(
    entries(byClass, at).map(([name, body, where]) => [classNamed(name, where), read(body, where)]),
  );
}

function indicatorsIn(themes: unknown, place: Place): Indicator[] {
  return entries(themes, place).flatMap(([, theme, at]) =>
    entries(member(theme, 'indicators'), below(at, 'indicators')).map(([id, body, where]): Indicator => {
      const byClass = member(body, 'varies_by_class');
      const controls = member(body, 'controls') ?? [];
      if (!Array.isArray(controls)) throw wrongShape(below(where, 'controls'), 'a list');
      return {
        id,
        theme: text(member(theme, 'name'), below(at, 'name')),
        name: text(member(body, 'name'), below(where, 'name')),
        classes: byClass === undefined ? 'all' : shownBy(byClass, below(where, 'varies_by_class')),
        controls: controls.map(String),
      };
    }),
  );
}

/** The publisher marks an indicator a class may leave out at the start of its sentence. */
const shownBy = (byClass: unknown, place: Place): Indicator['classes'] =>
  Object.fromEntries(
    entries(byClass, place).map(([name, body, where]) => [
      classNamed(name, where),
      /^\W*optional\b/i.test(optionalText(member(body, 'statement')) ?? '') ? 'optional' : 'required',
    ]),
  );

function parametersIn(families: unknown, place: Place): ClassParameters {
  const found = { b: {}, c: {}, d: {} } as Record<'b' | 'c' | 'd', Record<string, readonly string[]>>;
  for (const [, family, at] of entries(families, place)) {
    for (const [name, control, where] of entries(family, at)) {
      if (controlIdOf(name) === undefined && oscalId(name) === undefined) throw wrongShape(where, 'a control');
      for (const letter of ['b', 'c', 'd'] as const) {
        const varied = member(member(control, 'varies_by_class'), letter);
        const given = member(control, 'parameters') ?? member(varied, 'parameters') ?? [];
        if (!Array.isArray(given)) throw wrongShape(below(where, 'parameters'), 'a list');
        for (const one of given) {
          const id = text(member(one, 'parameterId'), below(where, 'parameters'));
          found[letter][id] = [text(member(one, 'value'), below(where, 'parameters'))];
        }
      }
    }
  }
  return found;
}

/** `ac-6.1` of the rules' `AC-06-01`. */
function oscalId(name: string): string | undefined {
  const match = /^([A-Z]{2})-(\d+)(?:-(\d+))?$/.exec(name);
  if (!match) return undefined;
  const [, family = '', number, enhancement] = match;
  return `${family.toLowerCase()}-${Number(number)}${enhancement ? `.${Number(enhancement)}` : ''}`;
}

function classNamed(name: string, place: Place): CertificationClass {
  const found = classes.find((each) => each === name);
  if (found) return found;
  throw wrongShape(place, 'a class: a, b, c or d');
}

/** Members of an object with the place of each; names that would reach the prototype are refused with the rest of the shape. */
function entries(value: unknown, place: Place): [string, unknown, Place][] {
  if (value === undefined) return [];
  return Object.entries(fields(value, place)).map(([key, item]) => {
    if (key === '__proto__') throw wrongShape(below(place, key), 'a name that is not __proto__');
    return [key, item, below(place, key)];
  });
}
