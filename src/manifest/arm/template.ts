import type { Lines } from '#model/position.js';
import type { Raw, RawEntry, RawMap } from '../yaml/tree.js';
import type { Expression } from './expression.js';
import type { Expressions } from './expressions.js';
import { refuse } from './fault.js';
import { entry, type Output, type Parameter, readOutput, readParameter, textOf } from './parameter.js';

/** The sections of a template, unevaluated. Names are in lower case, since Azure ignores it. */
export interface Template {
  parameters: ReadonlyMap<string, Parameter>;
  variables: ReadonlyMap<string, RawEntry>;
  /** `copy` of the variables: variable → `{count, input}`. */
  variableLoops: ReadonlyMap<string, RawMap>;
  resources: readonly Declared[];
  outputs: ReadonlyMap<string, Output>;
  /** Functions of the template's own, by `namespace.name`. */
  functions: ReadonlyMap<string, OwnFunction>;
  /** Parameter → the literals it is compared with: the values worth trying. */
  compared: ReadonlyMap<string, readonly string[]>;
}

export interface OwnFunction {
  parameters: readonly string[];
  output: Raw;
}

/** A resource as declared; `symbol` is its name in templates of language version 2.0. */
export interface Declared {
  symbol: string | undefined;
  raw: RawMap;
  at: number;
}

/** Whether a tree is a deployment template of any scope. */
export function isArmTemplate(tree: Raw): tree is RawMap {
  return /deploymentTemplate\.json#?$/i.test(textOf(entry(tree, '$schema')) ?? '');
}

/** Throws `RAMPART_ARM_*` (exit `input`) for a template whose sections do not have the shape Azure asks for. */
export function readTemplate(tree: RawMap, at: number, lines: Lines, expressions: Expressions): Template {
  const section = (name: string): RawMap | undefined => {
    const value = entry(tree, name);
    if (!value || isNull(value)) return undefined;
    if (value.kind !== 'map') throw refuse('RAMPART_ARM_SHAPE', `section ${name} must be an object`, value.at, lines);
    return value;
  };
  if (textOf(entry(tree, 'contentversion')) === undefined) {
    throw refuse('RAMPART_ARM_SHAPE', 'the template has no contentVersion', at, lines);
  }
  const resources = entry(tree, 'resources');
  if (!resources) throw refuse('RAMPART_ARM_SHAPE', 'the template has no resources', at, lines);
  const parameters = new Map<string, Parameter>();
  const definitions = section('definitions');
  for (const [name, { at, value }] of section('parameters')?.entries ?? []) {
    if (value.kind !== 'map') throw refuse('RAMPART_ARM_SHAPE', `parameter ${name} must be an object`, at, lines);
    parameters.set(name.toLowerCase(), readParameter(name, value, at, definitions));
  }
  const outputs = new Map<string, Output>();
  for (const [name, { at, value }] of section('outputs')?.entries ?? []) {
    if (value.kind === 'map') outputs.set(name.toLowerCase(), readOutput(name, value, at, definitions));
  }
  const variables = section('variables');
  const read = [...parameters.values()].flatMap((each) => each.default ?? []);
  const compared = comparedLiterals([...read, ...(variables ? [variables] : []), resources], expressions);
  return {
    parameters,
    ...readVariables(variables),
    resources: declared(resources, lines),
    outputs,
    functions: readFunctions(entry(tree, 'functions'), expressions),
    compared,
  };
}

/** `functions: [{namespace, members: {name: {parameters: [{name}], output: {value}}}}]`. */
function readFunctions(section: Raw | undefined, expressions: Expressions): Map<string, OwnFunction> {
  const functions = new Map<string, OwnFunction>();
  for (const each of section?.kind === 'seq' ? section.items : []) {
    const namespace = textOf(entry(each, 'namespace')) ?? '';
    const members = entry(each, 'members');
    for (const [name, { value }] of members?.kind === 'map' ? members.entries : []) {
      const output = entry(entry(value, 'output'), 'value');
      const given = entry(value, 'parameters');
      const parameters = given?.kind === 'seq' ? given.items.map((item) => textOf(entry(item, 'name')) ?? '') : [];
      if (!output) continue;
      // A fault in one is found before anything is judged.
      for (const _ of expressions.under(output));
      functions.set(`${namespace}.${name}`.toLowerCase(), {
        parameters: parameters.map((each) => each.toLowerCase()),
        output,
      });
    }
  }
  return functions;
}

