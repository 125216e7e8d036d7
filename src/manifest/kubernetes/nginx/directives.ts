/** One directive of an nginx configuration: its name, its words, and what stands in its block. */
export interface Directive {
  name: string;
  words: readonly string[];
  block?: readonly Directive[];
}

/** Blocks in each other; nginx itself knows no more than a few. */
const deepest = 20;

/**
 * The directives of a configuration, or undefined where it is none: nginx would not start with it, or runs Lua that stands in it.
 */
export function directivesOf(text: string): readonly Directive[] | undefined {
  const top: Directive[] = [];
  const around: Directive[][] = [];
  let here = top;
  let words: string[] = [];
  for (const { word, sign } of tokensOf(text)) {
    if (word !== undefined) {
      words.push(word);
      continue;
    }
    const [name, ...rest] = words;
    if ((name === undefined) !== (sign === '}')) return undefined;
    if (name === undefined) {
      const outer = around.pop();
      if (!outer) return undefined;
      here = outer;
      continue;
    }
    words = [];
    if (sign === ';') here.push({ name, words: rest });
    else {
      if (name.endsWith('_by_lua_block') || around.length === deepest) return undefined;
      const block: Directive[] = [];
      here.push({ name, words: rest, block });
      around.push(here);
      here = block;
    }
  }
  return around.length > 0 || words.length > 0 ? undefined : top;
}

type Token = { word: string; sign?: never } | { sign: ';' | '{' | '}'; word?: never };

/** Read sign by sign, as nginx does, since the text may be long and hostile. */
function* tokensOf(text: string): Generator<Token> {
  let index = 0;
  while (index < text.length) {
    const sign = text.charAt(index);
    if (isBlank(sign)) index += 1;
    else if (sign === '#') {
      const end = text.indexOf('\n', index);
      index = end === -1 ? text.length : end;
    } else if (sign === ';' || sign === '{' || sign === '}') {
      yield { sign };
      index += 1;
    } else if (sign === '"' || sign === "'") {
      const end = quoteEnd(text, index);
      yield { word: text.slice(index + 1, end) };
      index = end + 1;
    } else {
      const end = wordEnd(text, index);
      yield { word: text.slice(index, end) };
      index = end;
    }
  }
}

const isBlank = (sign: string): boolean => sign === ' ' || sign === '\n' || sign === '\t' || sign === '\r';

/** The closing quote of what begins here. */
function quoteEnd(text: string, start: number): number {
  const quote = text[start];
  let at = start + 1;
  while (at < text.length && text[at] !== quote) at += text[at] === '\\' ? 2 : 1;
  return at;
}

/** The end of the word that begins here. A brace behind a dollar sign is of a variable. */
function wordEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length) {
    const sign = text.charAt(at);
    if (isBlank(sign) || sign === ';' || (sign === '{' && text[at - 1] !== '$')) break;
    at += sign === '\\' ? 2 : 1;
  }
  return Math.min(at, text.length);
}
