import type { Value } from '#model/value.js';
import { type Call, type Expression, spell } from '../expression.js';
import type { Scope } from '../scope.js';
import { open, placed } from '../values.js';
import { type Place, settledLater, type TemplateFunction } from './function.js';
import { identity } from './identity.js';
import { withLambda } from './lambda.js';
import { list } from './list.js';
import { logic } from './logic.js';
import { place } from './place.js';
import { text } from './text.js';

/** Every function that is followed, by its name in lower case. */
const functions: ReadonlyMap<string, TemplateFunction> = new Map([...identity, ...list, ...logic, ...place, ...text]);

/** What a call gives. A function that is not followed, or not for these operands, gives an unknown that names it. */
export function call(expression: Call, at: number, scope: Scope): Value {
  const name = expression.name.toLowerCase();
  if (name === 'if') return choice(expression, at, scope);
  const made = withLambda(expression, at, scope);
  if (made) return made;
  const followed = functions.get(name);
  const operands = expression.arguments.map((each) => scope.evaluate(each, at));
  const here: Place = { call: expression, at, scope };
  const own = followed ? undefined : scope.ownFunction(expression, operands, at);
  return placed(own ?? followed?.(operands, here) ?? settledLater(operands, here), at);
}

function choice(expression: Call, at: number, scope: Scope): Value {
  const [condition, whenTrue, whenFalse] = expression.arguments as [Expression?, Expression?, Expression?];
  if (!condition || !whenTrue || !whenFalse) return open(`${spell(expression)}, an if without its three parts,`, at);
  const holds = scope.holds(condition, at);
  if (holds !== undefined) return scope.evaluate(holds ? whenTrue : whenFalse, at);
  const operands = expression.arguments.map((each) => scope.evaluate(each, at));
  return settledLater(operands, { call: expression, at, scope });
}
