import { namesSecret } from '#model/secret-name.js';
import { spellsSecret } from '#model/secret-text.js';
import type { Unknown } from '#model/value.js';
import type { Raw } from '../yaml/tree.js';
import type { GivenParameters } from './given.js';
import type { Parameter } from './parameter.js';

/** One value a parameter is tried with: a known one, or everything but the texts in `not`. */
export interface Option {
  known?: Raw;
  not: readonly string[];
  /** How it reads in a finding. */
  words: string;
}

/**
 * The values a parameter is to be tried with. `compared` are the texts it is compared with. A default is one witness among
 * others: it never stands for the values a deployer may give instead.
 */
export function optionsOf(parameter: Parameter, compared: readonly string[]): readonly Option[] {
  if (parameter.allowed) return parameter.allowed.map((known) => ({ known, not: [], words: wordsOf(known) }));
  const options: Option[] = [];
  const texts = new Set<string>();
  if (parameter.default) {
    options.push({ known: parameter.default, not: [], words: defaultOf(parameter, parameter.default) });
    if (isPlain(parameter.default)) texts.add(String(parameter.default.value));
  }
  for (const text of parameter.type === 'string' ? compared : []) {
    if (texts.has(text)) continue;
    texts.add(text);
    options.push({ known: { kind: 'scalar', value: text, at: parameter.at }, not: [], words: JSON.stringify(text) });
  }
  const words = options.length > 0 ? 'another value' : 'any value';
  return [...options, { not: [...texts], words }];
}

/** A scalar that stands for itself. */
const isPlain = (raw: Raw): raw is Extract<Raw, { kind: 'scalar' }> =>
  raw.kind === 'scalar' && raw.value !== null && !(typeof raw.value === 'string' && raw.value.startsWith('['));

/** What the parameter's name says is a secret is not shown. */
const defaultOf = ({ name }: Parameter, known: Raw): string =>
  namesSecret(name) && isPlain(known) && spellsSecret(String(known.value)) ? 'its default' : wordsOf(known);

function wordsOf(known: Raw): string {
  if (!isPlain(known)) return 'its default';
  const text = JSON.stringify(known.value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** What a parameter is when none of its known values is meant. */
export function optionValue(parameter: Parameter, named: string, not: readonly string[], at: number): Unknown {
  const never = parameter.minLength > 0 ? [...new Set([...not, ''])] : not;
  return {
    kind: 'unknown',
    settledBy: named,
    shown: true,
    ...(never.length > 0 ? { not: never } : {}),
    ...(parameter.nullable ? { maybeAbsent: true as const } : {}),
    at,
  };
}

/** What a parameters file gives, as the parameter's type; undefined where it gives nothing. */
export function givenValue(parameter: Parameter, { values, texts }: GivenParameters): unknown {
  const value = own(values, parameter.name);
  if (value !== undefined) return value;
  const text = own(texts, parameter.name);
  if (text === undefined) return undefined;
  if (parameter.type === 'bool' && /^(?:true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  if (parameter.type === 'int' && /^-?\d{1,15}$/.test(text)) return Number(text);
  if (parameter.type === 'array' || parameter.type === 'object') return parsed(text);
  return text;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function own<Kind>(record: Readonly<Record<string, Kind>>, name: string): Kind | undefined {
  const key = Object.keys(record).find((each) => each.toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : record[key];
}
