import { fileURLToPath } from 'node:url';
import { Config } from '@oclif/core/config';
import { run } from '@oclif/core/run';
import { endPolitely } from '#io/interrupt.js';
import { systemError } from '#io/system-error.js';
import { exitCodes } from '#model/error.js';
import { type Failure, failureOf, failureText } from './failure.js';

// What commands are made of is bundled with the start, since every run needs both.
export * from './cli.js';

/**
 * Runs one command line and ends the process with an exit code from the one table. Errors go to stderr as sentences, or to stdout as
 * JSON where the command line asks for JSON. `binary` is the URL of the file in `bin/`, next to which oclif finds the package.
 */
export async function main(binary: string): Promise<void> {
  await runToEnd(binary);
  await Promise.all([process.stdout, process.stderr].map(written));
  // All is done: what V8 still compiles or collects, a process that ends by itself would wait for.
  process.exit();
}

/**
 * A reader that closes the pipe early (`| head`) is no error, and changes nothing: the command does the rest of its work and ends
 * with its own exit code. A report that could not be written is one.
 */
function outputFailed(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') return;
  const { code, exit, message, next } = systemError('write', 'standard output', error);
  process.stderr.write(failureText({ code, exit, message, next, problems: [] }));
  process.exit(exitCodes[exit]);
}

/** When all that was written to a stream has left the process, or cannot any more. */
const written = (stream: NodeJS.WriteStream): Promise<void> =>
  new Promise((resolve) => {
    stream.write('', () => resolve());
  });

/** Rampart has no plugins: a home is not searched for any, which would warn of one that cannot be read. */
const rootOf = (binary: string) => ({ root: fileURLToPath(binary), userPlugins: false });

async function runToEnd(binary: string): Promise<void> {
  const argv = process.argv.slice(2);
  // Ctrl-C ends any command with a sentence and a row of the exit table; writers add what they have to clean up.
  endPolitely();
  // Before oclif, which throws what it does not expect.
  process.stdout.prependListener('error', outputFailed);
  // With nobody left to read them, errors are told by the exit code.
  process.stderr.on('error', () => undefined);
  try {
    await run(argv, rootOf(binary));
  } catch (error) {
    const found = await failureOf(error, argv);
    if (!found) return;
    const failure = await withMeant(found, error, binary);
    process.exitCode = exitCodes[failure.exit];
    const wantsJson =
      argv.includes('--json') ||
      argv.some((word, at) => word === '--format=json' || (word === 'json' && argv[at - 1] === '--format'));
    if (wantsJson) process.stdout.write(`${JSON.stringify({ error: failure }, null, 2)}\n`);
    process.stderr.write(failureText(failure));
  }
}

/** A wrong command line, or a path that is not there, with what it may have meant. Loads what it needs only here. */
async function withMeant(failure: Failure, error: unknown, binary: string): Promise<Failure> {
  if (failure.code === 'RAMPART_NOT_FOUND') {
    const { nearestFile } = await import('./session/nearest-file.js');
    return { ...failure, next: `${failure.next}${nearestFile(error as Error)}` };
  }
  if (failure.code !== 'RAMPART_USAGE') return failure;
  const { guess } = await import('./did-you-mean.js');
  const commands = async () => (await Config.load(rootOf(binary))).commandIDs;
  const { message = failure.message, meant, next = failure.next } = await guess(error, commands);
  return { ...failure, message, next: `${meant} ${next}`.trim() };
}
