import type { Dict, Text, Value } from '#model/value.js';
import { insistedOn } from './insists.js';
import { isLater } from './later.js';
import { hushed, open, unknown } from './value.js';
import { noWords, shellWords, type Words } from './words.js';

/** A command line whose scripts were taken apart. */
export interface Unwrapped extends Words {
  /** Words of other commands in a script that starts a server. */
  aside: Set<Value>;
  /** Words of scripts that are not wholly known, in which no server is looked for. */
  loose: Value[];
}

const shells = new Set(['sh', 'bash', 'ash', 'dash', 'ksh', 'zsh']);
const changers = new Set(['su', 'runuser']);
const deepest = 5;
const shell: Value = { kind: 'scalar', value: 'sh', at: 0 };

/** The flag before a script, alone or behind others: `-lc`. */
const inline = /^-[A-Za-z]*c$/;

export const text = (value: Value | undefined): string | undefined =>
  value?.kind === 'scalar' ? String(value.value) : undefined;

const isSecret = (value: Value | undefined): boolean =>
  (value?.kind === 'scalar' || value?.kind === 'text') && value.sensitive === true;

/** A word in a sentence for people. */
const spoken = (value: Value | undefined): string => (isSecret(value) ? '(sensitive)' : (text(value) ?? '(unknown)'));

const program = (value: Value | undefined): string | undefined => {
  const spelt = text(value);
  return spelt?.slice(spelt.lastIndexOf('/') + 1);
};

/** Where a server is started in so many words, other scripts beside it do not change how. */
export function startsServer(words: readonly Value[]): boolean {
  return words.some((word, index) => {
    const spelt = text(word) ?? '';
    if (spelt.startsWith('vllm.entrypoints.')) return true;
    return /(^|\/)vllm$/.test(spelt) && text(words[index + 1]) === 'serve';
  });
}

/**
 * Takes the scripts of a command line apart, `sh -c '…'` behind `tini --` or in another script too. A script in a file is not in
 * the manifest. `isWhole`: the words begin with the program, which is not left to the image.
 */
export function unwrapped(words: readonly Value[], environment: Dict, isWhole: boolean): Unwrapped {
  const result: Unwrapped = { aside: new Set(), loose: [], ...noWords() };
  // What an image starts by itself and hands `-c` is a shell.
  const isHanded = !isWhole && words.length > 1 && inline.test(text(words[0]) ?? '');
  takeApart(isHanded ? [shell, ...words] : words, environment, result, 0);
  noteEnvironment(words, result);
  const first = isWhole ? scriptAt(words, 0) : undefined;
  const file = first?.isInline === false || isScriptFile(words[0]) ? (first?.index ?? 0) : undefined;
  if (isWhole && file !== undefined) result.open ??= fileNamed(words[file]);
  // Words that are arguments of what the image runs say nothing of what it is.
  const other = isWhole && !startsServer(result.words) ? fileIn(result.words) : undefined;
  if (other !== undefined) result.open ??= other;
  return result;
}

/** `-e`, also among other letters. */
const setsStrict = (flag: string): boolean => /^-[a-z]+$/.test(flag) && flag.includes('e');

function takeApart(words: readonly Value[], environment: Dict, result: Unwrapped, depth: number): void {
  for (let index = 0; index < words.length; index += 1) {
    const script = depth < deepest ? scriptAt(words, index) : undefined;
    if (!script?.isInline) {
      result.words.push(words[index] as Value);
      continue;
    }
    const isStrict = words.slice(index, script.index).some((each) => setsStrict(text(each) ?? ''));
    index = script.index;
    const word = words[index] as Value;
    const source = text(word);
    if (isLater(word)) {
      // What a plan does not know yet is a word that may be any.
      result.words.push(word);
      result.open ??= word.settledBy;
      continue;
    }
    if (source === undefined) {
      result.open ??= 'a shell script that is not wholly known';
      if (word.kind === 'text') result.loose.push(...insideOf(word, guessed(word), environment).words);
      continue;
    }
    const inside = insideOf(word, source, environment);
    if (inside.open !== undefined) result.open ??= inside.open;
    if (inside.assigned.size > 0) noteAssigned(inside, insistedOn(source, isStrict), word.at, result);
    setAside(inside, result);
    takeApart(inside.words, environment, result, depth + 1);
  }
}

/** What a script sets; what it insists on is something. */
function noteAssigned({ assigned }: Words, insisted: ReadonlySet<string>, at: number, result: Unwrapped): void {
  for (const [name, value] of assigned) {
    const made = result.assigned.has(name) ? open('what the scripts make of it', at) : value;
    const isThere = made.kind === 'unknown' && insisted.has(name);
    result.assigned.set(name, isThere ? { ...unknown(made.settledBy, made.at), not: [''] } : made);
  }
}

