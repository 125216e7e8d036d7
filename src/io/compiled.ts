import {
  closeSync,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import module from 'node:module';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { constants, Script } from 'node:vm';
import { asAtStart } from './engine.js';

/**
 * Keeps what V8 compiled of the program between runs: a third of the time of a short one. From Node 22.1 on Node does it; on Node 20 it is
 * done here, in the same way, for one build of the bundle, which its file `digest` names.
 *
 * What is kept will be run. It stands where the user keeps such things, in a folder nobody else may write to: Node's own choice is a
 * temporary folder that somebody else may have made first. Whatever goes wrong here, the program is compiled as ever.
 */
export function keepCompiled(): void {
  try {
    const folder = folderOf(process.env);
    if (folder === undefined || process.env.NODE_DISABLE_COMPILE_CACHE) return;
    if ('enableCompileCache' in module) (module.enableCompileCache as (folder: string) => void)(folder);
    else new Kept(fileURLToPath(new URL('..', import.meta.url)), folder).use();
  } catch {
    // Time is all that is lost.
  }
}

interface Environment {
  [name: string]: string | undefined;
}

function folderOf({ NODE_COMPILE_CACHE, XDG_CACHE_HOME, LOCALAPPDATA, HOME }: Environment): string | undefined {
  if (NODE_COMPILE_CACHE) return NODE_COMPILE_CACHE;
  const own = XDG_CACHE_HOME?.startsWith('/') ? XDG_CACHE_HOME : (LOCALAPPDATA ?? (HOME && join(HOME, '.cache')));
  return own && join(own, 'rampart');
}

type Compile = (this: NodeJS.Module, text: string, file: string) => unknown;

/** Compiled code of one build, by command: each runs other functions, and only those that ran are worth keeping. */
class Kept {
  private readonly folder: string;
  private readonly builds: string;
  private readonly loaded: { path: string; script: Script }[] = [];
  private isMore = false;

  constructor(
    private readonly program: string,
    folder: string,
  ) {
    this.builds = join(folder, `${process.version}-${process.arch}`);
    const build = readFileSync(join(program, 'digest'), 'utf8').trim();
    this.folder = join(this.builds, build, commandOf(process.argv, program));
  }

  use(): void {
    if (existsSync(this.folder) && !isOwn(this.folder)) return;
    const kept = this;
    const prototype = (module as unknown as { prototype: { _compile: Compile } }).prototype;
    const compile = prototype._compile;
    prototype._compile = function (text, file) {
      return file.startsWith(kept.program) ? kept.run(this, text, file) : compile.call(this, text, file);
    };
    process.on('exit', (code) => {
      // A machine that is made for one run has nothing to keep, and a run that went wrong has not done its work.
      if (code < 2 && this.isMore && !process.env.CI) this.save();
    });
  }

  private run(of: NodeJS.Module, text: string, file: string): unknown {
    const path = join(this.folder, file.slice(this.program.length).replaceAll(sep, '+'));
    const cachedData = intact(path);
    const script = asAtStart(
      () =>
        new Script(module.wrap(text), {
          filename: file,
          ...(cachedData ? { cachedData } : {}),
          importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
        }),
    );
    this.loaded.push({ path, script });
    if (!cachedData || script.cachedDataRejected) this.isMore = true;
    const call = script.runInThisContext() as (...given: unknown[]) => unknown;
    return call.call(of.exports, of.exports, module.createRequire(file), of, file, dirname(file));
  }

  /** Builds of which nothing was kept for the longest time. */
  private tooMany(): string[] {
    return readdirSync(this.builds)
      .map((name) => ({ path: join(this.builds, name), time: statSync(join(this.builds, name)).mtimeMs }))
      .sort((left, right) => right.time - left.time)
      .slice(builds)
      .map(({ path }) => path);
  }

  private save(): void {
    try {
      mkdirSync(this.folder, { recursive: true, mode: 0o700 });
      if (!isOwn(this.folder)) return;
      asAtStart(() => {
        // A run that loads what none before it did runs other functions of the rest too.
        for (const { path, script } of this.loaded) put(path, script.createCachedData());
      });
      for (const build of this.tooMany()) rmSync(build, { recursive: true, force: true });
    } catch {
      // The next run tries again.
    }
  }
}

/** Several releases may be in use side by side; what is older than these is not. */
const builds = 4;

/** The command a run is of, as the bundle names its file; `other` for help, the version and what is misspelt. */
function commandOf([, , ...words]: readonly string[], program: string): string {
  const [first = '', second = ''] = words.filter((word, at) => at < 2 && /^[a-z-]+$/.test(word));
  return (
    [join(first, second), first].find((name) => name !== '.' && existsSync(join(program, 'commands', `${name}.js`))) ??
    'other'
  ).replaceAll(sep, '+');
}

/** Whether a folder is the user's, and nobody else may write to it. */
function isOwn(folder: string): boolean {
  const { uid, mode } = lstatSync(folder);
  return process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
}

const crc32 = (data: Uint8Array): number => process.getBuiltinModule('node:zlib').crc32(data);

/** V8 does not look whether what it is given is whole: each file ends with its checksum. */
function put(path: string, data: Buffer): void {
  const temporary = `${path}.${process.pid}.tmp`;
  const sum = Buffer.alloc(4);
  sum.writeUInt32LE(crc32(data));
  const handle = openSync(temporary, 'wx', 0o600);
  try {
    writeSync(handle, Buffer.concat([data, sum]));
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(temporary, path);
}

/** What was kept, where it is there and whole. Another process may be taking it away at this moment. */
function intact(path: string): Buffer | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    return undefined;
  }
  const data = bytes.subarray(0, -4);
  return bytes.length > 4 && crc32(data) === bytes.readUInt32LE(data.length) ? data : undefined;
}
