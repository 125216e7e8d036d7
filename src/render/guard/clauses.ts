import type { BoundaryData, Offers } from '#model/base.js';
import { type Formula, holdsOfNothing, type Test, Unsayable } from '../formula/formula.js';
import { digitsAtLeast, digitsAtMost } from './digits.js';
import { alternatives, key, listed, number, pattern } from './scalar.js';

/** Writes formulas as Guard clauses and keeps which rules of the library they call. */
export class Clauses {
  readonly called = new Set<string>();
  readonly ground: readonly [BoundaryData, readonly string[]];
  readonly #boundary: BoundaryData;
  readonly #regions: readonly string[];

  /** What exists where, and the regions of the boundary. */
  constructor(boundary: BoundaryData, regions: readonly string[]) {
    this.ground = [boundary, regions];
    this.#boundary = boundary;
    this.#regions = regions;
  }

  /** Lines that must all hold of what the query leads to; `not` stands before tests only. */
  of(formula: Formula, query = ''): string[] {
    switch (formula.kind) {
      case 'all':
        return formula.parts.flatMap((part) => this.of(part, query));
      case 'any':
        return this.#either(formula.parts.map((part) => this.#one(part, query)));
      case 'at':
        return this.#at(formula.keys, formula.of, query);
      case 'some':
        return [...this.#block(`some ${query || 'this'}[*]`, this.#item(formula.of))];
      case 'every':
        return this.#either([
          [this.#call('no_items', query || 'this')],
          this.#block(`${query || 'this'}[*]`, this.#item(formula.of)),
        ]);
      case 'test':
        return this.#test(formula, query || 'this');
      case 'not': {
        if (formula.of.kind !== 'test') throw new Error('not before more than a test');
        return this.#negated(formula.of, query || 'this');
      }
    }
  }

  #at(keys: readonly string[], of: Formula, query: string): string[] {
    const steps = keys.map((_, index) => [query, ...keys.slice(0, index + 1).map(key)].filter(Boolean).join('.'));
    const lines = this.of(of, steps.at(-1));
    if (!holdsOfNothing(of)) return lines;
    // What is absent from an object that is worked out later may yet be there.
    const through = steps.slice(0, -1).filter((step) => step !== 'Properties');
    return [...through.map((step) => this.#call('literal', step)), ...lines];
  }

  /** What is asked of an item; an item worked out later could be anything. */
  #item(formula: Formula): string[] {
    const lines = this.of(formula);
    if (lines.length === 0) return ['this exists'];
    return looksInside(formula) ? [this.#call('literal', 'this'), ...lines] : lines;
  }

  /** One clause, which may stand beside `or`. */
  #one(formula: Formula, query: string): string[] {
    const lines = this.of(formula, query);
    const isClause = lines.length === 1 || (lines.length > 1 && formula.kind === 'some');
    return isClause ? lines : this.#block('this', lines.length > 0 ? lines : ['this exists']);
  }

