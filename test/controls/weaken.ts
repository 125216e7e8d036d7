import { predicates } from '#check/predicates/index.js';
import type { Expectation } from '#model/requirement.js';
import type { SettingValue } from '#model/setting.js';

/** A requirement's expectations with one thing less asked, and what was left out. */
export interface Mutant {
  what: string;
  expectations: readonly Expectation[];
}

interface Variant {
  what: string;
  node: unknown;
}

type Node = Readonly<Record<string, unknown>>;

/**
 * Every way to ask for one thing less: each expectation, entry, alternative, number and item in turn. What is negated is
 * changed the same way, although less inside a prohibition is more asked: a passing example has to notice that one.
 */
export class Weakening {
  constructor(private readonly settings: Readonly<Record<string, SettingValue>>) {}

  *of(expectations: readonly Expectation[]): Generator<Mutant> {
    for (const [index, expectation] of expectations.entries()) {
      const others = (node?: unknown): readonly Expectation[] =>
        node === undefined
          ? expectations.filter((_, at) => at !== index)
          : expectations.with(index, node as Expectation);
      const subject = `${index + 1}`;
      yield { what: `${subject} dropped`, expectations: others() };
      if ('where' in expectation && expectation.where) {
        yield { what: `${subject} where dropped`, expectations: others({ ...expectation, where: {} }) };
        for (const { what, node } of this.condition(expectation.where)) {
          yield { what: `${subject} where ${what}`, expectations: others({ ...expectation, where: node }) };
        }
      }
      for (const { what, node } of this.condition(expectation.must ?? {})) {
        yield { what: `${subject} must ${what}`, expectations: others({ ...expectation, must: node }) };
      }
    }
  }

  private *condition(condition: unknown): Generator<Variant> {
    const node = condition as Node;
    for (const [key, argument] of Object.entries(node)) {
      yield { what: `without ${key}`, node: without(node, key) };
      for (const { what, node: changed } of this.entry(key, argument)) {
        yield { what: `${key} ${what}`, node: { ...node, [key]: changed } };
      }
    }
  }

  private *entry(key: string, argument: unknown): Generator<Variant> {
    if (key === 'any-of') yield* each(argument, 'alternative', (part) => this.condition(part), true);
    else if (key === 'all-of' || key === 'none-of')
      yield* each(argument, 'part', (part) => this.condition(part), false);
    else if (key === 'related' || key === 'no-related') {
      if (Array.isArray(argument)) yield* each(argument, 'relation', (part) => this.inside(part, 'must'), false);
      else yield* this.inside(argument, 'must');
    } else yield* this.predicate(argument);
  }

  private *predicate(predicate: unknown): Generator<Variant> {
    const node = predicate as Node;
    const names = Object.keys(node);
    for (const name of names) {
      if (names.length > 1) yield { what: `without ${name}`, node: without(node, name) };
      for (const { what, node: changed } of this.argument(name, node[name])) {
        yield { what: `${name} ${what}`, node: { ...without(node, name), ...(changed as Node) } };
      }
    }
  }

  /** Variants of a whole predicate with one name, so that one predicate can be put in the place of another. */
  private *argument(name: string, argument: unknown): Generator<Variant> {
    const again = function* (variants: Generator<Variant>): Generator<Variant> {
      for (const { what, node } of variants) yield { what, node: { [name]: node } };
    };
    switch (name) {
      case 'equals':
        yield { what: 'present instead', node: { present: true } };
        return;
      case 'at-least':
      case 'min-items':
        yield { what: 'one less', node: { [name]: this.numberOf(argument) - 1 } };
        return;
      case 'at-most':
      case 'max-items':
        yield { what: 'one more', node: { [name]: this.numberOf(argument) + 1 } };
        return;
      case 'not':
      case 'absent-or':
        yield* again(this.predicate(argument));
        return;
      case 'any':
        yield* again(each(argument, 'alternative', (part) => this.predicate(part), true));
        return;
      case 'all':
        yield* again(each(argument, 'part', (part) => this.predicate(part), false));
        return;
      case 'contains':
        yield* again(each(argument, 'item', function* () {}, false));
        return;
      case 'every':
      case 'some':
      case 'none':
      case 'json':
        yield* again(this.item(argument));
        return;
      case 'policy':
        yield* again(this.predicate(argument));
        return;
      case 'refers-to':
        yield* again(this.inside(argument, 'must'));
    }
  }

  private *item(argument: unknown): Generator<Variant> {
    const ofItself = Object.keys(argument as Node).every((key) => predicates.has(key));
    yield* ofItself ? this.predicate(argument) : this.condition(argument);
  }

  private *inside(argument: unknown, key: string): Generator<Variant> {
    const node = argument as Node;
    if (node[key] === undefined) return;
    for (const { what, node: changed } of this.condition(node[key])) {
      yield { what: `${key} ${what}`, node: { ...node, [key]: changed } };
    }
  }

  private numberOf(argument: unknown): number {
    const id = (argument as { setting?: string } | null)?.setting;
    return Number(id === undefined ? argument : this.settings[id]);
  }
}

/** Each item of a list left out, or made to hold always, and then what is inside of each. */
function* each(
  argument: unknown,
  called: string,
  inside: (part: unknown) => Generator<Variant>,
  asAlternatives: boolean,
): Generator<Variant> {
  if (!Array.isArray(argument)) return;
  for (const [index, part] of argument.entries()) {
    const rest = asAlternatives ? argument.with(index, {}) : argument.filter((_, at) => at !== index);
    yield { what: `${asAlternatives ? 'any' : 'without'} ${called} ${index + 1}`, node: rest };
    for (const { what, node } of inside(part)) {
      yield { what: `${called} ${index + 1} ${what}`, node: argument.with(index, node) };
    }
  }
}

const without = (node: Node, key: string): Node =>
  Object.fromEntries(Object.entries(node).filter(([each]) => each !== key));
