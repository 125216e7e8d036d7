/** What a requirement asks, in a form that can be written down in the languages of other engines. */
export type Formula =
  /** `all` of none holds, `any` of none does not. */
  | { kind: 'all' | 'any'; parts: readonly Formula[] }
  | { kind: 'not'; of: Formula }
  /** Of the property a path of keys leads to; it is absent where any step is. */
  | { kind: 'at'; keys: readonly string[]; of: Formula }
  /** Of the items of a list. What is absent has none, and a single value is a list of one. */
  | { kind: 'every' | 'some'; of: Formula }
  | Test;

/** A predicate of the value itself. An absent value fails every one, so the opposite of each holds of it. */
export interface Test {
  kind: 'test';
  name: string;
  argument: unknown;
}

export const holds: Formula = { kind: 'all', parts: [] };
export const fails: Formula = { kind: 'any', parts: [] };

export const test = (name: string, argument: unknown = true): Formula => ({ kind: 'test', name, argument });

export const isSet = test('exists');

export const all = (parts: readonly Formula[]): Formula => joined('all', parts);
export const any = (parts: readonly Formula[]): Formula => joined('any', parts);

/** Nested groups of one kind become one; a part that decides the group is the group. */
function joined(kind: 'all' | 'any', given: readonly Formula[]): Formula {
  const parts = given.flatMap((part) => (part.kind === kind ? part.parts : [part]));
  const opposite = kind === 'all' ? 'any' : 'all';
  const deciding = parts.find((part) => part.kind === opposite && part.parts.length === 0);
  if (deciding) return deciding;
  return parts.length === 1 ? (parts[0] as Formula) : { kind, parts };
}

/** The opposite, with `not` before tests only. */
export function opposite(formula: Formula): Formula {
  switch (formula.kind) {
    case 'all':
      return any(formula.parts.map(opposite));
    case 'any':
      return all(formula.parts.map(opposite));
    case 'not':
      return formula.of;
    case 'at':
      return { ...formula, of: opposite(formula.of) };
    case 'every':
      return { kind: 'some', of: opposite(formula.of) };
    case 'some':
      return { kind: 'every', of: opposite(formula.of) };
    case 'test':
      return { kind: 'not', of: formula };
  }
}

/** Whether it holds of a value that is not there: what that decides needs no value. */
export function holdsOfNothing(formula: Formula): boolean {
  switch (formula.kind) {
    case 'all':
      return formula.parts.every(holdsOfNothing);
    case 'any':
      return formula.parts.some(holdsOfNothing);
    case 'not':
      return !holdsOfNothing(formula.of);
    case 'at':
      return holdsOfNothing(formula.of);
    case 'every':
      return true;
    case 'some':
    case 'test':
      return false;
  }
}

/** A part of a requirement that a language has no words for; the message says why, as a clause. */
export class Unsayable extends Error {
  override readonly name = 'Unsayable';
}
