import { type Formula, type Test, Unsayable } from '../formula/formula.js';
import type { Given } from '../formula/read.js';
import { alternatives, pattern, quoted, scalar } from './text.js';

/** A value of the object that is admitted: how it is spelt, and what must hold for it to be there. */
export interface Value {
  code: string;
  guards: readonly string[];
}

/** Properties Rampart works out of an object: key → what is asked of the value behind it, in CEL. */
export type Views = (keys: readonly string[], of: Formula, value: Value, writer: Expressions) => string | undefined;

const none: Views = () => undefined;

/** Writes formulas as CEL. Whatever may be missing stands behind a guard, so no expression ends in an error. */
export class Expressions {
  readonly #given: Given;
  readonly #families: readonly string[];

  /** `families` are the instance families the boundary has. */
  constructor(given: Given, families: readonly string[]) {
    this.#given = given;
    this.#families = families;
  }

  of(formula: Formula, value: Value, views: Views = none, depth = 0): string {
    switch (formula.kind) {
      case 'all':
        return joined(
          formula.parts.map((part) => this.of(part, value, views, depth)),
          '&&',
        );
      case 'any':
        return joined(
          formula.parts.map((part) => this.of(part, value, views, depth)),
          '||',
        );
      case 'not':
        return `!${bracketed(this.of(formula.of, value, views, depth))}`;
      case 'at':
        return (
          views(formula.keys, formula.of, value, this) ?? this.of(formula.of, along(value, formula.keys), none, depth)
        );
      case 'some':
        return guarded(
          value,
          `${value.code}.exists(${item(depth)}, ${this.of(formula.of, itemAt(depth), none, depth + 1)})`,
        );
      case 'every': {
        const every = `${value.code}.all(${item(depth)}, ${this.of(formula.of, itemAt(depth), none, depth + 1)})`;
        return value.guards.length === 0 ? every : `(!${bracketed(joined(value.guards, '&&'))} || ${every})`;
      }
      case 'test':
        return guarded(value, this.#test(formula, value.code));
    }
  }

  #test({ name, argument }: Test, code: string): string {
    const { partition, regions } = this.#given.boundary;
    const like = (source: string) => `string(${code}).matches(${pattern(source)})`;
    switch (name) {
      case 'exists':
        return 'true';
      case 'in':
        return joined(
          spellings(argument as readonly unknown[]).map((each) => `${code} == ${each}`),
          '||',
        );
      case 'at-least':
        return `int(${code}) >= ${scalar(argument)}`;
      case 'at-most':
        return `int(${code}) <= ${scalar(argument)}`;
      case 'matches':
        return like(String(argument));
      case 'starts-with':
        return like(`^(${alternatives(argument as readonly unknown[])})`);
      case 'present':
        return `(type(${code}) in [string, list, map] ? size(${code}) > 0 : true)`;
      case 'min-items':
        return `size(${code}) >= ${scalar(argument)}`;
      case 'max-items':
        return `size(${code}) <= ${scalar(argument)}`;
      case 'spelt-out':
        return 'true';
      case 'quantity-at-least':
        return `quantity(string(${code})).compareTo(quantity(${quoted(String(argument))})) >= 0`;
      case 'registry-in-boundary':
        if (partition === 'azure-us-gov') return like('^[a-z0-9][a-z0-9-]*\\.azurecr\\.us/');
        if (partition === 'google-us') return like(`^(${alternatives(['us', ...regions])})-docker\\.pkg\\.dev/`);
        return like(`^[0-9]{12}\\.dkr[.-]ecr(-fips)?\\.(${alternatives(regions)})\\.(amazonaws\\.com|on\\.aws)/`);
      case 'arn-in-boundary': {
        const inside = `^arn:${alternatives([partition])}:[^:]*:(${alternatives(regions)}|\\*)?(:|$)`;
        return `(!string(${code}).startsWith("arn:") || ${like(inside)})`;
      }
      case 'customer-key': {
        const arn = `arn:${alternatives([partition])}:kms:(${alternatives(regions)}):[^:]*:(key|alias)/.+`;
        const id = '(mrk-)?[0-9a-fA-F]{8}-?([0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}';
        return `(${like(`^(${arn}|alias/.+|${id})$`)} && !string(${code}).contains("alias/aws/"))`;
      }
      case 'offered-instance':
        return like(`^(${alternatives(this.#families)})(\\.[a-z0-9-]+)?$`);
      default:
        throw new Unsayable(`asks ${name}, for which there are no words in CEL`);
    }
  }
}

/** A list literal must be of one type in Kubernetes; a text of a number or a truth is what an environment has of it. */
const spellings = (scalars: readonly unknown[]): string[] => [
  ...new Set(
    scalars.flatMap((each) => (typeof each === 'string' ? [quoted(each)] : [scalar(each), quoted(String(each))])),
  ),
];

export const joined = (parts: readonly string[], by: '&&' | '||'): string => {
  if (parts.length === 0) return by === '&&' ? 'true' : 'false';
  return parts.length === 1 ? (parts[0] as string) : `(${parts.join(` ${by} `)})`;
};

const bracketed = (code: string): string => (code.startsWith('(') && closesAtEnd(code) ? code : `(${code})`);

/** Whether the first bracket is closed by the last character. */
function closesAtEnd(code: string): boolean {
  let depth = 0;
  for (const [index, character] of [
    ...code.replace(/"(?:\\.|[^"\\])*"/g, (text) => '_'.repeat(text.length)),
  ].entries()) {
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (depth === 0) return index === code.length - 1;
  }
  return false;
}

export const guarded = ({ guards }: Value, code: string): string =>
  joined(code === 'true' && guards.length > 0 ? guards : [...guards, code], '&&');

const names = ['each', 'inner', 'third', 'fourth', 'fifth'];
const item = (depth: number): string => names[depth] ?? `at${depth}`;
const itemAt = (depth: number): Value => ({ code: item(depth), guards: [] });

/** The value a path leads to. */
export function along(value: Value, keys: readonly string[]): Value {
  return keys.reduce(({ code, guards }, key) => {
    const isName = /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) && !reserved.has(key);
    const inner = isName ? `${code}.${key}` : `${code}[${quoted(key)}]`;
    return { code: inner, guards: [...guards, isName ? `has(${inner})` : `${quoted(key)} in ${code}`] };
  }, value);
}

/** Words a field of which has another name in Kubernetes' CEL. */
const reserved = new Set([
  ...['as', 'break', 'const', 'continue', 'else', 'false', 'for', 'function', 'if', 'import', 'in', 'let', 'loop'],
  ...['namespace', 'null', 'package', 'return', 'true', 'var', 'void', 'while'],
]);
