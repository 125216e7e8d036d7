import type { Scalar, Unknown, Value } from '#model/value.js';
import type { Raw, RawMap } from '../yaml/tree.js';

/** One entry of a template's `Parameters`. */
export interface Parameter {
  name: string;
  type: string;
  noEcho: boolean;
  default: string | undefined;
  allowed: readonly string[] | undefined;
  minLength: number;
  at: number;
}

/** One value a parameter may have: a known text, or everything the other options leave over. */
export type Option = { known: string } | { other: readonly string[] };

export function readParameter(name: string, raw: RawMap, at: number): Parameter {
  const text = (key: string): string | undefined => scalarText(raw.entries.get(key)?.value);
  const allowed = raw.entries.get('AllowedValues')?.value;
  return {
    name,
    type: text('Type') ?? 'String',
    noEcho: text('NoEcho')?.toLowerCase() === 'true',
    default: text('Default'),
    allowed: allowed?.kind === 'seq' ? allowed.items.map((item) => scalarText(item) ?? '') : undefined,
    minLength: Number(text('MinLength') ?? 0),
    at,
  };
}

/**
 * The values a parameter is to be tried with. `compared` are the literals conditions compare it with. A default is one
 * witness among others: it never stands for the values a deployer may give instead.
 */
export function optionsOf(parameter: Parameter, compared: readonly string[]): readonly Option[] {
  if (isLookedUp(parameter)) return [{ other: [] }];
  if (parameter.allowed) return parameter.allowed.map((known) => ({ known }));
  const known = new Set(compared);
  if (parameter.default !== undefined) known.add(parameter.default);
  const possible = [...known].filter((text) => mayBe(parameter, text));
  const excluded = mayBe(parameter, '') ? possible : [...possible, ''];
  return [...possible.map((text) => ({ known: text })), { other: excluded }];
}

/** AWS resolves these when the stack is deployed; the template's text is the name of the stored value, not the value. */
const isLookedUp = (parameter: Parameter): boolean => parameter.type.startsWith('AWS::SSM::Parameter::Value');

const isList = (parameter: Parameter): boolean =>
  parameter.type === 'CommaDelimitedList' || parameter.type.startsWith('List<');

const mayBe = (parameter: Parameter, text: string): boolean => {
  if (text !== '') return true;
  return parameter.minLength === 0 && (parameter.type === 'String' || isList(parameter));
};

/** The value `Ref` gives for one option. */
export function optionValue(parameter: Parameter, option: Option, at: number): Value {
  if ('other' in option) return otherValue(parameter, option.other, at);
  if (!isList(parameter)) return { kind: 'scalar', value: option.known, at };
  const items = option.known === '' ? [] : option.known.split(',');
  return { kind: 'list', items: items.map((item): Scalar => ({ kind: 'scalar', value: item.trim(), at })), at };
}

function otherValue(parameter: Parameter, not: readonly string[], at: number): Unknown {
  const settledBy = isLookedUp(parameter)
    ? `parameter ${parameter.name} (looked up in Systems Manager when the stack is deployed)`
    : `parameter ${parameter.name}`;
  return { kind: 'unknown', settledBy, not, at };
}

/** How one option reads in a finding; a NoEcho value is never shown. */
export function describeOption(parameter: Parameter, option: Option): string {
  if ('other' in option) return option.other.length > 0 ? 'another value' : 'any value';
  return parameter.noEcho ? 'one of its known values' : JSON.stringify(option.known);
}

export function scalarText(raw: Raw | undefined): string | undefined {
  if (raw?.kind !== 'scalar' || raw.value === null) return undefined;
  return String(raw.value);
}
