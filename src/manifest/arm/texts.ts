import type { Value } from '#model/value.js';
import { concat as join } from '../cloudformation/open.js';
import { describe, isNull, open, plain } from './values.js';

/** Azure takes no longer ones. */
export const longestText = 131_072;

const mostPieces = 10_000;

/** A string from pieces, some of them open. */
export function texts(pieces: readonly (string | Value)[], at: number): Value {
  const length = pieces.reduce((sum, piece) => sum + (typeof piece === 'string' ? piece.length : lengthOf(piece)), 0);
  if (length > longestText || pieces.length > mostPieces) return open('a text longer than Rampart follows', at);
  return join(pieces.map(printed), at);
}

const lengthOf = (value: Value): number => {
  if (value.kind === 'scalar') return String(value.value).length;
  if (value.kind !== 'text') return 1;
  return value.parts.reduce((sum, part) => sum + (typeof part === 'string' ? part.length : 1), 0);
};

/** Azure prints booleans with a capital and null as nothing. */
function printed(piece: string | Value): string | Value {
  if (typeof piece === 'string') return piece;
  if (isNull(piece)) return '';
  if (piece.kind === 'scalar' && typeof piece.value === 'boolean') return piece.value ? 'True' : 'False';
  if (piece.kind !== 'list' && piece.kind !== 'dict') return piece;
  const known = plain(piece);
  return known ? JSON.stringify(known.json) : open(describe(piece), piece.at);
}