/** A script that is known in part; a variable nobody sets stands where the rest will. */
const guessed = ({ parts }: Text): string => parts.map((part) => (typeof part === 'string' ? part : '${_}')).join('');

/** The words of a script; those of a secret one are secret too. */
function insideOf(script: Value, source: string, environment: Dict): Words {
  const inside = shellWords(source, environment, script.at);
  if (!isSecret(script)) return inside;
  const settledBy = 'what a shell script that is sensitive works out';
  const hidden = new Map(
    inside.words.map((word) => [word, word.kind === 'unknown' ? unknown(settledBy, word.at) : hushed(word)]),
  );
  return {
    words: inside.words.map((word) => hidden.get(word) ?? word),
    starts: new Set([...inside.starts].map((word) => hidden.get(word) ?? word)),
    assigned: new Map(
      [...inside.assigned].map(([name, value]) => [
        name,
        value.kind === 'unknown' ? open(settledBy, value.at) : hushed(value),
      ]),
    ),
    ...(inside.open === undefined ? {} : { open: settledBy }),
  };
}

/** Flags of other commands are no flags of the server. */
function setAside({ words, starts }: Words, { aside }: Unwrapped): void {
  if (!startsServer(words)) return;
  const commands: Value[][] = [];
  for (const word of words) {
    if (starts.has(word)) commands.push([]);
    commands.at(-1)?.push(word);
  }
  for (const command of commands) if (!startsServer(command)) for (const word of command) aside.add(word);
}

/** The script a word of a command line runs: where it stands, and whether it is spelt out. */
function scriptAt(words: readonly Value[], index: number): { index: number; isInline: boolean } | undefined {
  const name = program(words[index]);
  if (name === undefined) return undefined;
  if (name === 'eval') return index + 1 < words.length ? { index: index + 1, isInline: true } : undefined;
  if (changers.has(name)) {
    const flag = words.findIndex((word, at) => at > index && /^(?:-[a-z]*c|--command)$/.test(text(word) ?? ''));
    return flag === -1 || flag + 1 >= words.length ? undefined : { index: flag + 1, isInline: true };
  }
  if (!shells.has(name)) return undefined;
  let isInline = false;
  for (let at = index + 1; at < words.length; at += 1) {
    const flag = text(words[at]) ?? '';
    if (!/^[-+]/.test(flag)) return { index: at, isInline };
    if (/^-[A-Za-z]*c/.test(flag)) isInline = true;
    // `-o pipefail`
    if (/^[-+][A-Za-z]*[oO]$/.test(flag)) at += 1;
  }
  return { index: words.length, isInline: false };
}

const isScriptFile = (word: Value | undefined): boolean => /^[./].*\.(?:sh|py)$/.test(text(word) ?? '');

const fileNamed = (word: Value | undefined): string =>
  word === undefined ? 'what the shell is given' : `script ${spoken(word)}`;

/** Modules that serve models as their command line says, and no otherwise. */
const servers = /^(?:sglang\.launch_server|llama_cpp\.server)$/;

/** What else a command line runs that is not spelt out in it. */
function fileIn(words: readonly Value[]): string | undefined {
  const python = words.findIndex((word) => /^python[\d.]*$/.test(program(word) ?? ''));
  for (const [index, word] of words.entries()) {
    const before = text(words[index - 1]) ?? '';
    if (/^--\w/.test(before)) continue;
    const spelt = text(word) ?? '';
    if (isScriptFile(word)) return fileNamed(word);
    if (python === -1 || index <= python || words.slice(python + 1, index).some((each) => !isFlag(each))) continue;
    if (spelt.endsWith('.py')) return fileNamed(word);
    if (before === '-c') return 'what Python is given';
    if (before === '-m') return servers.test(spelt) ? undefined : `module ${spoken(word)}`;
  }
  return undefined;
}

const isFlag = (word: Value): boolean => (text(word) ?? '').startsWith('-');

/** `env A=x program` */
function noteEnvironment(words: readonly Value[], { assigned }: Unwrapped): void {
  const start = words.findIndex((word) => program(word) === 'env');
  if (start === -1) return;
  for (let index = start + 1; index < words.length; index += 1) {
    const word = words[index] as Value;
    const spelt = text(word) ?? '';
    const [, name, value] = /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(spelt) ?? [];
    if (spelt === '-u') {
      index += 1;
      assigned.set(text(words[index]) ?? '', open('what env makes of it', word.at));
    } else if (name !== undefined && value !== undefined) {
      const set: Value = { kind: 'scalar', value, at: word.at };
      assigned.set(name, isSecret(word) ? hushed(set) : set);
    } else if (!spelt.startsWith('-')) return;
  }
}
