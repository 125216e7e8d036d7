import { namesSecret } from '#model/secret-name.js';
import type { Value } from '#model/value.js';
import type { Raw } from '../yaml/tree.js';
import type { Expression } from './expression.js';
import type { Expressions } from './expressions.js';
import type { Template } from './template.js';
import { texts } from './texts.js';

/** Whether an expression under a value calls a function. */
export function calls(raw: Raw, name: string, expressions: Expressions): boolean {
  const inside = (expression: Expression): boolean => {
    if (expression.kind === 'literal') return false;
    if (expression.kind === 'member') return inside(expression.of) || inside(expression.key);
    return expression.name.toLowerCase() === name || expression.arguments.some(inside);
  };
  return [...expressions.under(raw)].some(inside);
}

/**
 * What of an output is a secret: what a `list…` function gives, which for most is keys, a parameter of a secure type, and what a resource
 * says of itself under the name of a secret. Told from the expressions, since none of these has a value before there is a deployment.
 */
export function secretIn(output: Raw, template: Template, expressions: Expressions): string | undefined {
  const seen = new Set<string>();
  const under = (raw: Raw | undefined): string | undefined => {
    for (const expression of raw ? expressions.under(raw) : []) {
      const found = within(expression);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const within = (expression: Expression): string | undefined => {
    if (expression.kind === 'literal') return undefined;
    if (expression.kind === 'member') return attribute(expression) ?? within(expression.of) ?? within(expression.key);
    const name = expression.name.toLowerCase();
    if (/(?:^|\.)list[a-z]*$/.test(name)) return expression.name;
    const [first] = expression.arguments;
    const named = first?.kind === 'literal' ? String(first.value).toLowerCase() : '';
    if (name === 'parameters') return template.parameters.get(named)?.secure ? `secure parameter ${named}` : undefined;
    if (name === 'variables') return variable(named);
    return expression.arguments.map(within).find((found) => found !== undefined);
  };
  const variable = (name: string): string | undefined => {
    if (seen.has(name)) return undefined;
    seen.add(name);
    return under(template.variables.get(name)?.value ?? template.variableLoops.get(name));
  };
  return under(output);
}

/** `reference(…).adminPassword`: the name a resource has for a secret of its own. */
function attribute({ of, key }: Extract<Expression, { kind: 'member' }>): string | undefined {
  const name = key.kind === 'literal' && typeof key.value === 'string' ? key.value : undefined;
  if (name === undefined || !namesSecret(name)) return undefined;
  let base: Expression = of;
  while (base.kind === 'member') base = base.of;
  return base.kind === 'call' && base.name.toLowerCase() === 'reference' ? `${base.name}(…).${name}` : undefined;
}

/** The value of a secret as one text: of an object, its JSON. */
export function asSecret(value: Value, at: number): Value {
  const whole = value.kind === 'dict' || value.kind === 'list' ? texts(jsonOf(value, 0), at) : { ...value, at };
  return whole.kind === 'scalar' || whole.kind === 'text' ? { ...whole, sensitive: true } : whole;
}

const deepest = 20;

function jsonOf(value: Value, depth: number): (string | Value)[] {
  if (value.kind === 'scalar') return [JSON.stringify(value.value)];
  if (value.kind === 'text')
    return ['"', ...value.parts.map((part) => (typeof part === 'string' ? inner(part) : part)), '"'];
  if (value.kind === 'unknown') return ['"', value, '"'];
  if (depth > deepest) return ['null'];
  if (value.kind === 'list') {
    return ['[', ...value.items.flatMap((item, index) => [index > 0 ? ',' : '', ...jsonOf(item, depth + 1)]), ']'];
  }
  if (value.kind !== 'dict') return ['null'];
  const entry = (key: string, index: number) => [
    `${index > 0 ? ',' : ''}${JSON.stringify(key)}:`,
    ...jsonOf(value.get(key), depth + 1),
  ];
  return ['{', ...value.keys().flatMap(entry), '}'];
}

const inner = (text: string): string => JSON.stringify(text).slice(1, -1);
