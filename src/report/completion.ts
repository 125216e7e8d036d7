import type { Shell } from '#model/shell.js';

/** A command as its completion needs it. */
export interface Completed {
  /** `['evidence', 'verify']`. */
  words: readonly string[];
  summary: string;
  flags: readonly CompletedFlag[];
  /** Values its arguments may have, where only some are possible. */
  values: readonly string[];
}

export interface CompletedFlag {
  name: string;
  char?: string;
  summary: string;
  takesValue: boolean;
  /** Values it may have, where only some are possible. */
  values: readonly string[];
}

/** A word that may come next, and what it is for. */
interface Choice {
  word: string;
  summary: string;
}

/**
 * A script for a shell that completes commands, flags and their values, and files where any may stand. It is whole in itself: it starts
 * no program, so that completing takes no time.
 */
export const completionScript = (shell: Shell, bin: string, commands: readonly Completed[]): string =>
  writers[shell](bin, [...commands].sort(byWords));

const writers: Record<Shell, (bin: string, commands: readonly Completed[]) => string> = { bash, zsh, fish };

const nameOf = ({ words }: Pick<Completed, 'words'>): string => words.join(' ');

const byWords = (left: Completed, right: Completed): number => (nameOf(left) < nameOf(right) ? -1 : 1);

/** What may follow each beginning of a command: `''`, `evidence`. A command beside its sub-commands is none of these. */
function topicsOf(commands: readonly Completed[]): ReadonlyMap<string, readonly Choice[]> {
  const topics = new Map<string, Map<string, string>>();
  for (const { words, summary } of commands) {
    for (const [at, word] of words.entries()) {
      const topic = words.slice(0, at).join(' ');
      const isWhole = at === words.length - 1;
      const choices = topics.get(topic) ?? new Map<string, string>();
      if (isWhole || !choices.has(word)) choices.set(word, isWhole ? summary : `Commands of ${word}.`);
      topics.set(topic, choices);
    }
  }
  return new Map(
    [...topics].map(([topic, choices]) => [topic, [...choices].map(([word, summary]) => ({ word, summary }))]),
  );
}

const spellings = ({ name, char }: CompletedFlag): string[] => [`--${name}`, ...(char ? [`-${char}`] : [])];

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** A branch of a `case` for each flag whose next word is its value. */
const valueCases = (flags: readonly CompletedFlag[], set: (values: readonly string[]) => string): string[] =>
  flags
    .filter(({ takesValue }) => takesValue)
    .map((flag) => `        ${spellings(flag).join('|')}) ${set(flag.values)}; return ;;`);

/** The words before the one at hand that name a command, the same in both shells but for how words are counted. */
const findCommand = (
  bin: string,
  commands: readonly Completed[],
  first: string,
  here: string,
  word: string,
): string => {
  const known = [...topicsOf(commands).keys(), ...commands.map(nameOf)].filter((name) => name !== '');
  return `_${bin}() {
  local command='' at candidate
  for ((at = ${first}; at < ${here}; at++)); do
    candidate="\${command:+$command }${word}"
    case $candidate in
      ${[...new Set(known)].sort().map(quoted).join('|')}) command=$candidate ;;
      *) break ;;
    esac
  done
`;
};

function bash(bin: string, commands: readonly Completed[]): string {
  const topics = [...topicsOf(commands)].map(
    ([topic, choices]) => `    ${quoted(topic)}) words=${quoted(choices.map(({ word }) => word).join(' '))} ;;`,
  );
  const cases = commands.map(({ words, flags, values }) =>
    [
      `    ${quoted(words.join(' '))})`,
      '      case $previous in',
      ...valueCases(flags, (of) => `COMPREPLY=($(compgen -W ${quoted(of.join(' '))} -- "$current"))`),
      '      esac',
      `      words=${quoted(values.join(' '))}`,
      `      [[ $current == -* ]] && words=${quoted(flags.flatMap(spellings).join(' '))}`,
      '      ;;',
    ].join('\n'),
  );
  return `# Completion of ${bin} for bash: source <(${bin} completion bash)
${findCommand(bin, commands, '1', 'COMP_CWORD', '${COMP_WORDS[at]}')}  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} words=''
  COMPREPLY=()
  case $command in
${[...topics, ...cases].join('\n')}
  esac
  # Files are offered where nothing else is known.
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _${bin} ${bin}
`;
}

function zsh(bin: string, commands: readonly Completed[]): string {
  const choice = ({ word, summary }: Choice): string => quoted(`${word.replaceAll(':', '\\:')}:${summary}`);
  const bare = (words: readonly string[]): string => words.map((word) => choice({ word, summary: '' })).join(' ');
  const topics = [...topicsOf(commands)].map(
    ([topic, choices]) => `    ${quoted(topic)}) found=(${choices.map(choice).join(' ')}) ;;`,
  );
  const cases = commands.map(({ words, flags, values }) => {
    const all = flags.flatMap((flag) => spellings(flag).map((word) => choice({ word, summary: flag.summary })));
    return [
      `    ${quoted(words.join(' '))})`,
      '      case $words[CURRENT-1] in',
      ...valueCases(flags, (of) => (of.length > 0 ? `found=(${bare(of)}); _describe value found` : '_files')),
      '      esac',
      `      found=(${bare(values)})`,
      `      if [[ $PREFIX == -* ]]; then found=(${all.join(' ')}); _describe -o flag found; return; fi`,
      '      ;;',
    ].join('\n');
  });
  return `#compdef ${bin}
# Completion of ${bin} for zsh: source <(${bin} completion zsh), after compinit
${findCommand(bin, commands, '2', 'CURRENT', '$words[at]')}  local -a found
  case $command in
${[...topics, ...cases].join('\n')}
  esac
  # Files are offered where nothing else is known.
  if (( \${#found} )); then _describe word found; else _files; fi
}
compdef _${bin} ${bin}
`;
}

function fish(bin: string, commands: readonly Completed[]): string {
  const string = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;
  const lines: string[] = [];
  const add = (condition: string, ...words: string[]): void => {
    lines.push(`complete -c ${bin} -n ${string(condition)} ${words.join(' ')}`);
  };
  for (const [topic, choices] of topicsOf(commands)) {
    for (const { word, summary } of choices)
      add(`__${bin}_is ${topic}`.trimEnd(), '-f', '-a', string(word), '-d', string(summary));
  }
  for (const { words, flags, values } of commands) {
    const inside = `__${bin}_in ${words.join(' ')}`;
    if (values.length > 0) add(inside, '-f', '-a', string(values.join(' ')));
    for (const { name, char, takesValue, values: of, summary } of flags) {
      const value = of.length > 0 ? ['-x', '-a', string(of.join(' '))] : takesValue ? ['-r'] : [];
      add(inside, '-l', name, ...(char ? ['-s', char] : []), ...value, '-d', string(summary));
    }
  }
  return `# Completion of ${bin} for fish: ${bin} completion fish | source
function __${bin}_typed
  set -l typed (commandline -opc)
  for word in $typed[2..]
    string match -q -- '-*' $word; and break
    echo $word
  end
end
function __${bin}_is
  set -l typed (__${bin}_typed)
  test "$typed" = "$argv"
end
function __${bin}_in
  set -l typed (__${bin}_typed)
  string match -q -- "$argv *" "$typed "
end
${lines.join('\n')}
`;
}
