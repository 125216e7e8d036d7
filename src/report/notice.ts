import type { Position } from '#model/position.js';
import type { FileResult, Result } from '#model/result.js';

/** Something people must know of a run that is no finding. No format may leave one out: what was not read may be the worst. */
export interface Notice {
  kind: 'not-read' | 'not-followed' | 'note';
  /** Whether the run does not pass for it. */
  blocks: boolean;
  file: string;
  message: string;
  position?: Position;
  /** What to do about it. */
  next?: string;
}

/** What a kind is called at the beginning of a sentence, and what it says of the place it is shown at. */
export const noticeNames: Readonly<Record<Notice['kind'], { name: string; title: string }>> = {
  'not-read': { name: 'Not read', title: 'Rampart could not read this file' },
  'not-followed': { name: 'Not followed', title: 'Rampart did not follow this' },
  note: { name: 'Note', title: 'How Rampart judged this file' },
};

/** What blocks comes first: files that could not be read, then constructs in others that were not followed. */
export const noticesOf = ({ files }: Result): Notice[] =>
  files.flatMap(noticesOfFile).sort((left, right) => Number(right.blocks) - Number(left.blocks));

/** Of a file that is no manifest there is nothing to know. */
function noticesOfFile({ file, status, notes, next }: FileResult): Notice[] {
  if (status !== 'judged' && status !== 'not-readable') return [];
  const isUnread = status === 'not-readable';
  const why = isUnread && notes.length === 0 ? [{ message: 'could not be read' }] : notes;
  return why.map((note) => ({
    kind: isUnread ? 'not-read' : 'position' in note && note.position ? 'not-followed' : 'note',
    blocks: isUnread,
    file,
    ...note,
    ...(next === undefined ? {} : { next }),
  }));
}

/** `Not read: …` or `Not followed: …`, with what to do. */
export function noticeText({ kind, message, next }: Notice): string {
  const what = `${noticeNames[kind].name}: ${message}`;
  return next === undefined ? what : `${what}${/[.!?]$/.test(what) ? '' : '.'} ${next}`;
}
