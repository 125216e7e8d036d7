import { type Dict, dictOf, type List, type Value } from '#model/value.js';
import type { RawMap } from '../yaml/tree.js';
import { expanded } from './environment.js';
import { absent, itemsAt, open } from './value.js';
import { shellWords, type Words } from './words.js';

/** What a container runs, as far as the manifest says. */
export interface CommandLine {
  /** Every word of `command` and `args`; a shell's script is taken apart, and `--flag=value` is two words. */
  arguments: List;
  /** Long flag without its dashes → its value, or true; underscores are read as dashes. */
  options: Dict;
  /** False where both are left to the image. */
  given: boolean;
}

const shells = new Set(['sh', 'bash', 'ash', 'dash', 'zsh']);

/** `defaulted` names what may fill in a command line that is not given. */
export function commandLineOf(container: RawMap, environment: Dict, defaulted: string, at: number): CommandLine {
  const command = wordsUnder(container, 'command', environment);
  const args = wordsUnder(container, 'args', environment);
  const given = command.length + args.length > 0;
  const all = [...command, ...args];
  const line = given ? unwrapped(all, command.length > 0, environment) : { words: [], open: defaulted };
  const words = line.words.flatMap(parted);
  const more = line.open === undefined ? undefined : open(line.open, at);
  return {
    arguments: { kind: 'list', items: words, at, ...(more ? { open: more } : {}) },
    options: optionsOf(words, more?.settledBy, at),
    given,
  };
}

function wordsUnder(container: RawMap, key: string, environment: Dict): Value[] {
  return itemsAt(container, key).map((item) =>
    item.kind === 'scalar'
      ? expanded(String(item.value ?? ''), environment, item.at)
      : { kind: 'scalar', value: '', at: item.at },
  );
}

const text = (value: Value | undefined): string | undefined =>
  value?.kind === 'scalar' ? String(value.value) : undefined;

/** Looks into `sh -c '…'`; a script in a file is not in the manifest. */
function unwrapped(words: Value[], startsProgram: boolean, environment: Dict): Words {
  const program = startsProgram ? text(words[0]) : undefined;
  if (program === undefined) return { words };
  if (/\.sh$/.test(program)) return { words, open: `script ${program}` };
  if (!shells.has(program.slice(program.lastIndexOf('/') + 1))) return { words };
  const first = words.findIndex((word, index) => index > 0 && !/^[-+]/.test(text(word) ?? 'x'));
  const script = words[first];
  if (!script) return { words, open: 'what the shell is given' };
  const isInline = words.slice(1, first).some((word) => /^-[a-z]*c/.test(text(word) ?? ''));
  const source = text(script);
  if (!isInline) return { words, open: `script ${source ?? '(unknown)'}` };
  if (source === undefined) return { words: [], open: 'a shell script that is not wholly known' };
  const inside = shellWords(source, environment, script.at);
  const file = inside.words.map(text).find((word) => word !== undefined && /^[./].*\.sh$/.test(word));
  const more = inside.open ?? (file === undefined ? undefined : `script ${file}`);
  return { words: [...inside.words, ...words.slice(first + 1)], ...(more === undefined ? {} : { open: more }) };
}

/** `--flag=value` as two words. */
function parted(word: Value): Value[] {
  const start = word.kind === 'text' ? word.parts[0] : word.kind === 'scalar' ? String(word.value) : undefined;
  const flag = typeof start === 'string' ? /^(--?[A-Za-z][\w.-]*)=/.exec(start)?.[1] : undefined;
  if (flag === undefined || typeof start !== 'string') return [word];
  const rest = start.slice(flag.length + 1);
  const name: Value = { kind: 'scalar', value: flag, at: word.at };
  if (word.kind !== 'text') return [name, { kind: 'scalar', value: rest, at: word.at }];
  const parts = rest === '' ? word.parts.slice(1) : [rest, ...word.parts.slice(1)];
  const [only] = parts;
  if (parts.length === 1 && typeof only === 'object') return [name, { ...only, at: word.at }];
  return [name, { kind: 'text', parts, at: word.at }];
}

const flagOf = (word: Value | undefined): string | undefined =>
  /^--([A-Za-z][\w.-]*)$/.exec(text(word) ?? '')?.[1]?.replaceAll('_', '-');

const isNoFlag = (word: Value): boolean => !(text(word) ?? 'x').startsWith('-');

function optionsOf(words: readonly Value[], openBy: string | undefined, at: number): Dict {
  // `vllm serve <model>` names the model without a flag.
  const model = words[words.findIndex((word) => text(word) === 'serve') + 1];
  const known = new Map<string, Value>(model && model !== words[0] && isNoFlag(model) ? [['model', model]] : []);
  let settledBy = openBy;
  for (const [index, word] of words.entries()) {
    const flag = flagOf(word);
    const next = words[index + 1];
    if (flag !== undefined) {
      const isValue = next !== undefined && isNoFlag(next);
      known.set(flag, isValue ? next : { kind: 'scalar', value: true, at: word.at });
      // vLLM reads more flags from this file.
      if (flag === 'config' && isValue) settledBy ??= 'the file named by --config';
    } else if (word.kind !== 'scalar' && flagOf(words[index - 1]) === undefined) {
      settledBy ??= word.kind === 'unknown' ? word.settledBy : 'a partly known argument';
    }
  }
  const more = settledBy === undefined ? undefined : open(settledBy, at);
  return dictOf(known.keys(), (name) => known.get(name) ?? more ?? absent(at), at, more);
}