  #either(parts: readonly (readonly string[])[]): string[] {
    if (parts.length === 0) return ['this not exists'];
    return parts.flatMap(([first = '', ...rest], index) => (index === 0 ? [first, ...rest] : [`or ${first}`, ...rest]));
  }

  #block = (head: string, lines: readonly string[]): string[] => [
    `${head} {`,
    ...lines.map((line) => `  ${line}`),
    '}',
  ];

  #call(rule: string, ...words: readonly string[]): string {
    this.called.add(rule);
    return `${rule}(${words.join(', ')})`;
  }

  #test({ name, argument }: Test, query: string): string[] {
    switch (name) {
      case 'exists':
        return [`${query} exists`];
      case 'in': {
        const scalars = listed(argument as readonly unknown[]);
        return [scalars.includes(', ') ? `${query} in ${scalars}` : `${query} == ${scalars.slice(1, -1)}`];
      }
      case 'at-least':
        return this.#either([[`${query} >= ${number(argument)}`], [`${query} == ${pattern(digitsAtLeast(argument))}`]]);
      case 'at-most':
        return this.#either([[`${query} <= ${number(argument)}`], [`${query} == ${pattern(digitsAtMost(argument))}`]]);
      case 'present':
        return [this.#call('set', query)];
      case 'min-items':
        return argument === 1 ? [this.#call('set', query)] : [`${query}[${Number(argument) - 1}] exists`];
      case 'max-items':
        return [`${query} is_list`, `${query}[${number(argument)}] not exists`];
      case 'customer-key':
      case 'arn-in-boundary':
        return [this.#call(name.replaceAll('-', '_'), query)];
      case 'local-reference':
        return [this.#call('refers', query, listed(cloudformationTypes(argument)))];
      case 'spelt-out':
        return this.#either([[`${query} !is_struct`], [`${query}.'Fn::Sub' exists`], [`${query}.'Fn::Join' exists`]]);
      default:
        return [this.#call('like', query, pattern(this.#pattern(name, argument, 'holds')))];
    }
  }

  /** The opposite of a test holds of what is absent, and of nothing that is worked out later. */
  #negated({ name, argument }: Test, query: string): string[] {
    const absent = [this.#call('absent', query)];
    switch (name) {
      case 'exists':
        return absent;
      case 'in': {
        const scalars = `${query} not in ${listed(argument as readonly unknown[])}`;
        return this.#either([absent, this.#block('this', [`${query} !is_struct`, scalars])]);
      }
      case 'at-least':
        return this.#either([
          absent,
          this.#block('this', this.#test({ kind: 'test', name: 'at-most', argument: Number(argument) - 1 }, query)),
        ]);
      case 'at-most':
        return this.#either([
          absent,
          this.#block('this', this.#test({ kind: 'test', name: 'at-least', argument: Number(argument) + 1 }, query)),
        ]);
      case 'present':
        return [this.#call('unset', query)];
      case 'min-items':
        return this.#either([
          absent,
          this.#block('this', [`${query} is_list`, `${query}[${Number(argument) - 1}] not exists`]),
        ]);
      case 'local-reference':
        return [this.#call('refers_elsewhere', query, listed(cloudformationTypes(argument)))];
      case 'spelt-out':
        return this.#either([
          absent,
          this.#block('this', [
            `${query} is_struct`,
            `${query}.'Fn::Sub' not exists`,
            `${query}.'Fn::Join' not exists`,
          ]),
        ]);
      case 'max-items':
      case 'customer-key':
      case 'arn-in-boundary':
        throw new Unsayable(`asks that ${name} does not hold`);
      case 'nvme-instance':
      case 'offered-instance':
        return this.#either([absent, [this.#call('like', query, pattern(this.#pattern(name, argument, 'fails')))]]);
      case 'grants': {
        // Names the boundary data are silent on cannot be told from others here.
        const others = pattern(`^(?!.*:iam::aws:policy\\/(${this.#policies(String(argument)).join('|')})$)`);
        const own = this.#call('refers', query, listed(['AWS::IAM::ManagedPolicy']));
        return this.#either([absent, [own], [this.#call('like', query, others)]]);
      }
      default:
        // Guard answers `!=` wrongly for a pattern that is handed to a rule.
        return [this.#call('unlike', query, pattern(`^(?!(?s:.*)(?:${this.#pattern(name, argument, 'holds')}))`))];
    }
  }

  /** Families a region of the boundary has, or that none has. SageMaker's go by their own row, else by EC2's. */
  #families(when: 'holds' | 'fails'): string[] {
    const rows = new Map((this.#boundary.families ?? []).flatMap((row) => row.ids.map((id) => [id, row] as const)));
    const names = [...rows.keys()].flatMap((id) => (id.startsWith('ml.') ? [id] : [id, `ml.${id}`]));
    return [...new Set(names)].filter((name) => {
      const { regions, lacking = [] } = rows.get(name) ?? (rows.get(name.slice('ml.'.length)) as Offers);
      return when === 'holds'
        ? this.#regions.some((region) => regions.includes(region))
        : this.#regions.every((region) => lacking.includes(region));
    });
  }

  /** Managed policies of AWS that give something, as parts of a pattern. */
  #policies(wanted: string): string[] {
    const rows = (this.#boundary.managedPolicies ?? []).flatMap(({ ids, grants }) =>
      ids.map((id) => [id, grants] as const),
    );
    return [...new Map(rows)]
      .filter(([, grants]) => grants.includes(wanted))
      .map(([id]) => alternatives([id.replace(/\*$/, '')]) + (id.endsWith('*') ? '.*' : ''));
  }

  /** The texts of which a test on a text holds, or of which it is known to fail. */
  #pattern(name: string, argument: unknown, when: 'holds' | 'fails'): string {
    switch (name) {
      case 'matches':
        return String(argument);
      case 'starts-with':
        return `^(${alternatives(argument as readonly unknown[])})`;
      case 'ends-with':
        return `(?i)(${alternatives(argument as readonly unknown[])})$`;
      case 'nvme-instance': {
        const { families, without = [] } = this.#boundary.nvmeFamilies;
        return `^(ml\\.)?(${alternatives(when === 'holds' ? families : without)})\\.[a-z0-9-]+$`;
      }
      case 'offered-instance':
        return `^(${alternatives(this.#families(when))})(\\.[a-z0-9-]+)?$`;
      default:
        throw new Unsayable(`asks ${name}, for which Guard has no words`);
    }
  }
}

/** Whether it may hold because a property of the value is not there. */
function looksInside(formula: Formula): boolean {
  if (formula.kind === 'at') return holdsOfNothing(formula.of);
  return (formula.kind === 'all' || formula.kind === 'any') && formula.parts.some(looksInside);
}

/** Some requirements name the types of several languages at once. */
const cloudformationTypes = (argument: unknown): readonly unknown[] =>
  (argument as readonly unknown[]).filter((type) => String(type).includes('::'));
