import type { Edit, FileFix, NotMended, Remedy, Wanted } from '#model/fix.js';
import { Lines } from '#model/position.js';
import { readTag } from '../cloudformation/tags.js';
import { readTrees } from '../yaml/tree.js';
import { type Said, saidBy, same, write } from './expected.js';
import { type Change, changeFor, type Layout, type Order } from './place-value.js';
import { documentsOf, type ObjectPath, type ObjectTable, objectsOf } from './places.js';
import { Rewriting, type Splice } from './rewriting.js';

/** Something to be written, with the finding it is for. */
interface Job extends Order {
  document: number;
  property: string;
  remedies: Remedy[];
  change?: Change;
}

export interface Edited {
  fix?: FileFix;
  notMended: readonly NotMended[];
}

/**
 * Carries remedies out in the text of a manifest. Every remedy is carried out whole or not at all. The result is read again:
 * what it says differs from what the text said in the places written, and nowhere else, or nothing is changed.
 */
export function editManifest(
  file: string,
  text: string,
  language: 'cloudformation' | 'kubernetes',
  remedies: readonly Remedy[],
): Edited {
  const refused = new Map<Remedy, string>();
  const fix = attempt(file, text, language, remedies, (remedy, reason) => refused.set(remedy, reason));
  const notMended = [...refused].map(([{ requirement, resource }, reason]) => ({
    file,
    requirement,
    resource,
    reason,
  }));
  return fix ? { fix, notMended } : { notMended };
}

type Refuse = (remedy: Remedy, reason: string) => void;

