import { type ExitName, exitCodes, type Problem, type RampartError } from '#model/error.js';
import { visible, visibleLines } from '#model/unseen.js';

/** An error as people and pipelines see it. */
export interface Failure {
  code: string;
  exit: ExitName;
  message: string;
  next: string;
  problems: readonly Problem[];
}

/**
 * What went wrong, whoever threw it: ours, oclif's parser, or a bug. Undefined when a command already said what it had to
 * say and only the exit code is left to set.
 */
export async function failureOf(error: unknown, argv: readonly string[]): Promise<Failure | undefined> {
  if (isRampartError(error)) {
    const { code, exit, message, next } = error;
    const problems =
      error.problems.length > 0 ? error.problems : error.position ? [{ message, position: error.position }] : [];
    return { code, exit, message, next, problems };
  }
  const thrown = error as {
    code?: string;
    message?: string;
    oclif?: { exit?: number };
    parse?: unknown;
    name?: string;
  };
  if (thrown?.code === 'EEXIT') {
    process.exitCode = thrown.oclif?.exit ?? 0;
    return undefined;
  }
  if (thrown?.name === 'ExitPromptError' || thrown?.message === 'SIGINT') {
    return failure('RAMPART_INTERRUPTED', 'outside', 'interrupted; nothing was written', 'Run the command again.');
  }
  const wrong = wrongUsage(thrown);
  if (wrong !== undefined) return failure('RAMPART_USAGE', 'usage', wrong, `See: rampart ${help(argv)}--help`);
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return failure(
    'RAMPART_BUG',
    'bug',
    stack,
    'This is a bug in Rampart. Report it with the text above and the command you ran.',
  );
}

/** What is wrong with a command line, where oclif says that something is. */
function wrongUsage(
  thrown: { message?: string; oclif?: { exit?: number }; parse?: unknown } | undefined,
): string | undefined {
  const message = thrown?.message ?? '';
  const [, flag, wanted] = /^Parsing (--\S+)\s+(Expected .*)/.exec(message) ?? [];
  if (flag !== undefined) return `${flag}: ${wanted}`;
  // What the parser throws carries its state; a flag given twice comes as a bare sentence.
  const isParsers = /^(?:[Cc]ommand .* not found|Flag --\S+ (?:can only be specified once$|expects ))/.test(message);
  return thrown?.parse !== undefined || isParsers || thrown?.oclif?.exit === 2 ? firstLine(message) : undefined;
}

/** By name: the gate is bundled apart from the rest and has a class of its own. */
const isRampartError = (error: unknown): error is RampartError =>
  error instanceof Error && error.name === 'RampartError' && 'exit' in error;

const failure = (code: string, exit: ExitName, message: string, next: string): Failure => ({
  code,
  exit,
  message,
  next,
  problems: [],
});

/** What oclif says, without what it says around it. */
const firstLine = (text: string): string =>
  text
    .replace(/^The following errors? occurred:\s*/, '')
    .replace(/\n\nNote: --[\s\S]*$/, '')
    .replace(/^All of the following must be provided when using (--\S+): (.+)$/m, '$1 needs $2')
    .replace(/\nSee more help with --help\s*$/, '')
    .trim();

/** Commands of these have a second word. */
const topics = new Set(['controls', 'evidence', 'ledger', 'waiver']);

const help = (argv: readonly string[]): string => {
  const words = argv.filter((word) => /^[a-z-]+$/.test(word) && !word.startsWith('-'));
  const named = words.slice(0, topics.has(words[0] ?? '') ? 2 : 1);
  return named.map((word) => `${word} `).join('');
};

/** Sentences for stderr: each problem with its place, then what to do next. What they quote steers no terminal. */
export function failureText(failure: Failure): string {
  const places = failure.problems.map(({ message, position }) =>
    position ? `${visible(position.file)}:${position.line}:${position.column}: ${message}` : message,
  );
  const isListed = failure.problems.some((problem) => problem.message === failure.message);
  const lines = [...(isListed ? [] : [failure.message]), ...places];
  const said = visibleLines(`${lines.join('\n  ')}\n  ${failure.next}`);
  return `Error: ${said}\n  (${failure.code}, exit ${exitCodes[failure.exit]})\n`;
}
