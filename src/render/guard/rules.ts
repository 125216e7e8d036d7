import type { BoundaryData } from '#model/base.js';
import { labelOf } from '#model/control.js';
import type { Expectation, Requirement } from '#model/requirement.js';
import { visible } from '#model/unseen.js';
import { all, any, opposite, Unsayable } from '../formula/formula.js';
import { type Given, readCondition, readEntry } from '../formula/read.js';
import type { Left } from '../guardrail.js';
import { Clauses } from './clauses.js';
import { listed } from './scalar.js';

export interface Rule {
  text: string;
  requirement: string;
  called: ReadonlySet<string>;
}

/** What Guard can say of one requirement, and what it cannot. */
export function ruleOf(requirement: Requirement, given: Given, boundary: BoundaryData): { rule?: Rule; left: Left[] } {
  const { id, title, controls, expect, remediation } = requirement;
  const expectations = expect.cloudformation;
  if (!expectations) return { left: [{ requirement: id, reason: 'is not about CloudFormation' }] };
  const clauses = new Clauses(boundary, given.boundary.regions);
  const left: Left[] = [];
  const blocks = expectations.flatMap((expectation) => {
    try {
      const { lines, missing } = blockOf(expectation, given, clauses, message(id, remediation));
      for (const [part, reason] of missing) left.push({ requirement: id, part, reason });
      return lines;
    } catch (error) {
      if (!(error instanceof Unsayable)) throw error;
      left.push({ requirement: id, part: subjectOf(expectation), reason: error.message });
      return [];
    }
  });
  if (blocks.length === 0) {
    return { left: [{ requirement: id, reason: [...new Set(left.map(({ reason }) => reason))].join('; ') }] };
  }
  const mapped = controls.map(
    (control) => `${labelOf(control.id)} (${control.basis === 'own' ? 'own' : control.source})`,
  );
  const text = [
    comment(`${id}: ${title}`),
    comment(`Controls: ${mapped.join(', ')}`),
    ...left.map(({ part, reason }) => comment(`Not said here: ${part}, since it ${reason}`)),
    `rule ${id.replaceAll('-', '_')} {`,
    ...blocks.map((line) => `  ${line}`),
    '}',
  ].join('\n');
  return { rule: { text, requirement: id, called: clauses.called }, left };
}

const comment = (text: string): string => `# ${visible(text)}`;

/** Guard reads a message to the first `>>`. */
const message = (id: string, remediation: string): string =>
  visible(`${id}: ${remediation}`.replace(/\s+/g, ' ')).replace(/>(?=>)|>$/g, '> ');

const typesOf = (types: string | readonly string[]): readonly string[] => (typeof types === 'string' ? [types] : types);

const subjectOf = (expectation: Expectation): string =>
  'each' in expectation
    ? typesOf(expectation.each).join(', ')
    : `that there is ${typesOf(expectation.exists).join(' or ')}`;

/** The clauses on the resources of some types: where it applies, it must hold. */
function blockOf(
  expectation: Expectation,
  given: Given,
  clauses: Clauses,
  said: string,
): { lines: string[]; missing: [part: string, reason: string][] } {
  if ('exists' in expectation)
    throw new Unsayable('asks that one of the templates of a system has it, and Guard is run on each by itself');
  const types = typesOf(expectation.each);
  if (types.includes('*')) throw new Unsayable('speaks of resources of every type');
  if (types.includes('UnreadResources')) throw new Unsayable('speaks of what a reader of templates cannot open');
  if (types.includes('StackEnvironment')) throw new Unsayable('speaks of where a stack goes, which no template says');
  const applies = expectation.where ? readCondition(expectation.where, given) : all([]);
  const missing: [string, string][] = [];
  const parts = Object.entries(expectation.must).flatMap(([key, argument]) => {
    if (key === 'says' || key === 'wants') return [];
    try {
      const part = readEntry(key, argument, given);
      // Written once to see whether there are words for it.
      new Clauses(...clauses.ground).of(part, 'Properties');
      return [part];
    } catch (error) {
      if (!(error instanceof Unsayable)) throw error;
      missing.push([`${types.join(', ')} ${key}`, error.message]);
      return [];
    }
  });
  const [first] = missing;
  if (parts.length === 0 && first) throw new Unsayable(first[1]);
  const asked = any([opposite(applies), all(parts)]);
  if (asked.kind === 'all' && asked.parts.length === 0) throw new Unsayable('is not asked for by this plan');
  const lines = clauses.of(asked, 'Properties');
  return { lines: [`Resources.*[ Type in ${listed(types)} ] {`, ...saying(lines, said), '}'], missing };
}

/** A message stands behind a clause; Guard takes none behind a block. */
const saying = (lines: readonly string[], said: string): string[] =>
  lines.map((line, index) => {
    const isLast = !lines[index + 1]?.startsWith('or ');
    const isClause = !/^ |^\}|\{$/.test(line);
    return `  ${line}${isLast && isClause ? ` <<${said}>>` : ''}`;
  });