function attempt(
  file: string,
  text: string,
  language: 'cloudformation' | 'kubernetes',
  remedies: readonly Remedy[],
  refuse: Refuse,
): FileFix | undefined {
  const refuseAll = (all: readonly Remedy[], reason: string): undefined => {
    for (const remedy of all) refuse(remedy, reason);
  };
  if (language === 'kubernetes' && /\{\{-?\s*[.$\w(]/.test(text)) {
    return refuseAll(remedies, 'the file is a template of something else');
  }
  const documents = documentsOf(text);
  if (documents.length === 0 || documents.some(({ errors }) => errors.length > 0)) {
    return refuseAll(remedies, 'the file is laid out in a way that is not known here');
  }
  const page: Page = { language, documents, table: objectsOf(documents), layout: layoutOf(text) };
  let rest = remedies;
  for (;;) {
    const { jobs, left } = jobsOfAll(rest, page, refuse);
    if (jobs.length === 0) return undefined;
    const done = carryOut(text, jobs, page.layout);
    if (!Array.isArray(done)) {
      if (saysWhatItShould(file, text, done.text, jobs)) return fixOf(file, text, done, jobs);
      return refuseAll(left, 'the file would say something else too');
    }
    refuseAll(done, 'it cannot be written beside the other changes');
    rest = left.filter((remedy) => !done.includes(remedy));
  }
}

/** A text taken apart. */
interface Page {
  language: 'cloudformation' | 'kubernetes';
  documents: ReturnType<typeof documentsOf>;
  table: ObjectTable;
  layout: Layout;
}

/** What is to be written for all remedies that can be carried out; two that want the same are one. */
function jobsOfAll(remedies: readonly Remedy[], page: Page, refuse: Refuse): { jobs: Job[]; left: Remedy[] } {
  const jobs = new Map<string, Job>();
  const left: Remedy[] = [];
  for (const remedy of remedies) {
    const found = jobsOf(remedy, page);
    const reason = typeof found === 'string' ? found : clash(found, jobs);
    if (typeof found === 'string' || reason !== undefined) {
      refuse(remedy, reason ?? '');
      continue;
    }
    left.push(remedy);
    for (const job of found) {
      const known = jobs.get(placeOf(job));
      if (known) known.remedies.push(remedy);
      else jobs.set(placeOf(job), job);
    }
  }
  return { jobs: [...jobs.values()], left };
}

const placeOf = ({ document, path }: Job): string => JSON.stringify([document, path]);

function clash(found: readonly Job[], jobs: ReadonlyMap<string, Job>): string | undefined {
  const other = found.find((job) => {
    const known = jobs.get(placeOf(job));
    return known && (known.set !== job.set || known.add !== job.add);
  });
  return other && `another requirement asks for a different value of ${other.property}`;
}

/** What is to be written for a remedy, or why it cannot be. */
function jobsOf(remedy: Remedy, { language, documents, table, layout }: Page): Job[] | string {
  const jobs: Job[] = [];
  for (const wanted of remedy.wanted) {
    const place = locate(wanted, remedy, table);
    const document = place && documents[place.document];
    if (!document) return 'its place in the file is not certain';
    const prefix = language === 'cloudformation' && isResource(place) ? ['Properties'] : [];
    const job: Job = {
      document: place.document,
      path: [...place.path, ...prefix, ...wanted.path],
      property: wanted.property,
      remedies: [remedy],
      ...(wanted.set === undefined ? {} : { set: wanted.set }),
      ...(wanted.add === undefined ? {} : { add: wanted.add }),
    };
    const change = changeFor(document, job, layout);
    if (typeof change === 'string') return `${wanted.property}: ${change}`;
    jobs.push(job);
  }
  return jobs;
}

/** A pod stands under its key (`spec`), which may be the first of its object; other things begin where they stand. */
function locate({ from, property }: Wanted, { type }: Remedy, table: ObjectTable): ObjectPath | undefined {
  const isItem = /\[\d+\]/.test(property);
  const [first, second] = type === 'PodSpec' && !isItem ? [table.keyed, table.own] : [table.own, table.keyed];
  return first.get(from) ?? second.get(from);
}

const isResource = ({ path }: ObjectPath): boolean => path.length === 2 && path[0] === 'Resources';

function layoutOf(text: string): Layout {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  return { text, newline, step: stepOf(text), isJson: isJson(text) };
}

/** By how many columns a text indents: its smallest step. */
function stepOf(text: string): number {
  let before = 0;
  const steps = new Map<number, number>();
  for (const [, indent = '', mark] of text.matchAll(/^( *)([^\s#])/gm)) {
    const step = indent.length - before;
    if (step > 0 && step <= 8 && mark !== '-') steps.set(step, (steps.get(step) ?? 0) + 1);
    before = indent.length;
  }
  const [most] = [...steps].sort(([left, first], [right, second]) => second - first || left - right);
  return most?.[0] ?? 2;
}

function isJson(text: string): boolean {
  if (!/^\s*[{[]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * Changes the text in rounds: what would be written at one and the same place waits for the next, when the place is read
 * anew. Returns the remedies that turned out impossible on the way.
 */
function carryOut(text: string, jobs: readonly Job[], layout: Layout): Rewriting<Job> | Remedy[] {
  const rewriting = new Rewriting<Job>(text);
  let waiting = [...jobs];
  while (waiting.length > 0) {
    const now = rewriting.text;
    const documents = documentsOf(now);
    const splices: Splice<Job>[] = [];
    const taken = new Set<number>();
    const next: Job[] = [];
    for (const job of waiting) {
      const document = documents[job.document];
      const change = document ? changeFor(document, job, { ...layout, text: now }) : 'its document is gone';
      if (typeof change === 'string') return job.remedies;
      if (taken.has(change.start)) next.push(job);
      else {
        taken.add(change.start);
        job.change = change;
        splices.push({ start: change.start, end: change.end, text: change.text, by: job });
      }
    }
    rewriting.apply(splices);
    waiting = next;
  }
  return rewriting;
}

/** Reads both texts as the gate does: the second says what the first says, with the jobs done. */
function saysWhatItShould(file: string, before: string, after: string, jobs: readonly Job[]): boolean {
  try {
    const expected: Said[] = readTrees(new Lines(file, before), readTag).map(saidBy);
    const read: Said[] = readTrees(new Lines(file, after), readTag).map(saidBy);
    for (const job of jobs) {
      const tree = expected[job.document];
      if (tree === undefined || !job.change || !write(tree, job.path, job, job.change.value)) return false;
    }
    return same(expected, read);
  } catch {
    return false;
  }
}

function fixOf(file: string, before: string, rewriting: Rewriting<Job>, jobs: readonly Job[]): FileFix {
  const replacements = rewriting.replacements();
  const edits = jobs.flatMap((job): Edit[] => {
    const here = replacements.find(({ by }) => by.includes(job));
    if (!here || !job.change) return [];
    const { value, before: was } = job.change;
    return job.remedies.map(({ requirement, resource }) => ({
      requirement,
      resource,
      path: job.property,
      ...(was === undefined ? {} : { before: was }),
      after: job.add === undefined ? JSON.stringify(value) : `with ${JSON.stringify(value)}`,
      range: { start: here.start, end: here.end },
    }));
  });
  return {
    file,
    before,
    after: rewriting.text,
    edits: edits.sort((left, right) => left.range.start - right.range.start),
    replacements: replacements.map(({ start, end, text }) => ({ start, end, text })),
  };
}
