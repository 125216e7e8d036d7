import { namesSecret } from '#model/secret-name.js';
import { spellsSecret } from '#model/secret-text.js';
import type { Scalar, Unknown, Value } from '#model/value.js';
import type { Raw, RawMap } from '../yaml/tree.js';
import { flat, secrecy, unknown } from './open.js';
import { quotes, refuses, wildcards } from './quotes.js';
import type { Ruled } from './rules.js';

/** One entry of a template's `Parameters`. */
export interface Parameter {
  name: string;
  type: string;
  noEcho: boolean;
  default: string | undefined;
  allowed: readonly string[] | undefined;
  minLength: number;
  /** A pattern its values match says that it is never empty. */
  neverEmpty: boolean;
  /** Values that stand for all, where that pattern leaves digests only. */
  samples?: readonly string[] | undefined;
  /** Its type or pattern leaves no quotes and backslashes. */
  quoteless: boolean;
  /** Its type or pattern leaves no wildcards of policies. */
  literal: boolean;
  at: number;
}

/** One value a parameter may have: a known text, or everything the other options leave over. */
export type Option = { known: string } | { other: readonly string[] };

export function readParameter(name: string, raw: RawMap, at: number): Parameter {
  const text = (key: string): string | undefined => scalarText(raw.entries.get(key)?.value);
  const allowed = raw.entries.get('AllowedValues')?.value;
  const pattern = text('AllowedPattern');
  const type = text('Type') ?? 'String';
  return {
    name,
    type,
    noEcho: text('NoEcho')?.toLowerCase() === 'true',
    default: text('Default'),
    allowed: allowed?.kind === 'seq' ? allowed.items.map((item) => scalarText(item) ?? '') : undefined,
    minLength: Number(text('MinLength') ?? 0),
    neverEmpty: refusesEmpty(pattern),
    samples: digestsOf(pattern),
    quoteless: isIdentifier.test(type) || (type === 'String' && refuses(pattern, quotes)),
    literal: isIdentifier.test(type) || (type === 'String' && refuses(pattern, wildcards)),
    at,
  };
}

/** Numbers, and what AWS holds to be the id of a thing of the account: a name may hold anything. */
const isIdentifier =
  /^(?:(?:AWS::SSM::Parameter::Value<)?(?:List<)?AWS::(?:EC2|Route53)::[A-Za-z]+::Id>{0,2}|(?:List<)?Number>?)$/;

/**
 * A pattern such as `^[0-9a-f]{64}$` leaves hexadecimal numbers of one length, which no requirement tells apart when they are as long as a
 * digest. Shorter ones and decimal numbers may be an account or a port, of which some are right and some wrong.
 */
function digestsOf(pattern: string | undefined): readonly string[] | undefined {
  const length = Number(/^\^?\[(?:0-9a-f|a-f0-9|0-9a-fA-F|a-fA-F0-9)\]\{(\d{2,3})\}\$?$/.exec(pattern ?? '')?.[1] ?? 0);
  if (length < 32 || length > 128) return undefined;
  return ['0f3c6e1a5b9d2784', 'b7a1d2c483e6509f'].map((digits) => digits.repeat(8).slice(0, length));
}

/**
 * The values a parameter is to be tried with. `compared` are the literals conditions compare it with. A default is one
 * witness among others: it never stands for the values a deployer may give instead.
 */
export function optionsOf(parameter: Parameter, compared: readonly string[], ruled?: Ruled): readonly Option[] {
  if (isLookedUp(parameter)) return [{ other: [] }];
  const never = ruled?.never ?? [];
  const allowed = parameter.allowed && ruled?.among ? both(parameter.allowed, ruled.among) : ruled?.among;
  const among = (allowed ?? parameter.allowed)?.filter((text) => !never.includes(text));
  // Values that contradict each other leave nothing to deploy: then nothing is taken for granted.
  if (among && among.length > 0) return [...among, ...listsOf(parameter, among)].map((known) => ({ known }));
  const known = new Set(compared);
  if (parameter.default !== undefined) known.add(parameter.default);
  const possible = [...known].filter((text) => mayBe(parameter, text) && !never.includes(text));
  const excluded = mayBe(parameter, '') ? [...possible, ...never] : [...possible, ...never, ''];
  return [...possible.map((text) => ({ known: text })), { other: excluded }];
}

/** Of a list each item is held against the values allowed: beside one of them, several may be given. */
function listsOf(parameter: Parameter, among: readonly string[]): readonly string[] {
  if (!isList(parameter) || among.length < 2) return [];
  const given = parameter.default?.split(',').map((item) => item.trim()) ?? [];
  const lists =
    given.length > 1 && given.every((item) => among.includes(item))
      ? [given.join(','), among.join(',')]
      : [among.join(',')];
  return [...new Set(lists)];
}

const both = (one: readonly string[], other: readonly string[]): readonly string[] =>
  one.filter((text) => other.includes(text));

/** An empty text cannot make a pattern of somebody else's back-track. */
function refusesEmpty(pattern: string | undefined): boolean {
  if (pattern === undefined) return false;
  try {
    return !new RegExp(`^(?:${pattern})$`).test('');
  } catch {
    return false;
  }
}

/** AWS resolves these when the stack is deployed; the template's text is the name of the stored value, not the value. */
export const isLookedUp = (parameter: Parameter): boolean => parameter.type.startsWith('AWS::SSM::Parameter::Value');

const isList = (parameter: Parameter): boolean =>
  parameter.type === 'CommaDelimitedList' || parameter.type.startsWith('List<');

