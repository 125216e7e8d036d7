import type { Value } from '#model/value.js';
import type { Predicate } from '../context.js';
import { openPart } from '../equality.js';
import { listOf } from '../list.js';
import { fail, type Outcome, open, pass, unknown } from '../outcome.js';

/**
 * The AWS principals of those statements that meet a condition are of one account. No manifest need say which account is its own, but
 * two that are spelt out cannot both be.
 */
export const predicate: Predicate = (argument, engine) => {
  const judge = engine.item(argument);
  return (value, context) => {
    if (value.kind === 'unknown') return open(value);
    const named = (listOf(value)?.items ?? []).flatMap((statement) => namedIn(statement, judge(statement, context)));
    const spelt = new Map(
      named.flatMap(({ id, settledBy, at }) => (id === undefined || settledBy ? [] : [[id, at] as const])),
    );
    const [, second] = [...spelt.values()];
    if (second !== undefined) return fail(second, 'names a second account');
    // What may be another account than the one that is spelt out, or than another that is open.
    const perhaps = new Set(
      named.flatMap(({ id, settledBy }) => (settledBy && !spelt.has(id ?? '') ? [settledBy] : [])),
    );
    const [first] = perhaps;
    return first !== undefined && perhaps.size + spelt.size > 1 ? unknown(value.at, first) : pass(value.at);
  };
};

/** An account a statement names, and what settles which one it is, or whether it does, where that is open. */
interface Named {
  id?: string;
  settledBy?: string;
  at: number;
}

function namedIn(statement: Value, { verdict }: Outcome): readonly Named[] {
  if (verdict === 'fail') return [];
  return principalsOf(statement).flatMap((principal): Named[] => {
    const { at } = principal;
    const id = accountOf(principal);
    if (id === undefined) return openIn(principal).map((settledBy) => ({ settledBy, at }));
    return verdict === 'pass' ? [{ id, at }] : [{ id, settledBy: `whether a statement speaks of account ${id}`, at }];
  });
}

const principalsOf = (statement: Value): readonly Value[] =>
  statement.kind === 'dict' ? (listOf(statement.get('Principal'))?.items ?? []) : [];

/** What settles which account a principal is of, where its text leaves that open. */
const openIn = (principal: Value): readonly string[] =>
  principal.kind === 'text' && /^AWS:/.test(String(principal.parts[0])) ? [openPart(principal)] : [];

/** The account a principal is of, where it is spelt out. */
function accountOf(principal: Value): string | undefined {
  const start =
    principal.kind === 'scalar' ? principal.value : principal.kind === 'text' ? principal.parts[0] : undefined;
  return typeof start === 'string' ? /^AWS:(?:arn:[^:]*:iam::)?([0-9]{12})(?::|$)/.exec(start)?.[1] : undefined;
}