const isNull = (raw: Raw): boolean => raw.kind === 'scalar' && raw.value === null;

const lowered = (entries: ReadonlyMap<string, RawEntry>): Map<string, RawEntry> =>
  new Map([...entries].map(([name, value]) => [name.toLowerCase(), value]));

function readVariables(section: RawMap | undefined): Pick<Template, 'variables' | 'variableLoops'> {
  const variables = lowered(section?.entries ?? new Map());
  const copy = variables.get('copy')?.value;
  const variableLoops = new Map<string, RawMap>();
  if (copy?.kind === 'seq') {
    variables.delete('copy');
    for (const { name, raw } of loopsIn(copy)) variableLoops.set(name.toLowerCase(), raw);
  }
  return { variables, variableLoops };
}

/** The loops of a `copy` list, `{name, count, input}` each, that say outright what they make. */
export function loopsIn(copy: Raw): { name: string; raw: RawMap }[] {
  if (copy.kind !== 'seq') return [];
  return copy.items.flatMap((raw) => {
    const name = textOf(entry(raw, 'name'));
    return raw.kind === 'map' && name !== undefined && !name.startsWith('[') ? [{ name, raw }] : [];
  });
}

/** The resources of a template or the children of a resource: a list, or an object of symbolic names. */
export function declared(raw: Raw, lines: Lines): Declared[] {
  if (isNull(raw)) return [];
  if (raw.kind === 'scalar') throw refuse('RAMPART_ARM_SHAPE', 'resources must be a list or an object', raw.at, lines);
  const rows =
    raw.kind === 'seq'
      ? raw.items.map((value) => ({ symbol: undefined, value, at: value.at }))
      : [...raw.entries].map(([symbol, { value, at }]) => ({ symbol, value, at }));
  return rows.map(({ symbol, value, at }) => {
    if (value.kind !== 'map') throw refuse('RAMPART_ARM_SHAPE', 'a resource must be an object', at, lines);
    return { symbol, raw: value, at };
  });
}

/** Which texts `equals` compares each parameter with. Reads every expression, and so finds those that cannot be read. */
function comparedLiterals(parts: readonly Raw[], expressions: Expressions): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, Set<string>>();
  const visit = (expression: Expression): void => {
    if (expression.kind === 'literal') return;
    if (expression.kind === 'member') {
      visit(expression.of);
      visit(expression.key);
      return;
    }
    if (expression.name.toLowerCase() === 'equals') note(expression.arguments, found);
    for (const argument of expression.arguments) visit(argument);
  };
  for (const part of parts) for (const expression of expressions.under(part)) visit(expression);
  return new Map([...found].map(([name, literals]) => [name, [...literals].sort()]));
}

function note(operands: readonly Expression[], found: Map<string, Set<string>>): void {
  const names = operands.map(parameterNamed);
  const literals = operands.map((each) => (each.kind === 'literal' ? each.value : undefined));
  const name = names[0] ?? names[1];
  const literal = literals[0] ?? literals[1];
  if (name === undefined || typeof literal !== 'string') return;
  found.set(name, (found.get(name) ?? new Set()).add(literal));
}

/** The parameter an expression is, in lower case. */
function parameterNamed(expression: Expression): string | undefined {
  if (expression.kind !== 'call' || expression.name.toLowerCase() !== 'parameters') return undefined;
  const [name] = expression.arguments;
  return name?.kind === 'literal' ? String(name.value).toLowerCase() : undefined;
}
