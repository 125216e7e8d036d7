import type { Position } from '#model/position.js';
import type { FileResult, Result } from '#model/result.js';

/** Something a run did not look at. No format may leave it out: what was not read may be worse than what was found. */
export interface Notice {
  kind: 'not-read' | 'not-followed';
  file: string;
  message: string;
  position?: Position;
  /** What to do about it. */
  next?: string;
}

/** Files that could not be read, then constructs in others that were not followed. What is no manifest is neither. */
export const noticesOf = ({ files }: Result): Notice[] =>
  files
    .flatMap(noticesOfFile)
    .sort((left, right) => Number(right.kind === 'not-read') - Number(left.kind === 'not-read'));

function noticesOfFile({ file, status, notes, next }: FileResult): Notice[] {
  if (status === 'not-a-manifest') return [];
  const kind = status === 'not-readable' ? 'not-read' : 'not-followed';
  const why = kind === 'not-read' && notes.length === 0 ? [{ message: 'could not be read' }] : notes;
  return why.map((note) => ({ kind, file, ...note, ...(next === undefined ? {} : { next }) }));
}

/** `Not read: …` or `Not followed: …`, with what to do. */
export function noticeText({ kind, message, next }: Notice): string {
  const what = `${kind === 'not-read' ? 'Not read' : 'Not followed'}: ${message}`;
  return next === undefined ? what : `${what}${/[.!?]$/.test(what) ? '' : '.'} ${next}`;
}