const mayBe = (parameter: Parameter, text: string): boolean => {
  if (text !== '') return true;
  return parameter.minLength === 0 && !parameter.neverEmpty && (parameter.type === 'String' || isList(parameter));
};

/** The value `Ref` gives for one option. */
export function optionValue(parameter: Parameter, option: Option, at: number): Value {
  if ('other' in option) return otherValue(parameter, option.other, at);
  const secret = {
    ...(isHidden(parameter, option.known) ? { sensitive: true as const } : {}),
    ...hiding(parameter),
  };
  if (!isList(parameter)) return { kind: 'scalar', value: option.known, at, ...secret };
  return {
    kind: 'list',
    // Of nothing CloudFormation makes a list with an empty text in it, whose length is one.
    items: option.known.split(',').map((item): Scalar => ({ kind: 'scalar', value: item.trim(), at, ...secret })),
    at,
  };
}

/** The value of a parameter the user gives: of one that is looked up, only the name of what is stored. */
export function asGiven(parameter: Parameter, text: string, at: number): Value {
  if (isLookedUp(parameter)) return otherValue(parameter, [], at);
  const value = optionValue(parameter, { known: text }, at);
  // What the template itself spells out is no less spelt out when somebody chooses it.
  const isSpelt = parameter.default === text || parameter.allowed?.includes(text);
  return parameter.noEcho && !isSpelt ? marked(value, { given: true }) : value;
}

/** A text, or each item of a list. */
function marked(value: Value, marks: Pick<Scalar, 'sensitive' | 'given' | 'hidden'>): Value {
  if (value.kind === 'list') return { ...value, items: value.items.map((item) => marked(item, marks)) };
  return value.kind === 'scalar' ? { ...value, ...marks } : value;
}

/** The value of a parameter where nothing hides it: as if the template spelt out what somebody gives. */
export function bared(value: Value): Value {
  if (value.kind === 'list') return { ...value, items: value.items.map(bared) };
  if (value.kind === 'unknown') return { ...value, shown: true };
  if (value.kind !== 'scalar') return value;
  const { given, ...shown } = value;
  return shown;
}

/** Whether a value is never shown: the template says so, or its name does and it has no list of values to choose from. */
const isHidden = (parameter: Parameter, text: string): boolean =>
  parameter.noEcho || (!parameter.allowed && namesSecret(parameter.name) && spellsSecret(text));

/**
 * What `NoEcho` hides is a secret, whatever it is called; only a choice among words and what names a thing are none: SageMaker asks for
 * `NoEcho` of the name and id of a project, and users of databases are hidden beside their passwords.
 */
export const holdsSecret = (parameter: Parameter): boolean => hiding(parameter).hidden === true;

function hiding({ noEcho, name, allowed }: Parameter): Pick<Scalar, 'hidden'> {
  if (!noEcho || (allowed && !allowed.some(spellsSecret))) return {};
  const namesThing = /(?:Name|name|NAME|Id|ID|_id|Arn|ARN|_arn|User|USER|_user)$/.test(name);
  return { hidden: namesThing && !namesSecret(name) ? 'by-name' : true };
}

/** The value of a parameter a parent stack passes. */
export function asPassed(parameter: Parameter, value: Value, at: number): Value {
  if (isLookedUp(parameter)) return otherValue(parameter, [], at);
  if (value.kind === 'scalar') {
    const passed = optionValue(parameter, { known: String(value.value ?? '') }, at);
    return value.sensitive ? marked(passed, secrecy(value)) : passed;
  }
  const what = `parameter ${parameter.name} of a nested stack`;
  if (isList(parameter)) {
    if (value.kind === 'text') return unknown(what, at);
    return value.kind === 'dict' ? unknown(what, at) : { ...value, at };
  }
  if (value.kind === 'list') return flat(value, at);
  if (value.kind === 'dict') return unknown(what, at);
  return holdsSecret(parameter) ? concealed({ ...value, at }) : { ...value, at };
}

/** What comes from a parent, in a parameter that is never shown. */
function concealed(value: Value): Value {
  if (value.kind === 'unknown') return { ...value, hidden: true };
  return value.kind === 'text' ? { ...value, sensitive: true } : value;
}

function otherValue(parameter: Parameter, not: readonly string[], at: number): Unknown {
  const settledBy = isLookedUp(parameter)
    ? `parameter ${parameter.name} (looked up in Systems Manager when the stack is deployed)`
    : `parameter ${parameter.name}`;
  const hides: Pick<Unknown, 'shown' | 'hidden'> = {
    ...(parameter.noEcho ? {} : { shown: true }),
    ...hiding(parameter),
  };
  const { samples } = parameter;
  if (samples) return { kind: 'unknown', settledBy, not, samples, ...hides, at };
  const form: Pick<Unknown, 'quoteless' | 'literal'> = {
    ...(parameter.quoteless ? { quoteless: true } : {}),
    ...(parameter.literal ? { literal: true } : {}),
  };
  return { kind: 'unknown', settledBy, not: parameter.literal ? [...not, '*'] : not, ...form, ...hides, at };
}

/** How one option reads in a finding; a secret is never shown. */
export function describeOption(parameter: Parameter, option: Option): string {
  if ('other' in option) return option.other.length > 0 ? 'another value' : 'any value';
  return isHidden(parameter, option.known) ? 'one of its known values' : JSON.stringify(option.known);
}

export function scalarText(raw: Raw | undefined): string | undefined {
  if (raw?.kind !== 'scalar' || raw.value === null) return undefined;
  return String(raw.value);
}
