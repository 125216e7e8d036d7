import type { Value } from '#model/value.js';
import { LooseDict } from '../dict.js';
import type { Call, Expression } from '../expression.js';
import type { Scope } from '../scope.js';
import { placed, scalar } from '../values.js';
import { mostItems, type Place, settledLater } from './function.js';

/** A function one of whose arguments is a `lambda(…)`; undefined for what it cannot follow. */
type Follows = (of: Value, lambdas: readonly Lambda[], rest: readonly Value[], place: Place) => Value | undefined;

/** `lambda('a', 'b', body)`, asked with the values of its variables; `turn` tells one asking from the next. */
interface Lambda {
  scopeOf(values: readonly Value[], turn: string): Scope;
  body: Expression;
}

const ask = ({ scopeOf, body }: Lambda, values: readonly Value[], turn: number | string, at: number): Value =>
  scopeOf(values, String(turn)).evaluate(body, at);

/** What a call with a lambda gives; undefined for any other function. */
export function withLambda(expression: Call, at: number, scope: Scope): Value | undefined {
  const follows = functions.get(expression.name.toLowerCase());
  if (!follows) return undefined;
  const lambdas: Lambda[] = [];
  const rest: Value[] = [];
  for (const argument of expression.arguments) {
    const lambda = lambdaOf(argument, expression, scope);
    if (lambda) lambdas.push(lambda);
    else rest.push(scope.evaluate(argument, at));
  }
  const [of] = rest;
  const place: Place = { call: expression, at, scope };
  const known = of && lambdas.length > 0 ? follows(of, lambdas, rest, place) : undefined;
  return placed(known ?? settledLater(rest, place), at);
}

function lambdaOf(argument: Expression, call: Call, scope: Scope): Lambda | undefined {
  if (argument.kind !== 'call' || argument.name.toLowerCase() !== 'lambda') return undefined;
  const body = argument.arguments.at(-1);
  const names = argument.arguments.slice(0, -1).map((each) => (each.kind === 'literal' ? String(each.value) : ''));
  if (!body) return undefined;
  return {
    body,
    scopeOf: (values, turn) =>
      scope.withVariables(
        names.flatMap((name, index) => (values[index] ? [[name, values[index]] as const] : [])),
        `item ${turn} of ${call.name}`,
      ),
  };
}

/** Each item with its number, as a lambda of one or two variables takes it. */
const turnsOf = (items: readonly Value[], at: number): (readonly [Value, Value])[] =>
  items.map((item, index) => [item, scalar(index, at)]);

function map(of: Value, [lambda]: readonly Lambda[], _: readonly Value[], { at }: Place): Value | undefined {
  if (of.kind !== 'list' || !lambda || of.items.length > mostItems) return undefined;
  const items = turnsOf(of.items, at).map((turn, index) => ask(lambda, turn, index, at));
  return { kind: 'list', items, at, ...(of.open ? { open: of.open } : {}) };
}

/** Of an open list those of its items that are known are kept, beside more. Which ones, a world says where it is open. */
function filter(of: Value, [lambda]: readonly Lambda[], _: readonly Value[], { at }: Place): Value | undefined {
  if (of.kind !== 'list' || !lambda || of.items.length > mostItems) return undefined;
  const kept: Value[] = [];
  for (const [index, [item, number]] of turnsOf(of.items, at).entries()) {
    const holds = lambda.scopeOf([item, number], String(index)).holds(lambda.body, at);
    if (holds === undefined) return undefined;
    if (holds) kept.push(item);
  }
  return { kind: 'list', items: kept, at, ...(of.open ? { open: of.open } : {}) };
}

function reduce(
  of: Value,
  [lambda]: readonly Lambda[],
  [, initial]: readonly Value[],
  { at }: Place,
): Value | undefined {
  if (of.kind !== 'list' || of.open || !lambda || !initial || of.items.length > mostItems) return undefined;
  return turnsOf(of.items, at).reduce(
    (sum, [item, number], index) => ask(lambda, [sum, item, number], index, at),
    initial,
  );
}

/** An order is only told where every comparison is. */
function sort(of: Value, [lambda]: readonly Lambda[], _: readonly Value[], { at }: Place): Value | undefined {
  if (of.kind !== 'list' || of.open || !lambda || of.items.length > 1000) return undefined;
  let isOpen = false;
  const before = (left: Value, right: Value): boolean => {
    const answer = ask(lambda, [left, right], 'a pair', at);
    if (answer.kind !== 'scalar') isOpen = true;
    return answer.kind === 'scalar' && String(answer.value).toLowerCase() === 'true';
  };
  const items = [...of.items].sort((left, right) => (before(left, right) ? -1 : before(right, left) ? 1 : 0));
  return isOpen ? undefined : { kind: 'list', items, at };
}

function toObject(of: Value, [key, value]: readonly Lambda[], _: readonly Value[], { at }: Place): Value | undefined {
  if (of.kind !== 'list' || !key || of.items.length > mostItems) return undefined;
  const entries = new Map<string, readonly [string, () => Value]>();
  for (const [index, item] of of.items.entries()) {
    const name = ask(key, [item], index, at);
    // What may have any name may stand in the place of each.
    if (name.kind !== 'scalar') return undefined;
    const made = value ? () => ask(value, [item], index, at) : () => item;
    entries.set(String(name.value).toLowerCase(), [String(name.value), made]);
  }
  return new LooseDict(entries.values(), at, of.open);
}

function groupBy(of: Value, [key]: readonly Lambda[], _: readonly Value[], { at }: Place): Value | undefined {
  if (of.kind !== 'list' || of.open || !key || of.items.length > mostItems) return undefined;
  const groups = new Map<string, { name: string; items: Value[] }>();
  for (const [index, item] of of.items.entries()) {
    const name = ask(key, [item], index, at);
    if (name.kind !== 'scalar') return undefined;
    const id = String(name.value).toLowerCase();
    const group = groups.get(id) ?? { name: String(name.value), items: [] };
    group.items.push(item);
    groups.set(id, group);
  }
  return new LooseDict(
    [...groups.values()].map(({ name, items }) => [name, (): Value => ({ kind: 'list', items, at })] as const),
    at,
  );
}

function mapValues(of: Value, [lambda]: readonly Lambda[], _: readonly Value[], { at }: Place): Value | undefined {
  if (of.kind !== 'dict' || !lambda) return undefined;
  return new LooseDict(
    of.keys().map((name) => [name, () => ask(lambda, [of.get(name)], name, at)] as const),
    at,
    of.open,
  );
}

const functions: ReadonlyMap<string, Follows> = new Map([
  ['map', map],
  ['filter', filter],
  ['reduce', reduce],
  ['sort', sort],
  ['toobject', toObject],
  ['groupby', groupBy],
  ['mapvalues', mapValues],
]);
