import type { Dict, Value } from '#model/value.js';
import { joined, shellVariable } from './environment.js';
import { open, unknown } from './value.js';

/** Words of a command line. */
export interface Words {
  words: Value[];
  /** What else may put words there. */
  open?: string;
  /** The first word of each command. */
  starts: Set<Value>;
  /** Variables that are set on the way: to what they are exported as, or to something not followed. */
  assigned: Map<string, Value>;
}

const longestScript = 20_000;

/** What is begun and not ended goes on to the end: a look for its end from each place it may begin would take the square. */
const token =
  /\\\n|\s+|#[^\n]*|'([^']*)'|"((?:\\[\s\S]|[^"\\])*)"|\\([\s\S])|(\$\([^)]*\)?|`[^`]*`?)|\$(?:\{([A-Za-z_]\w*)[^}]*\}?|([A-Za-z_]\w*))|([;&|<>()]+)|[^\s'"\\$`;&|<>()#]+|./g;

export const noWords = (): Words => ({ words: [], starts: new Set(), assigned: new Map() });

/**
 * The words of a shell script, all its commands in a row: enough to find a program and its flags. Variables are filled in
 * from the environment; a variable outside quotes may be any number of words, and one the script sets itself is not followed.
 */
export function shellWords(script: string, environment: Dict, at: number): Words {
  if (script.length > longestScript) return { ...noWords(), open: 'a long shell script' };
  const reader = new ScriptReader(environment, at);
  for (const match of script.matchAll(token)) reader.take(match);
  return reader.end();
}

/** Words after which names of variables stand whose value they change. */
const changing = new Set(['unset', 'read', 'for', '-r', '-u']);

class ScriptReader {
  private readonly result = noWords();
  private pieces: (string | Value)[] | undefined;
  private isStart = true;
  private isExport = false;
  /** The next word is where input or output goes. */
  private isTarget = false;
  private last = '';

  constructor(
    private readonly environment: Dict,
    private readonly at: number,
  ) {}

  take([text, single, double, escaped, substitution, braced, bare, operator]: RegExpMatchArray): void {
    const name = braced ?? bare;
    if (text === '\\\n') return;
    if (/^\s/.test(text) || operator !== undefined) {
      const isRedirection = operator !== undefined && /[<>]/.test(operator) && !operator.includes('(');
      // `2` of `2>&1`
      if (isRedirection && this.pieces?.every((piece) => typeof piece === 'string' && /^\d*$/.test(piece)))
        this.pieces = undefined;
      this.endWord();
      if (isRedirection) this.isTarget = true;
      // `2>&1` ends no command.
      if (text.includes('\n') || (operator !== undefined && !/[<>]/.test(operator))) this.isStart = true;
    } else if (double !== undefined) this.add(...this.quoted(double));
    else if (substitution !== undefined) this.addOpen('what the shell works out');
    else if (name !== undefined) this.addVariable(name);
    else if (!text.startsWith('#') || this.pieces) this.add(single ?? escaped ?? text);
  }

  end(): Words {
    this.endWord();
    return this.result;
  }

  private add(...more: (string | Value)[]): void {
    this.pieces = [...(this.pieces ?? []), ...more];
  }

  private addOpen(settledBy: string): void {
    this.add(unknown(settledBy, this.at));
    this.result.open = settledBy;
  }

  /** A known variable outside quotes falls apart at its blanks. */
  private addVariable(name: string): void {
    const value = this.variable(name);
    if (value.kind !== 'scalar') {
      this.addOpen(`shell variable ${name}`);
      return;
    }
    for (const [index, part] of String(value.value).split(/\s+/).entries()) {
      if (index > 0) this.endWord();
      if (part !== '') this.add(part);
    }
  }

  private quoted(text: string): (string | Value)[] {
    return text.split(/(\$\([^)]*\)?|`[^`]*`?|\$\{[A-Za-z_][^}]*\}?|\$[A-Za-z_]\w*)/).map((piece) => {
      if (/^(?:\$\(|`)/.test(piece)) return unknown('what the shell works out', this.at);
      const name = /^\$\{?([A-Za-z_]\w*)/.exec(piece)?.[1];
      return name === undefined ? piece.replace(/\\([\s\S])/g, '$1') : this.variable(name);
    });
  }

  private variable(name: string): Value {
    const value = this.result.assigned.has(name) ? undefined : shellVariable(name, this.environment, this.at);
    return value?.kind === 'scalar' || value?.kind === 'text' ? value : unknown(`shell variable ${name}`, this.at);
  }

  private endWord(): void {
    if (!this.pieces) return;
    const word = joined(this.pieces, this.at);
    this.pieces = undefined;
    if (this.isTarget) {
      this.isTarget = false;
      return;
    }
    const spelt = beginning(word);
    if (this.isStart) {
      this.result.starts.add(word);
      this.isExport = spelt === 'export';
    }
    this.isStart = false;
    this.note(spelt, word);
    this.last = spelt;
    this.result.words.push(word);
  }

  private note(spelt: string, word: Value): void {
    const [, name, sign] = /^([A-Za-z_]\w*)(\+?=)/.exec(spelt) ?? [];
    const { assigned } = this.result;
    if (name !== undefined) {
      const isKnown = this.isExport && sign === '=' && word.kind === 'scalar' && !assigned.has(name);
      const value = spelt.slice(name.length + 1);
      assigned.set(name, isKnown ? { kind: 'scalar', value, at: this.at } : this.changed());
    } else if (changing.has(this.last) && /^[A-Za-z_]\w*$/.test(spelt)) assigned.set(spelt, this.changed());
  }

  private readonly changed = (): Value => open('what the script makes of it', this.at);
}

/** A word, as far as its beginning is known. */
function beginning(word: Value): string {
  const first = word.kind === 'text' ? word.parts[0] : word.kind === 'scalar' ? String(word.value) : undefined;
  return typeof first === 'string' ? first : '';
}
