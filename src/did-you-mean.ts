import { visible } from '#plan/show.js';
import { didYouMean } from '#plan/suggest.js';

/** What oclif's parser throws, as far as it helps to guess what was meant. */
interface Thrown {
  message?: string;
  flags?: readonly string[];
  parse?: { input?: { flags?: Readonly<Record<string, unknown>> } };
}

/** A wrong command line in our words: what is wrong with it, and what it may have meant. */
export interface Guess {
  message?: string;
  /** ` Did you mean x?`, or nothing. */
  meant: string;
  /** Where help is, when it is not at the command that was named. */
  next?: string;
}

/** What a command line that was not understood most likely meant. Loaded only then. */
export async function guess(error: unknown, commandIds: () => Promise<readonly string[]>): Promise<Guess> {
  const { message = '', flags, parse } = error as Thrown;
  const command = /^[Cc]ommand (.+) not found/.exec(message)?.[1];
  if (command !== undefined) return guessCommand(command.split(':'), await commandIds());
  if (flags && parse?.input?.flags) {
    const known = Object.keys(parse.input.flags).map((name) => `--${name}`);
    return { meant: flags.map((flag) => didYouMean(flag, known)).join('') };
  }
  const option = /^Expected (?:--[^=]+=)?(.*) to be one of: (.*)$/m.exec(message);
  if (option) return { meant: didYouMean(option[1] ?? '', option[2]?.split(', ') ?? []) };
  return { meant: '' };
}

/** oclif takes the words behind an unknown command for a part of its name. */
function guessCommand(words: readonly string[], ids: readonly string[]): Guess {
  const commands = ids.map((id) => id.replaceAll(':', ' '));
  const topics = new Set(commands.filter((name) => name.includes(' ')).map((name) => name.split(' ')[0] ?? ''));
  const [first = '', second = ''] = words;
  if (topics.has(first)) {
    const inTopic = commands.filter((name) => name.startsWith(`${first} `)).map((name) => name.slice(first.length + 1));
    const meant = didYouMean(second, inTopic).replace('mean ', `mean rampart ${first} `);
    return {
      message: `rampart ${first} has no command ${visible(second)}`,
      meant: meant || ` There are: ${inTopic.join(', ')}.`,
      next: `See: rampart ${first} --help`,
    };
  }
  const roots = [...new Set([...commands.filter((name) => !name.includes(' ')), ...topics])].sort();
  const meant = didYouMean(first, roots).replace('mean ', 'mean rampart ');
  return {
    message: `rampart has no command ${visible(first)}`,
    meant: meant || ` There are: ${roots.join(', ')}.`,
    next: 'See: rampart --help',
  };
}
