import { ExpressionFault, type Sign, type Token, tokenize } from './tokens.js';

/** An expression of the template language, taken apart but not evaluated. */
export type Expression = Literal | Call | Member;

export interface Literal {
  kind: 'literal';
  value: string | number;
}

export interface Call {
  kind: 'call';
  /** As written, with its namespace if it has one; names of functions ignore case. */
  name: string;
  arguments: readonly Expression[];
}

/** `of.key` and `of[key]`; `safe` where a missing one is null (`of.?key`). */
export interface Member {
  kind: 'member';
  of: Expression;
  key: Expression;
  safe: boolean;
}

/** Azure takes 24,576 characters. */
const longest = 24_576;

/** Nobody nests so deep; the limit keeps a hostile file from exhausting the stack. */
const deepest = 100;

/** The expression inside `[…]`, or undefined for a string that stands for itself. */
export function expressionIn(text: string): string | undefined {
  return text.startsWith('[') && !text.startsWith('[[') && text.endsWith(']') ? text.slice(1, -1) : undefined;
}

/** What a string that is no expression says: a doubled bracket at its beginning is one bracket. */
export const unescaped = (text: string): string => (text.startsWith('[[') && text.endsWith(']') ? text.slice(1) : text);

/** Throws an ExpressionFault for what is no expression. */
export function parseExpression(source: string): Expression {
  if (source.length > longest) throw new ExpressionFault(`an expression is longer than ${longest} characters`, 0);
  return new Parser(tokenize(source), source.length).whole();
}

class Parser {
  private next = 0;
  private depth = 0;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly end: number,
  ) {}

  whole(): Expression {
    const expression = this.expression();
    const rest = this.tokens[this.next];
    if (rest) throw new ExpressionFault('the expression goes on after its end', rest.at);
    return expression;
  }

  private expression(): Expression {
    this.depth += 1;
    if (this.depth > deepest) throw new ExpressionFault(`an expression is nested deeper than ${deepest}`, this.at());
    let expression = this.primary();
    for (let links = 0; ; links += 1) {
      const member = this.member(expression);
      if (!member) break;
      if (links > deepest) throw new ExpressionFault(`a path has more than ${deepest} steps`, this.at());
      expression = member;
    }
    this.depth -= 1;
    return expression;
  }

  private primary(): Expression {
    const token = this.tokens[this.next++];
    if (token?.kind === 'text') return { kind: 'literal', value: token.text };
    if (token?.kind === 'number') return { kind: 'literal', value: token.value };
    if (token?.kind !== 'name') throw new ExpressionFault('a value or a function is missing', token?.at ?? this.end);
    let name = token.text;
    while (this.sees('.')) {
      this.next += 1;
      name += `.${this.name()}`;
    }
    this.take('(', `${name} must be called: ${name}(…)`);
    return { kind: 'call', name, arguments: this.list() };
  }

  private list(): Expression[] {
    const items: Expression[] = [];
    if (this.sees(')')) {
      this.next += 1;
      return items;
    }
    for (;;) {
      items.push(this.expression());
      if (!this.sees(',')) break;
      this.next += 1;
    }
    this.take(')', 'a closing parenthesis is missing');
    return items;
  }

  private member(of: Expression): Member | undefined {
    const token = this.tokens[this.next];
    if (token?.kind !== 'sign') return undefined;
    if (token.text === '.' || token.text === '.?') {
      this.next += 1;
      return { kind: 'member', of, key: { kind: 'literal', value: this.name() }, safe: token.text === '.?' };
    }
    if (token.text !== '[' && token.text !== '[?') return undefined;
    this.next += 1;
    const key = this.expression();
    this.take(']', 'a closing bracket is missing');
    return { kind: 'member', of, key, safe: token.text === '[?' };
  }

  private name(): string {
    const token = this.tokens[this.next++];
    if (token?.kind !== 'name') throw new ExpressionFault('a name is missing after the dot', token?.at ?? this.end);
    return token.text;
  }

  private take(sign: Sign, message: string): void {
    if (!this.sees(sign)) throw new ExpressionFault(message, this.at());
    this.next += 1;
  }

  private sees(sign: Sign): boolean {
    const token = this.tokens[this.next];
    return token?.kind === 'sign' && token.text === sign;
  }

  private at(): number {
    return this.tokens[this.next]?.at ?? this.end;
  }
}

/** A stable spelling, short enough for a finding. */
export function spell(expression: Expression): string {
  const text = words(expression);
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}

/** The whole of it, to tell one expression from another. */
export function words(expression: Expression): string {
  switch (expression.kind) {
    case 'literal':
      return typeof expression.value === 'number'
        ? String(expression.value)
        : `'${expression.value.replaceAll("'", "''")}'`;
    case 'call':
      return `${expression.name}(${expression.arguments.map(words).join(', ')})`;
    case 'member': {
      const { of, key, safe } = expression;
      const named = key.kind === 'literal' && typeof key.value === 'string' && /^[A-Za-z_]\w*$/.test(key.value);
      return named ? `${words(of)}.${safe ? '?' : ''}${key.value}` : `${words(of)}[${safe ? '?' : ''}${words(key)}]`;
    }
  }
}
