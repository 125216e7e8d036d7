import type { Directive } from './directives.js';

/** The blocks around a place, from the whole file to the innermost. */
export type Chain = readonly (readonly Directive[])[];

/** A place requests come to: the blocks around it, and those of them whose conditions are asked on the way, since a location asks none of another around it. */
export interface Place {
  readonly around: Chain;
  readonly asked: Chain;
}

/** What is said by a directive here: the innermost block that has it takes the place of those around. */
export function saidIn(name: string, chain: Chain): readonly Directive[] {
  for (let level = chain.length - 1; level >= 0; level -= 1) {
    const found = (chain[level] ?? []).filter((each) => each.name === name);
    if (found.length > 0) return found;
  }
  return [];
}

/** The condition of an `if` as one text, without its brackets. */
export const conditionOf = ({ words }: Directive): string =>
  words
    .join(' ')
    .replace(/^\(|\)$/g, '')
    .trim();

/** The status a block returns, whatever else is so. */
export function returned(block: readonly Directive[]): string | undefined {
  const answer = block.find(({ name }) => name === 'return')?.words[0];
  if (answer !== undefined) return /^\d{3}$/.test(answer) ? answer : '302';
  const isAway = block.some(
    ({ name, words: [what = '', where = ''] }) =>
      name === 'rewrite' && /^(?:\^|\.\*|\^?\(?\.\*\)?\$?)$/.test(what) && /^https:/.test(where),
  );
  return isAway ? '301' : undefined;
}

/** Conditions that hold for a connection without TLS. */
const isWithoutTls =
  /^\$(?:scheme\s*(?:!=|!~\*?)\s*["']?\^?https|scheme\s*(?:=|~\*?)\s*["']?\^?http\$?["']?$|https\s*(?:!=\s*["']?on|=\s*(?:""|''|$))|ssl_protocol\s*=\s*(?:""|''|$)|server_port\s*(?:=|~)\s*["']?80["']?$)/;

/** Whom a block answers itself before it hands anything on: all callers, those without TLS, or none. */
export function isRedirected(block: readonly Directive[]): 'all' | 'plain' | 'none' {
  if (returned(block) !== undefined) return 'all';
  const isPlainSent = block.some(
    (each) =>
      each.name === 'if' && each.block && returned(each.block) !== undefined && isWithoutTls.test(conditionOf(each)),
  );
  return isPlainSent ? 'plain' : 'none';
}
