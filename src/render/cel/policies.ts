import type { Expectation, Requirement } from '#model/requirement.js';
import { all, any, type Formula, opposite, Unsayable } from '../formula/formula.js';
import { type Given, readCondition, readEntry } from '../formula/read.js';
import type { Left } from '../guardrail.js';
import { Expressions, joined, type Value } from './expression.js';
import { type Kind, kinds, workloads } from './kinds.js';
import { containerViews, objectViews, podViews } from './views.js';

/** What one requirement asks of the objects of some kinds. */
export interface Validation {
  matches: readonly Kind[];
  /** Kinds of the objects, where one of several is meant. */
  pods: boolean;
  expression: string;
}

const object: Value = { code: 'object', guards: [] };
const podSpec: Value = { code: 'variables.podSpec', guards: [] };

const containerLists = [
  ['initContainers', 'init'],
  ['containers', 'container'],
  ['ephemeralContainers', 'ephemeral'],
] as const;

const typesOf = (types: string | readonly string[]): readonly string[] => (typeof types === 'string' ? [types] : types);

/** What CEL can say of one requirement, and what it cannot. */
export function validationsOf(
  { id, expect }: Requirement,
  given: Given,
  families: readonly string[],
): { validations: Validation[]; left: Left[] } {
  const expectations = expect.kubernetes;
  if (!expectations) return { validations: [], left: [{ requirement: id, reason: 'is not about Kubernetes' }] };
  const left: Left[] = [];
  const writer = new Expressions(given, families);
  const validations = expectations.flatMap((expectation) => {
    const subject =
      'each' in expectation ? typesOf(expectation.each).join(', ') : typesOf(expectation.exists).join(', ');
    try {
      return validationOf(expectation, given, writer, (part, reason) => {
        left.push({ requirement: id, part: `${subject} ${part}`, reason });
      });
    } catch (error) {
      if (!(error instanceof Unsayable)) throw error;
      left.push({ requirement: id, part: subject, reason: error.message });
      return [];
    }
  });
  if (validations.length > 0) return { validations, left };
  const reasons = [...new Set(left.map(({ reason }) => reason))];
  return { validations, left: [{ requirement: id, reason: reasons.join('; ') }] };
}

function validationOf(
  expectation: Expectation,
  given: Given,
  writer: Expressions,
  leave: (part: string, reason: string) => void,
): Validation[] {
  if ('exists' in expectation) throw new Unsayable('asks that an object is there, and admission sees those that come');
  const types = typesOf(expectation.each).filter((type) => type !== 'UnreadWorkload');
  const applies = expectation.where ? readCondition(expectation.where, given) : all([]);
  const parts: Formula[] = [];
  let first: string | undefined;
  for (const [key, argument] of Object.entries(expectation.must)) {
    if (key === 'says' || key === 'wants') continue;
    try {
      const part = readEntry(key, argument, given);
      for (const type of types) expressionOf(type, part, writer);
      parts.push(part);
    } catch (error) {
      if (!(error instanceof Unsayable)) throw error;
      first ??= error.message;
      leave(key, error.message);
    }
  }
  if (parts.length === 0 && first !== undefined) throw new Unsayable(first);
  const asked = any([opposite(applies), all(parts)]);
  if (asked.kind === 'all' && asked.parts.length === 0) throw new Unsayable('is not asked for by this plan');
  return types.map((type) => expressionOf(type, asked, writer));
}

function expressionOf(type: string, asked: Formula, writer: Expressions): Validation {
  if (type === 'PodSpec') return { matches: workloads, pods: true, expression: writer.of(asked, podSpec, podViews) };
  if (type === 'Container') {
    const container: Value = { code: 'container', guards: [] };
    const asks = containerLists.map(([list, role]) => ({
      list,
      ask: writer.of(asked, container, containerViews(role)),
    }));
    const [first, ...others] = asks;
    if (first && others.every(({ ask }) => ask === first.ask))
      return { matches: workloads, pods: true, expression: `variables.containers.all(container, ${first.ask})` };
    const lists = asks.map(
      ({ list, ask }) => `(!has(variables.podSpec.${list}) || variables.podSpec.${list}.all(container, ${ask}))`,
    );
    return { matches: workloads, pods: true, expression: joined(lists, '&&') };
  }
  const kind = kinds.get(type);
  if (!kind) throw new Unsayable(`speaks of ${type}, whose place in the API is not known here`);
  return { matches: [kind], pods: false, expression: writer.of(asked, object, objectViews) };
}
