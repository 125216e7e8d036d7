import { type Dirent, readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { RampartError } from '#model/error.js';
import { shown, systemError } from './system-error.js';

export interface Listing {
  /** Sorted by their bytes; each file once, under the first name it was found by. */
  files: readonly string[];
  /** What could not be looked at. One bad path never hides the rest, so these are handed back, not thrown. */
  problems: readonly { path: string; error: RampartError }[];
}

const ignored = new Set(['node_modules', '.git']);
/** What `writeWhole` leaves behind when it is killed outright. */
const leftover = /^\.rampart-[0-9a-f]+\.tmp$/;

/**
 * The files named, and those in the folders named, at any depth. `accept` chooses among files found in folders; a file
 * named outright is always listed. Symbolic links are followed once, after everything reached without them.
 */
export function listFiles(paths: readonly string[], accept: (path: string) => boolean = () => true): Listing {
  const walk = new Walk(accept);
  for (const path of paths) walk.visit(path, true);
  walk.followLinks();
  return { files: walk.files.sort(bytewise), problems: walk.problems };
}

class Walk {
  readonly files: string[] = [];
  readonly problems: { path: string; error: RampartError }[] = [];
  private readonly seen = new Set<string>();
  private readonly links: string[] = [];

  constructor(private readonly accept: (path: string) => boolean) {}

  /** Links wait until real names have been seen, so that a file is known by its own name whatever the order. */
  followLinks(): void {
    for (let link = this.links.shift(); link !== undefined; link = this.links.shift()) this.visit(link, false);
  }

  visit(path: string, named: boolean): void {
    let stat: Stats;
    let real: string;
    try {
      stat = statSync(path);
      real = realpathSync(path);
    } catch (error) {
      if (named || this.accept(path)) this.problems.push({ path, error: systemError('read', path, error) });
      return;
    }
    if (this.seen.has(real)) return;
    if (stat.isDirectory()) {
      this.seen.add(real);
      this.enter(path);
    } else if (named || this.accept(path)) {
      this.seen.add(real);
      if (stat.isFile() || (named && stat.isFIFO())) this.files.push(path);
      else this.problems.push({ path, error: notAFile(path) });
    }
  }

  private enter(folder: string): void {
    let entries: Dirent[];
    try {
      entries = readdirSync(folder, { withFileTypes: true });
    } catch (error) {
      this.problems.push({ path: folder, error: systemError('list', folder, error) });
      return;
    }
    for (const entry of entries.sort((a, b) => bytewise(a.name, b.name))) {
      if (ignored.has(entry.name) || leftover.test(entry.name)) continue;
      const path = join(folder, entry.name);
      if (entry.isSymbolicLink()) this.links.push(path);
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
