import type { List, Value } from '#model/value.js';
import { type Context, type Predicate, RequirementFault, type Test } from '../context.js';
import { listOf } from '../list.js';
import { all, fail, type Outcome, open } from '../outcome.js';

/**
 * Of the statements of a policy, those that speak of an action meet a predicate: of each of several actions by itself, so that what
 * is denied of one is not taken for a bound on another.
 */
export const predicate: Predicate = (argument, engine) => {
  const { actions, must } = (argument ?? {}) as { actions?: readonly string[]; must?: unknown };
  if (!Array.isArray(actions) || must === undefined)
    throw new RequirementFault('`for-each-action` takes actions and what their statements must meet');
  const judge = engine.predicate(must);
  const each = (actions as readonly string[]).map((action) =>
    engine.condition({
      'any-of': [{ Action: { some: { covers: action } } }, { NotAction: { leaves: action } }],
    }),
  );
  return (value, context) => {
    if (value.kind === 'unknown') return open(value);
    const list = listOf(value);
    if (!list) return fail(value.at, 'is absent; must be the statements of a policy');
    return all(each, (speaks) => ofAction(list, speaks, judge, context), value.at);
  };
};

/** Where it is open which statements speak of the action, both the most and the least they can allow have to come to the same. */
function ofAction(list: List, speaks: Test, judge: Test, context: Context): Outcome {
  const loose: Value[] = [];
  const strict: Value[] = [];
  let undecided: Outcome | undefined;
  for (const statement of list.items) {
    const outcome = speaks(statement, context);
    const { verdict } = outcome;
    if (verdict === 'fail') continue;
    if (verdict === 'unknown') undecided ??= outcome;
    const denies = effectOf(statement) === 'Deny';
    if (verdict === 'pass' || !denies) loose.push(statement);
    if (verdict === 'pass' || denies) strict.push(statement);
  }
  const of = (items: readonly Value[]): Outcome => judge({ ...list, items: [...items] }, context);
  const worst = of(loose);
  if (!undecided || worst.verdict === 'pass') return worst;
  const best = of(strict);
  return best.verdict === 'fail' ? best : undecided;
}

function effectOf(statement: Value): unknown {
  const effect: Value | undefined = statement.kind === 'dict' ? statement.get('Effect') : undefined;
  return effect?.kind === 'scalar' ? effect.value : undefined;
}
