import type { Dict, Value } from '#model/value.js';
import { joined } from './environment.js';
import { unknown } from './value.js';

/** Words of a command line. `open` says what else may put words there. */
export interface Words {
  words: Value[];
  open?: string;
}

const longestScript = 20_000;

const token =
  /\\\n|\s+|#[^\n]*|'([^']*)'|"((?:\\[\s\S]|[^"\\])*)"|\\([\s\S])|(\$\([^)]*\)|`[^`]*`)|\$(?:\{([A-Za-z_]\w*)[^}]*\}|([A-Za-z_]\w*))|([;&|<>()]+)|[^\s'"\\$`;&|<>()#]+|./g;

/**
 * The words of a shell script, all its commands in a row: enough to find a program and its flags. Variables are filled in
 * from the environment; a variable outside quotes may be any number of words.
 */
export function shellWords(script: string, environment: Dict, at: number): Words {
  if (script.length > longestScript) return { words: [], open: 'a long shell script' };
  const reader = new ScriptReader(environment, at);
  for (const match of script.matchAll(token)) reader.take(match);
  return reader.end();
}

class ScriptReader {
  private readonly result: Words = { words: [] };
  private pieces: (string | Value)[] | undefined;

  constructor(
    private readonly environment: Dict,
    private readonly at: number,
  ) {}

  take([text, single, double, escaped, substitution, braced, bare, operator]: RegExpMatchArray): void {
    const name = braced ?? bare;
    if (text === '\\\n') return;
    if (/^\s/.test(text) || operator !== undefined) this.endWord();
    else if (double !== undefined) this.add(...quoted(double, this.environment, this.at));
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
    const value = variable(name, this.environment, this.at);
    if (value.kind !== 'scalar') {
      this.addOpen(`shell variable ${name}`);
      return;
    }
    for (const [index, part] of String(value.value).split(/\s+/).entries()) {
      if (index > 0) this.endWord();
      if (part !== '') this.add(part);
    }
  }

  private endWord(): void {
    if (this.pieces) this.result.words.push(joined(this.pieces, this.at));
    this.pieces = undefined;
  }
}

function quoted(text: string, environment: Dict, at: number): (string | Value)[] {
  return text.split(/(\$\([^)]*\)|\$\{[A-Za-z_]\w*[^}]*\}|\$[A-Za-z_]\w*)/).map((piece) => {
    if (piece.startsWith('$(')) return unknown('what the shell works out', at);
    const name = /^\$\{?([A-Za-z_]\w*)/.exec(piece)?.[1];
    return name === undefined ? piece.replace(/\\([\s\S])/g, '$1') : variable(name, environment, at);
  });
}

/** Variables a script sets itself are not followed. */
function variable(name: string, environment: Dict, at: number): Value {
  const value = environment.get(name);
  return value.kind === 'scalar' || value.kind === 'text' ? value : unknown(`shell variable ${name}`, at);
}
