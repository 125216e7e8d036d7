import { type Dict, dictOf, type List, type Unknown, type Value } from '#model/value.js';
import type { RawMap } from '../yaml/tree.js';
import { joined, written } from './environment.js';
import { isLater } from './later.js';
import { text, unwrapped } from './scripts.js';
import { absent, hushed, itemsAt, open } from './value.js';

/** What a container runs, as far as the manifest says. */
export interface CommandLine {
  /** Every word of `command` and `args`; a shell's script is taken apart, and `--flag=value` is two words. */
  arguments: List;
  /** Long flag without its dashes → its value, or true; underscores are read as dashes. */
  options: Dict;
  /** Variables that `env` or a script sets before it starts what serves. */
  assigned: ReadonlyMap<string, Value>;
  /** Every word of the form `NAME=value`, by `name` and `value`, in scripts that are known in part too. */
  assignments: List;
  /** False where both are left to the image. */
  given: boolean;
}

/** `defaulted` names what may fill in a command line that is not given. */
export function commandLineOf(container: RawMap, environment: Dict, defaulted: string, at: number): CommandLine {
  const command = wordsUnder(container, 'command', environment);
  const args = wordsUnder(container, 'args', environment);
  const given = command.length + args.length > 0;
  const all = [...command, ...args];
  const { aside, assigned, loose, ...line } = unwrapped(all, environment, command.length > 0);
  const values = new Set<Value>();
  const words = line.words.flatMap((word) => parted(word, values));
  const own =
    aside.size === 0 ? words : line.words.filter((word) => !aside.has(word)).flatMap((word) => parted(word, values));
  const assignments = [...words, ...loose].flatMap(assignment);
  const options = optionsOf(own, given ? line.open : defaulted, at);
  const { open: more } = options;
  const items = words.filter(
    (word, index) => word.kind === 'scalar' || !(values.has(word) || isValue(words[index - 1])),
  );
  return {
    arguments: { kind: 'list', items, at, ...(more ? { open: more } : {}) },
    options,
    assigned,
    assignments: { kind: 'list', items: assignments, at },
    given,
  };
}

/** Flags that always take a value: an unknown word behind one is that value and no flag. */
const valued = new Set(
  'api-key hf-token host max-model-len model port served-model-name ssl-ca-certs ssl-certfile ssl-keyfile tensor-parallel-size uds'.split(
    ' ',
  ),
);

const isValue = (before: Value | undefined): boolean => before !== undefined && valued.has(flagOf(before) ?? '');

function wordsUnder(container: RawMap, key: string, environment: Dict): Value[] {
  return itemsAt(container, key).map((item) => written(item, environment, item.at));
}

/** `--flag=value` as two words, the second of which is added to `values`. */
function parted(word: Value, values: Set<Value>): Value[] {
  const start = word.kind === 'text' ? word.parts[0] : word.kind === 'scalar' ? String(word.value) : undefined;
  const flag = typeof start === 'string' ? /^(--?[A-Za-z][\w.-]*)=/.exec(start)?.[1] : undefined;
  if (flag === undefined || typeof start !== 'string') return [word];
  const rest = start.slice(flag.length + 1);
  const name: Value = { kind: 'scalar', value: flag, at: word.at };
  const parts = word.kind === 'text' ? word.parts.slice(1) : [];
  const isHushed = (word.kind === 'scalar' || word.kind === 'text') && word.sensitive;
  const plain = joined([rest, ...parts], word.at);
  const value = isHushed ? hushed(plain) : plain;
  values.add(value);
  return [isHushed ? hushed(name) : name, value];
}

/** What a word `NAME=value` sets. What is not wholly known is put together from what stands elsewhere. */
function assignment(word: Value): Dict[] {
  const start = word.kind === 'text' ? word.parts[0] : word.kind === 'scalar' ? word.value : undefined;
  const [whole, name] = (typeof start === 'string' && /^([A-Za-z_]\w*)=/.exec(start)) || [];
  if (whole === undefined || name === undefined) return [];
  const { at } = word;
  const value: Value =
    word.kind === 'scalar'
      ? { ...word, value: String(word.value).slice(whole.length) }
      : open('what is put into a command line', at);
  return [dictOf(['name', 'value'], (key) => (key === 'name' ? { kind: 'scalar', value: name, at } : value), at)];
}

const flagOf = (word: Value | undefined): string | undefined =>
  /^--([A-Za-z][\w.-]*)$/.exec(text(word) ?? '')?.[1]?.replaceAll('_', '-');

const isNoFlag = (word: Value): boolean => !(text(word) ?? 'x').startsWith('-');

/** What other options may be. */
const moreOf = (words: readonly Value[], settledBy: string, at: number): Unknown => ({
  ...open(settledBy, at),
  ...(words.some(isLater) ? { from: null } : {}),
});

function optionsOf(words: readonly Value[], openBy: string | undefined, at: number): Dict {
  const model = servedModel(words, at);
  const known = new Map<string, Value>(model ? [['model', model]] : []);
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
  const more = settledBy === undefined ? undefined : moreOf(words, settledBy, at);
  return dictOf(known.keys(), (name) => known.get(name) ?? more ?? absent(at), at, more);
}

/** `vllm serve <model>` names the model without a flag, before the others or behind them. */
function servedModel(words: readonly Value[], at: number): Value | undefined {
  const start = words.findIndex((word) => text(word) === 'serve') + 1;
  const [first, ...rest] = start === 0 ? [] : words.slice(start);
  if (!first || isNoFlag(first)) return first;
  // A word behind the value of a flag is none; of one behind a flag it cannot be told.
  const free = rest.findIndex((word, index) => isNoFlag(word) && isNoFlag(rest[index - 1] ?? first));
  if (free !== -1) return rest[free];
  const mayBe = rest.some((word) => isNoFlag(word) && (text(word) ?? '').includes('/'));
  return mayBe ? open('which of its words names the model', at) : undefined;
}
