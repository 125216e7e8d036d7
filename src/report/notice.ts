import type { AcceptedOutcome } from '#model/accepted.js';
import type { GateOutcome } from '#model/gate.js';
import type { Position } from '#model/position.js';
import type { FileResult, Result } from '#model/result.js';

/** Something people must know of a run that is no finding. No format may leave one out: what was not read may be the worst. */
export interface Notice {
  kind: 'not-read' | 'not-followed' | 'note' | 'waiver' | 'policy';
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
  waiver: { name: 'Waiver', title: 'A waiver must be put right' },
  policy: { name: 'Beware', title: 'What Rampart was told to leave out' },
};

/** What blocks comes first: files that could not be read and waivers with a fault, then what was not followed or left out. */
export const noticesOf = (result: Result): Notice[] =>
  [...result.files.flatMap(noticesOfFile), ...waiverNotices(result), ...policyNotices(result)].sort(
    (left, right) => Number(right.blocks) - Number(left.blocks),
  );

/** Of a file that is no manifest there is nothing to know, unless there is something to do. */
function noticesOfFile({ file, status, notes, next }: FileResult): Notice[] {
  if (status !== 'judged' && status !== 'not-readable' && next === undefined) return [];
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

/** Waivers in the file they are written in; those of a system file are in no file that was judged. */
const waiverNotices = ({ waiverProblems = [] }: Result): Notice[] =>
  waiverProblems.map(({ fault, waiver, why, next }) => ({
    kind: 'waiver',
    blocks: true,
    file: waiver.position?.file ?? 'rampart.yaml',
    message: `${fault}: the waiver of ${waiver.requirement} on ${waiver.resource} ${why}`,
    ...(waiver.position ? { position: waiver.position } : {}),
    next,
  }));

/** Whether an ignore file left it out, rather than its place or kind. */
export const isLeftOutByFile = ({ status, notes }: FileResult): boolean =>
  status === 'ignored' && notes.some(({ message }) => message === 'left out by .rampartignore');

/** What a run holds for, when that is not everything. */
function policyNotices(result: Result): Notice[] {
  const { profile, gate, accepted, files } = result;
  const file = files.find(({ status }) => status === 'judged')?.file ?? 'rampart.yaml';
  const said = [
    ...(profile
      ? [`only ${first(profile.requirements)} of ${profile.of} requirements judged, so nothing is said of the others`]
      : []),
    ...leftOutSaid(files),
    ...(gate ? thresholdsSaid(gate) : []),
    ...(accepted ? acceptedSaid(accepted) : []),
  ];
  return said.map((message) => ({ kind: 'policy', blocks: false, file, message }));
}

const first = (names: readonly string[]): string => names.slice(0, 10).join(', ') + (names.length > 10 ? ', …' : '');

/** Nobody approves what the file of a folder leaves out. */
function leftOutSaid(files: readonly FileResult[]): string[] {
  const left = files.filter(isLeftOutByFile).map(({ file }) => file);
  return left.length === 0
    ? []
    : [`${left.length} ${left.length === 1 ? 'file' : 'files'} left out by .rampartignore: ${first(left)}`];
}

function thresholdsSaid({ thresholds: { failOn, unknown, categories } }: GateOutcome): string[] {
  const own = Object.entries(categories).map(([category, severity]) => `${category} ${severity}`);
  return [
    ...(failOn !== 'low' || own.length > 0
      ? [`findings block from ${[`${failOn} severity`, ...own].join('; ')} up, and broken checks always`]
      : []),
    ...(unknown === 'warn' ? ['what could not be decided does not block, and is not a pass'] : []),
  ];
}

function acceptedSaid({ file, known, date, fixed, changed, otherControlData, otherFiles }: AcceptedOutcome): string[] {
  return [
    `${known} findings were accepted in ${file} on ${date}`,
    ...(otherFiles
      ? [`${file} names none of the files judged here: give the paths as when it was written, from the same folder`]
      : []),
    ...fixed.map(({ requirement, resource }) => `${file} can do without ${requirement} on ${resource}: it is mended`),
    ...changed.map(
      ({ requirement, resource }) => `${file} holds ${requirement} on ${resource}, which is wrong in another way now`,
    ),
    ...(otherControlData ? [`${file} was written with other control data`] : []),
  ];
}
