import type { Lines } from '#model/position.js';
import type { Raw } from '../yaml/tree.js';
import { type Expression, expressionIn, parseExpression } from './expression.js';
import { refuse } from './fault.js';
import { ExpressionFault } from './tokens.js';

/** The expressions of one file, each spelling taken apart once. */
export class Expressions {
  private readonly known = new Map<string, Expression>();

  constructor(private readonly lines: Lines) {}

  /** The expression a string holds, or undefined for one that stands for itself. Throws `RAMPART_ARM_EXPRESSION`. */
  in(text: string, at: number): Expression | undefined {
    const source = expressionIn(text);
    if (source === undefined) return undefined;
    let expression = this.known.get(source);
    if (expression) return expression;
    try {
      expression = parseExpression(source);
    } catch (error) {
      if (!(error instanceof ExpressionFault)) throw error;
      throw refuse('RAMPART_ARM_EXPRESSION', `${error.message} (character ${error.at + 1} of it)`, at, this.lines);
    }
    this.known.set(source, expression);
    return expression;
  }

  /** Every expression under a value, so that a fault in one is found before anything is judged. */
  *under(raw: Raw): Generator<Expression> {
    if (raw.kind === 'scalar') {
      const expression = typeof raw.value === 'string' ? this.in(raw.value, raw.at) : undefined;
      if (expression) yield expression;
    } else if (raw.kind === 'seq') for (const item of raw.items) yield* this.under(item);
    else for (const { value } of raw.entries.values()) yield* this.under(value);
  }
}
