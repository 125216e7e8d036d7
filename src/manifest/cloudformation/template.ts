import { RampartError } from '#model/error.js';
import type { Lines } from '#model/position.js';
import type { Raw, RawEntry, RawMap } from '../yaml/tree.js';
import { macroOf } from './macro.js';
import { describeOption, type Option, optionsOf, type Parameter, readParameter, scalarText } from './parameter.js';
import { type Ruled, ruledParameters } from './rules.js';

/** The sections of a template, unevaluated. */
export interface Template {
  lines: Lines;
  at: number;
  parameters: ReadonlyMap<string, Parameter>;
  conditions: ReadonlyMap<string, RawEntry>;
  mappings: ReadonlyMap<string, RawEntry>;
  outputs: ReadonlyMap<string, RawEntry>;
  resources: ReadonlyMap<string, Declared>;
  /** Names of transforms that may rewrite any resource. */
  macros: readonly string[];
  /** Entries of `Resources` that are no resources by themselves, such as `Fn::ForEach::…`. */
  loops: readonly { what: string; at: number }[];
  /** Parameter → the values it is to be tried with, and how each reads in a finding. */
  options: ReadonlyMap<string, { values: readonly Option[]; words: readonly string[] }>;
}

/** A resource as the template declares it. */
export type Declared = RawEntry & {
  value: RawMap;
  /** The open list of a loop it stands for every turn of; where the list is empty, it is not there. */
  each?: string;
};

/** Transforms AWS publishes that leave resources of other services as they are written. */
const harmlessTransforms =
  /^AWS::(?:Serverless-2016-10-31|LanguageExtensions|CodeDeployBlueGreen|SecretsManager-\d{4}-\d\d-\d\d)$/;

/** Whether a tree looks like a CloudFormation template at all. */
export function isTemplate(tree: Raw): tree is RawMap {
  if (tree.kind !== 'map') return false;
  if (tree.entries.has('AWSTemplateFormatVersion')) return true;
  const resources = tree.entries.get('Resources')?.value;
  if (resources?.kind !== 'map') return false;
  return [...resources.entries].some(([name, { value }]) => {
    if (name.startsWith('Fn::ForEach::') || name === 'Fn::Transform') return true;
    const type = value.kind === 'map' ? scalarText(value.entries.get('Type')?.value) : undefined;
    return type !== undefined && /^[A-Za-z0-9]+::\S+$/.test(type);
  });
}

/** Throws `RAMPART_CFN_*` (exit `input`) for a template whose sections do not have the shape CloudFormation asks for. */
export function readTemplate(tree: RawMap, lines: Lines): Template {
  const section = (name: string): ReadonlyMap<string, RawEntry> => {
    const entry = tree.entries.get(name);
    if (!entry || (entry.value.kind === 'scalar' && entry.value.value === null)) return new Map();
    if (entry.value.kind !== 'map') throw refuse(`section ${name} must be a mapping`, entry.at, lines);
    return entry.value.entries;
  };
  const parameters = new Map<string, Parameter>();
  for (const [name, entry] of section('Parameters')) {
    if (entry.value.kind !== 'map') throw refuse(`parameter ${name} must be a mapping`, entry.at, lines);
    parameters.set(name, readParameter(name, entry.value, entry.at));
  }
  const conditions = section('Conditions');
  const { resources, loops } = readResources(section('Resources'), lines);
  return {
    lines,
    at: tree.at,
    parameters,
    conditions,
    mappings: section('Mappings'),
    outputs: section('Outputs'),
    resources,
    macros: transformNames(tree).filter((name) => !harmlessTransforms.test(name)),
    loops,
    options: optionsOfAll(parameters, comparedLiterals(conditions), ruledParameters(section('Rules'))),
  };
}

function optionsOfAll(
  parameters: ReadonlyMap<string, Parameter>,
  compared: ReadonlyMap<string, readonly string[]>,
  ruled: ReadonlyMap<string, Ruled>,
): Template['options'] {
  const options = new Map<string, { values: readonly Option[]; words: readonly string[] }>();
  for (const parameter of parameters.values()) {
    const values = optionsOf(parameter, compared.get(parameter.name) ?? [], ruled.get(parameter.name));
    options.set(parameter.name, { values, words: values.map((value) => describeOption(parameter, value)) });
  }
  return options;
}

function readResources(entries: ReadonlyMap<string, RawEntry>, lines: Lines): Pick<Template, 'resources' | 'loops'> {
  const resources = new Map<string, Declared>();
  const loops: { what: string; at: number }[] = [];
  for (const [name, { at, value }] of entries) {
    if (name.startsWith('Fn::')) loops.push({ what: name, at });
    else if (value.kind !== 'map') throw refuse(`resource ${name} must be a mapping`, at, lines);
    else if (scalarText(value.entries.get('Type')?.value) === undefined) {
      throw refuse(`resource ${name} has no Type`, at, lines);
    } else resources.set(name, { at, value });
  }
  return { resources, loops };
}

function transformNames(tree: RawMap): string[] {
  const names: string[] = [];
  const collect = (raw: Raw | undefined): void => {
    if (raw?.kind === 'seq') for (const item of raw.items) collect(item);
    else if (raw?.kind === 'map') names.push(scalarText(raw.entries.get('Name')?.value) ?? 'a macro');
    else if (raw?.kind === 'scalar' && typeof raw.value === 'string') names.push(raw.value);
  };
  collect(tree.entries.get('Transform')?.value);
  if (tree.entries.has('Fn::Transform')) names.push('Fn::Transform');
  // A macro called in a section may write what else stands there.
  for (const [section, { value }] of tree.entries) {
    const called = value.kind === 'map' && section !== 'Resources' ? value.entries.get('Fn::Transform') : undefined;
    const name = called && macroOf(called.value);
    if (name !== undefined) names.push(name);
  }
  return names;
}

/** Which literals `Fn::Equals` compares each parameter with, over all conditions: the values worth trying. */
function comparedLiterals(conditions: ReadonlyMap<string, RawEntry>): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, Set<string>>();
  const visit = (raw: Raw, depth: number): void => {
    if (depth > 50 || raw.kind === 'scalar') return;
    if (raw.kind === 'seq') {
      for (const item of raw.items) visit(item, depth + 1);
      return;
    }
    for (const [name, { value }] of raw.entries) {
      if (name === 'Fn::Equals' && value.kind === 'seq') note(value.items, found);
      visit(value, depth + 1);
    }
  };
  for (const { value } of conditions.values()) visit(value, 0);
  return new Map([...found].map(([name, literals]) => [name, [...literals].sort()]));
}

function note(operands: readonly Raw[], found: Map<string, Set<string>>): void {
  const names = operands.map((raw) => (raw.kind === 'map' ? scalarText(raw.entries.get('Ref')?.value) : undefined));
  const literals = operands.map((raw) => (raw.kind === 'scalar' ? String(raw.value ?? '') : undefined));
  const name = names[0] ?? names[1];
  const literal = literals[0] ?? literals[1];
  if (name === undefined || literal === undefined) return;
  const set = found.get(name) ?? new Set();
  found.set(name, set.add(literal));
}

export function refuse(message: string, at: number, lines: Lines): RampartError {
  return new RampartError('RAMPART_CFN_SHAPE', message, {
    exit: 'input',
    next: 'Mend the template there; `cfn-lint` explains the shape CloudFormation asks for.',
    position: lines.position(at),
  });
}
