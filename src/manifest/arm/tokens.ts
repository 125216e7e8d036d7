/** One token of an expression; `at` counts characters from the beginning of the expression. */
export type Token =
  | { kind: 'name'; text: string; at: number }
  | { kind: 'text'; text: string; at: number }
  | { kind: 'number'; value: number; at: number }
  | { kind: 'sign'; text: Sign; at: number };

export type Sign = '(' | ')' | '[' | ']' | ',' | '.' | '.?' | '[?';

/** What is wrong with an expression, and where in it. */
export class ExpressionFault extends Error {
  override readonly name = 'ExpressionFault';

  constructor(
    message: string,
    readonly at: number,
  ) {
    super(message);
  }
}

const pattern = /\s+|'(?:[^']|'')*'|-?\d+(?:\.\d+)?|[A-Za-z_][\w$]*|\.\?|\[\?|[()[\],.]/gy;

/** Takes an expression apart. Throws an ExpressionFault at the first character that begins no token. */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  const matcher = new RegExp(pattern);
  while (matcher.lastIndex < source.length) {
    const at = matcher.lastIndex;
    const text = matcher.exec(source)?.[0];
    if (text === undefined) throw new ExpressionFault(fault(source, at), at);
    const token = tokenOf(text, at);
    if (token) tokens.push(token);
  }
  return tokens;
}

function tokenOf(text: string, at: number): Token | undefined {
  const first = text[0] as string;
  if (first === "'") return { kind: 'text', text: text.slice(1, -1).replaceAll("''", "'"), at };
  if (/\s/.test(first)) return undefined;
  if (/[-\d]/.test(first)) return { kind: 'number', value: Number(text), at };
  if (/[A-Za-z_]/.test(first)) return { kind: 'name', text, at };
  return { kind: 'sign', text: text as Sign, at };
}

const fault = (source: string, at: number): string =>
  source[at] === "'" ? 'a string has no closing quote' : `${JSON.stringify(source[at])} is no part of an expression`;
