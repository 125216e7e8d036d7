import type { List, Value } from '#model/value.js';
import { LooseDict } from './dict.js';
import { type Expression, type Member, spell } from './expression.js';
import type { Scope } from './scope.js';
import { isNull, open, openOf, placed, scalar } from './values.js';

/** `of.key` and `of[key]`. */
export function memberOf(of: Value, key: Value, expression: Member, at: number, scope: Scope): Value {
  if (of.kind === 'unknown') return openOf([of], of.settledBy, at);
  if (of.kind === 'reference') return attribute(of, key, expression, at, scope);
  if (expression.safe && isNull(of)) return scalar(null, at);
  const found = of.kind === 'list' ? item(of, key, expression, at, scope) : property(of, key, at);
  if (found) return placed(found, at);
  return expression.safe ? scalar(null, at) : open(`${spell(expression)}, which is not there,`, at);
}

function property(of: Value, key: Value, at: number): Value | undefined {
  if (of.kind !== 'dict') return undefined;
  if (key.kind !== 'scalar')
    return open(`which property is meant by ${key.kind === 'unknown' ? key.settledBy : 'a name'}`, at);
  const value = of instanceof LooseDict ? of.raw(String(key.value)) : of.get(String(key.value));
  return value.kind === 'absent' ? undefined : value;
}

/** One item of a list. Where the index is open any item may be the one, so each is tried. */
function item(of: List, key: Value, expression: Member, at: number, scope: Scope): Value | undefined {
  if (key.kind === 'scalar') {
    const index = Number(key.value);
    const found = of.items[index];
    if (found || !of.open) return found;
    return of.open;
  }
  const settledBy = `which item ${spell(expression)} is`;
  const options = [...of.items, ...(of.open ? [of.open] : [])];
  if (options.length === 0) return undefined;
  const index = scope.choose(
    scope.asked(settledBy),
    options.map((_, each) => `item ${each}`),
  );
  return index === undefined ? open(settledBy, at) : options[index];
}

/** What a resource says of itself once it exists; outputs of a nested deployment are followed into its template. */
function attribute(
  of: Extract<Value, { kind: 'reference' }>,
  key: Value,
  expression: Member,
  at: number,
  scope: Scope,
): Value {
  if (key.kind !== 'scalar') return open(spell(expression), at);
  const path = of.attribute ? `${of.attribute}.${key.value}` : String(key.value);
  const output = /^(?:properties\.)?outputs\.([^.]+)\.value$/i.exec(path)?.[1];
  const followed =
    output !== undefined
      ? scope.file.output(of.to, output, scope.world, at)
      : isWhole(expression.of) && /^location$/i.test(path) && scope.file.location(of.to, scope.world);
  return followed ? placed(followed, at) : { kind: 'reference', to: of.to, attribute: path, at };
}

/** Whether an expression is the whole of a resource, and not its properties alone: `reference(…, …, 'full')`. */
function isWhole(expression: Expression): boolean {
  if (expression.kind !== 'call' || expression.name.toLowerCase() !== 'reference') return false;
  const [, , part] = expression.arguments;
  return part?.kind === 'literal' && String(part.value).toLowerCase() === 'full';
}
