import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { RampartError } from '#model/error.js';
import { shown, systemError } from './system-error.js';

export interface Listing {
  /** Sorted by their bytes; each file once, under the first name it was found by. */
  files: readonly string[];
  /** What could not be looked at. One bad path never hides the rest, so these are handed back, not thrown. */
  problems: readonly { path: string; error: RampartError }[];
  /** Files somebody asked to leave out. */
  ignored: readonly string[];
  /** Folders that are never looked into. */
  passedOver: readonly string[];
}

/** Files that match a pattern of folders and names, to be looked for in a folder. */
export interface Pattern {
  text: string;
  folder: string;
  matches(path: string): boolean;
}

/** Folders of installed or downloaded things, and of version control. */
const neverEntered = new Set(['node_modules', '.git', '.terraform']);
/** What `writeWhole` leaves behind when it is killed outright. */
const leftover = /^\.rampart-[0-9a-f]+\.tmp$/;

type Accept = (path: string) => boolean;

/** Of what kind something is. */
type Kind = Pick<Dirent, 'isDirectory' | 'isFile' | 'isFIFO'>;

/**
 * The files named, and those in the folders named and matched by patterns, at any depth. `accept` chooses among files found
 * in folders, `isIgnored` leaves some of those out; a file named outright is always listed. Symbolic links are followed once,
 * after everything reached without them.
 */
export function listFiles(
  paths: readonly (string | Pattern)[],
  accept: Accept = () => true,
  isIgnored: Accept = () => false,
): Listing {
  const walk = new Walk(isIgnored);
  for (const path of paths) {
    if (typeof path === 'string') walk.from(path, accept);
    else walk.matching(path);
  }
  walk.finish();
  const { files, problems, ignored, passedOver } = walk;
  return {
    files: files.sort(bytewise),
    problems,
    ignored: [...ignored]
      .filter(([real]) => !walk.seen.has(real))
      .map(([, path]) => path)
      .sort(bytewise),
    passedOver: [...passedOver.values()].sort(bytewise),
  };
}

/** The names in a folder that people may mean, or undefined where it cannot be listed. */
export function namesIn(folder: string): readonly string[] | undefined {
  try {
    return readdirSync(folder)
      .filter((name) => !leftover.test(name))
      .slice(0, 5000);
  } catch {
    return undefined;
  }
}

class Walk {
  readonly files: string[] = [];
  readonly problems: { path: string; error: RampartError }[] = [];
  /** By their real names. */
  readonly ignored = new Map<string, string>();
  readonly passedOver = new Map<string, string>();
  /** Real names of the files listed. */
  readonly seen = new Set<string>();
  private entered = new Set<string>();
  private accept: Accept = () => true;
  private readonly links: { path: string; accept: Accept; entered: Set<string> }[] = [];
  private readonly unmatched = new Set<string>();

  constructor(private readonly isIgnored: Accept) {}

  from(path: string, accept: Accept): void {
    this.accept = accept;
    this.entered = new Set();
    this.visit(path, true);
  }

  matching({ text, folder, matches }: Pattern): void {
    const before = this.problems.length;
    this.unmatched.add(text);
    this.from(folder, (path) => {
      const accepted = matches(path);
      if (accepted) this.unmatched.delete(text);
      return accepted;
    });
    if (this.problems.length > before) this.unmatched.delete(text);
  }

  /** Links wait until real names have been seen, so that a file is known by its own name whatever the order. */
  finish(): void {
    for (let link = this.links.shift(); link !== undefined; link = this.links.shift()) {
      this.accept = link.accept;
      this.entered = link.entered;
      this.visit(link.path, false);
    }
    for (const text of this.unmatched) this.problems.push({ path: text, error: noMatch(text) });
  }

  private visit(path: string, named: boolean): void {
    let kind: Kind;
    let real: string;
    try {
      kind = statSync(path);
      real = realpathSync(path);
    } catch (error) {
      if (named || this.accept(path)) this.problems.push({ path, error: systemError('read', path, error) });
      return;
    }
    this.visitKnown(path, real, kind, named);
  }

  /** Visits what is no link itself, or where the link leads. */
  private visitKnown(path: string, real: string, kind: Kind, named: boolean): void {
    if (kind.isDirectory()) {
      if (this.entered.has(real)) return;
      this.entered.add(real);
      this.enter(path, real);
    } else if (!this.seen.has(real) && (named || this.accept(path))) this.take(path, real, kind, named);
  }

  private take(path: string, real: string, stat: Kind, named: boolean): void {
    if (!named && this.isIgnored(path)) {
      if (!this.ignored.has(real)) this.ignored.set(real, path);
      return;
    }
    this.seen.add(real);
    if (stat.isFile() || (named && stat.isFIFO())) this.files.push(path);
    else this.problems.push({ path, error: notAFile(path) });
  }

  private enter(folder: string, real: string): void {
    let entries: Dirent[];
    try {
      entries = readdirSync(folder, { withFileTypes: true });
    } catch (error) {
      this.problems.push({ path: folder, error: systemError('list', folder, error) });
      return;
    }
    for (const entry of entries.sort((a, b) => bytewise(a.name, b.name))) {
      if (leftover.test(entry.name)) continue;
      const path = join(folder, entry.name);
      if (neverEntered.has(entry.name)) {
        if (!entry.isFile()) this.passedOver.set(path, path);
      } else if (entry.isSymbolicLink()) this.links.push({ path, accept: this.accept, entered: this.entered });
      else if (entry.isFile() || entry.isDirectory()) this.visitKnown(path, join(real, entry.name), entry, false);
      // Some file systems do not list of what kind things are.
      else this.visit(path, false);
    }
  }
}

/** The order of the UTF-8 bytes: the same on every machine, whatever its language. */
const bytewise = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

const notAFile = (path: string): RampartError =>
  new RampartError('RAMPART_NOT_A_FILE', `${shown(path)} is neither a file nor a folder.`, {
    exit: 'input',
    next: 'Remove it from the folder or name the files to read.',
  });

const noMatch = (pattern: string): RampartError =>
  new RampartError('RAMPART_NO_MATCH', `No file matches ${shown(pattern)}.`, {
    exit: 'input',
    next: 'Check the pattern; * does not cross folders, ** does.',
  });
