import type { List, Value } from '#model/value.js';
import { type Context, type Predicate, RequirementFault, type Test } from '../context.js';
import { covers } from '../iam-pattern.js';
import { listOf } from '../list.js';
import { all, fail, type Outcome, open, pass } from '../outcome.js';

/**
 * Of the statements of a policy, those that speak of an action meet a predicate: of each of several actions by itself, so that what
 * is denied of one is not taken for a bound on another.
 */
export const predicate: Predicate = (argument, engine) => {
  const { actions, must } = (argument ?? {}) as { actions?: readonly string[]; must?: unknown };
  if (!Array.isArray(actions) || must === undefined)
    throw new RequirementFault('`for-each-action` takes actions and what their statements must meet');
  const judge = engine.predicate(must);
  const each = (actions as readonly string[]).map((action) => ({
    action,
    test: engine.condition({
      'any-of': [{ Action: { some: { covers: action } } }, { NotAction: { leaves: action } }],
    }),
  }));
  return (value, context) => {
    if (value.kind === 'unknown') return open(value);
    const list = listOf(value);
    if (!list) return fail(value.at, 'is absent; must be the statements of a policy');
    return all(each, (speaks) => ofAction(list, speaks, judge, context), value.at);
  };
};

interface Speaks {
  action: string;
  /** Whether a statement speaks of it. */
  test: Test;
}

/** Where it is open which statements speak of the action, both the most and the least they can allow have to come to the same. */
function ofAction(list: List, speaks: Speaks, judge: Test, context: Context): Outcome {
  const loose: Value[] = [];
  const strict: Value[] = [];
  let undecided: Outcome | undefined;
  // A pass rests on what does not speak of the action, too.
  const others: number[] = [];
  for (const statement of list.items) {
    const spelt = asSpelt(statement, speaks.action);
    const outcome = spelt === undefined ? speaks.test(statement, context) : undefined;
    if (spelt === false || outcome?.verdict === 'fail') {
      others.push(statement.at);
      continue;
    }
    const isOpen = outcome?.verdict === 'unknown';
    if (isOpen) undecided ??= outcome;
    // One of which nothing is known may deny as well as allow.
    const effect = isOpen ? effectOf(statement) : undefined;
    if (effect !== 'Deny') loose.push(statement);
    if (effect !== 'Allow') strict.push(statement);
  }
  const of = (items: readonly Value[]): Outcome => judge({ ...list, items: [...items] }, context);
  const worst = of(loose);
  if (worst.verdict === 'pass') return pass(worst.at, [worst, pass(list.at, others)]);
  if (!undecided) return worst;
  const best = of(strict);
  return best.verdict === 'fail' ? best : undecided;
}

/** Whether a statement speaks of an action, where it spells all its actions out: most do, and need no condition for it. */
function asSpelt(statement: Value, action: string): boolean | undefined {
  if (statement.kind !== 'dict' || statement.open) return undefined;
  const actions = statement.get('Action');
  if (actions.kind !== 'list' || actions.open || statement.get('NotAction').kind !== 'absent') return undefined;
  if (!actions.items.every(({ kind }) => kind === 'scalar')) return undefined;
  return actions.items.some((item) => item.kind === 'scalar' && covers(String(item.value ?? ''), action));
}

function effectOf(statement: Value): unknown {
  const effect: Value | undefined = statement.kind === 'dict' ? statement.get('Effect') : undefined;
  return effect?.kind === 'scalar' ? effect.value : undefined;
}
