import type { Edit, FileFix, NotMended, Remedy, Wanted } from '#model/fix.js';
import { Lines } from '#model/position.js';
import { readTag } from '../cloudformation/tags.js';
import { readTrees } from '../yaml/tree.js';
import { type Said, same, saidBy, write } from './expected.js';
import { type Change, changeFor, type Layout, type Order } from './place-value.js';
import { documentsOf, type ObjectPath, type ObjectTable, objectsOf } from './places.js';
import { Rewriting, type Splice } from './rewriting.js';
import { workedOut } from './worked-out.js';

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
  const notMended: NotMended[] = [];
  const refuse = (remedy: Remedy, reason: string): void => {
    notMended.push({ file, requirement: remedy.requirement, resource: remedy.resource, reason });
  };
  if (language === 'kubernetes' && /\{\{-?\s*[.$\w(]/.test(text)) {
    for (const remedy of remedies) refuse(remedy, 'the file is a template of something else');
    return { notMended };
  }
  const documents = documentsOf(text);
  const faulty = documents.length === 0 || documents.some(({ errors }) => errors.length > 0);
  const table = objectsOf(documents);
  const layout = layoutOf(text);
  let rest = faulty ? [] : [...remedies];
  if (faulty) for (const remedy of remedies) refuse(remedy, 'the file is laid out in a way that is not known here');
  for (;;) {
    const jobs = new Map<string, Job>();
    const left: Remedy[] = [];
    for (const remedy of rest) {
      const found = jobsOf(remedy, table, language, (job) => {
        const document = documents[job.document];
        return document ? changeFor(document, job, layout) : 'its document is not there';
      });
      const reason = typeof found === 'string' ? found : clash(found, jobs);
      if (reason !== undefined) refuse(remedy, reason);
      else left.push(remedy);
      if (typeof found === 'string' || reason !== undefined) continue;
      for (const job of found) {
        const known = jobs.get(placeOf(job));
        if (known) known.remedies.push(remedy);
        else jobs.set(placeOf(job), job);
      }
    }
    if (jobs.size === 0) return { notMended };
    const done = carryOut(text, [...jobs.values()], layout);
    if (!Array.isArray(done)) {
      if (saysWhatItShould(file, text, done.text, [...jobs.values()])) {
        return { fix: fixOf(file, text, done, [...jobs.values()]), notMended };
      }
      for (const remedy of left) refuse(remedy, 'the file would say something else too');
      return { notMended };
    }
    for (const remedy of done) refuse(remedy, 'it cannot be written beside the other changes');
    rest = left.filter((remedy) => !done.includes(remedy));
  }
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
function jobsOf(
  remedy: Remedy,
  table: ObjectTable,
  language: string,
  change: (job: Job) => Change | string,
): Job[] | string {
  const jobs: Job[] = [];
  for (const wanted of remedy.wanted) {
    if (language === 'kubernetes' && workedOut(remedy.type, wanted.property)) {
      return `${wanted.property} is worked out from other properties`;
    }
    const place = locate(wanted, remedy, table);
    if (!place) return 'its place in the file is not certain';
    const prefix = language === 'cloudformation' && isResource(place) ? ['Properties'] : [];
    const job: Job = {
      document: place.document,
      path: [...place.path, ...prefix, ...wanted.path],
      property: wanted.property,
      remedies: [remedy],
      ...(wanted.set === undefined ? {} : { set: wanted.set }),
      ...(wanted.add === undefined ? {} : { add: wanted.add }),
    };
    const found = change(job);
    if (typeof found === 'string') return `${wanted.property}: ${found}`;
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
