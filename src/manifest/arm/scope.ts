import type { Value, World } from '#model/value.js';
import type { Raw, RawMap } from '../yaml/tree.js';
import { LooseDict, looseJson } from './dict.js';
import { type Call, type Expression, type Member, spell, unescaped, words as wordsOf } from './expression.js';
import type { ArmFile } from './file.js';
import { call } from './functions/index.js';
import { memberOf } from './member.js';
import { givenValue, optionsOf, optionValue } from './options.js';
import { entry, type Parameter } from './parameter.js';
import { loopsIn, type Template } from './template.js';
import { describe, isNull, open, placed } from './values.js';

/** One copy loop around what is read; `index` is undefined where the number of turns is open. */
export interface Loop {
  name: string;
  index: number | undefined;
  /** Property loops are only meant by their name. */
  onlyByName: boolean;
}

/** Where a nested template comes from: what its parameters were given, in the scope that gives them. */
export interface Bound {
  parameters: ReadonlyMap<string, Raw>;
  /** Whether these are all it gives, so that a default counts where it gives nothing. */
  isWhole: boolean;
  scope: Scope;
  /** Address of the deployment. */
  address: string;
  /** The group it goes to. */
  place: string;
  /** What it says of where it is, and of its group. */
  location: Raw | undefined;
  group: Raw | undefined;
}

/** What an expression may name beside what its template holds: variables of a lambda, arguments of a function. */
interface Frame {
  variables: ReadonlyMap<string, Value>;
  /** In a function of the template's own there is nothing else. */
  arguments?: ReadonlyMap<string, Value>;
  /** Tells one asking from the next. */
  turn: string;
}

/** Longer loops are refused by Azure. */
const longestLoop = 800;

/** Far more than any template takes; a hostile one gets `unknown` beyond it. */
const mostSteps = 200_000;

const deepest = 150;

/** What was worked out in one scope, shared by the scopes of its loops. */
class Work {
  readonly known = new Map<string, Value>();
  readonly busy = new Set<string>();
  steps = 0;
  /** The work of the same template without a world. */
  symbolic: Work | undefined;
}

/**
 * A template in one world. Without a world (`undefined`) nothing is chosen: what depends on an open choice is unknown.
 * That is how names are compared, which must mean the same in every world.
 */
export class Scope {
  constructor(
    readonly file: ArmFile,
    readonly template: Template,
    readonly world: World | undefined,
    readonly bound: Bound | undefined,
    readonly loops: readonly Loop[] = [],
    private readonly work = new Work(),
    private readonly frame?: Frame,
  ) {}

  /** The group names are looked up in, as deployments name it; empty for that of the whole file. */
  get place(): string {
    return this.bound?.place ?? '';
  }

  /** `at` is where a person should look: the key the value stands under, or the value itself. */
  value(raw: Raw, at: number = raw.at): Value {
    this.work.steps += 1;
    if (this.work.steps > mostSteps) return open('more expressions than Rampart follows', at);
    if (raw.kind === 'scalar') {
      if (typeof raw.value !== 'string') return { ...raw, at };
      const expression = this.file.expressions.in(raw.value, raw.at);
      return expression ? this.evaluate(expression, at) : { kind: 'scalar', value: unescaped(raw.value), at };
    }
    if (raw.kind === 'seq') return { kind: 'list', items: raw.items.map((item) => this.value(item)), at };
    return this.object(raw, at);
  }

  evaluate(expression: Expression, at: number): Value {
    if (expression.kind === 'literal') return { kind: 'scalar', value: expression.value, at };
    this.work.steps += 1;
    this.file.depth += 1;
    try {
      if (this.file.depth > deepest) return open(`${spell(expression)}, nested too deep to follow,`, at);
      if (this.work.steps > mostSteps) return open('more expressions than Rampart follows', at);
      return expression.kind === 'call' ? this.call(expression, at) : this.member(expression, at);
    } finally {
      this.file.depth -= 1;
    }
  }

  /** Whether a condition holds; undefined only without a world. */
  holds(expression: Expression, at: number): boolean | undefined {
    if (expression.kind === 'call') {
      const name = expression.name.toLowerCase();
      const operands = expression.arguments;
      const [first] = operands;
      if (name === 'not' && first) {
        const held = this.holds(first, at);
        return held === undefined ? undefined : !held;
      }
      if (name === 'and') return until(operands, false, (each) => this.holds(each, at));
      if (name === 'or') return until(operands, true, (each) => this.holds(each, at));
      const behind = name === 'variables' ? this.variableExpression(expression) : undefined;
      if (behind && this.file.depth < deepest) {
        this.file.depth += 1;
        try {
          return this.outsideLoops().holds(behind, at);
        } finally {
          this.file.depth -= 1;
        }
      }
    }
    return this.isTrue(this.evaluate(expression, at), expression);
  }

  /** Whether the `condition` of a resource or output lets it be; without one it does. */
  lets(condition: Raw | undefined): boolean {
    if (!condition) return true;
    if (condition.kind !== 'scalar') return this.isTrue(open('a condition', condition.at), undefined) ?? true;
    const written = condition.value;
    const expression = typeof written === 'string' ? this.file.expressions.in(written, condition.at) : undefined;
    return (expression ? this.holds(expression, condition.at) : this.isTrue(condition, undefined)) ?? true;
  }

  /** Whether a value that stands for a condition is true. */
  isTrue(value: Value, expression: Expression | undefined): boolean | undefined {
    if (value.kind === 'scalar' && value.value !== null) return String(value.value).toLowerCase() === 'true';
    const not = value.kind === 'unknown' ? (value.not ?? []) : [];
    if (not.includes('true')) return false;
    if (not.includes('false')) return true;
    const answer = this.choose(this.asked(expression ? spell(expression) : describe(value)), ['true', 'false']);
    return answer === undefined ? undefined : answer === 0;
  }

  /** What depends on the turn of a loop is asked anew in each. */
  asked(expression: string): string {
    if (this.frame && /lambdavariables|parameters/i.test(expression)) return `${expression} in ${this.frame.turn}`;
    if (!/copyindex/i.test(expression)) return expression;
    const turns = this.loops.flatMap(({ name, index }) => (index === undefined ? [] : [`${name} ${index}`]));
    return turns.length === 0 ? expression : `${expression} in turn ${turns.join(', ')}`;
  }

  /** The index of one option; undefined without a world that could answer. */
  choose(variable: string, options: readonly string[]): number | undefined {
    if (options.length < 2) return 0;
    const place = this.bound ? `${variable} of ${this.bound.address}` : variable;
    return this.world?.choose(place, options);
  }

  /** The scope of a lambda with its variables. */
  withVariables(variables: readonly (readonly [string, Value])[], turn: string): Scope {
    const { frame } = this;
    const all = new Map(frame?.variables);
    for (const [name, value] of variables) all.set(name.toLowerCase(), value);
    const around = frame ? `${turn} in ${frame.turn}` : this.asked(turn);
    const own: Frame = { variables: all, turn: around, ...(frame?.arguments ? { arguments: frame.arguments } : {}) };
    return new Scope(this.file, this.template, this.world, this.bound, this.loops, this.work, own);
  }

  lambdaVariable(name: string): Value | undefined {
    return this.frame?.variables.get(name.toLowerCase());
  }

  /** What a function the template defines gives; undefined for one it does not. Its body names its parameters alone. */
  ownFunction(expression: Call, operands: readonly Value[], at: number): Value | undefined {
    const defined = this.template.functions.get(expression.name.toLowerCase());
    if (!defined) return undefined;
    const given = new Map<string, Value>();
    for (const [index, name] of defined.parameters.entries()) {
      const value = operands[index];
      if (value) given.set(name, value);
    }
    const words = this.asked(wordsOf(expression));
    const frame: Frame = { variables: new Map(), arguments: given, turn: words };
    return new Scope(this.file, this.template, this.world, this.bound, [], this.work, frame).value(defined.output, at);
  }

  /** Where the nested deployment says it is; undefined for one that does not, and for the whole file. */
  deployedTo(at: number): Value | undefined {
    const { location, scope } = this.bound ?? {};
    return location && scope?.value(location, at);
  }

  /** Where the group is that the nested deployment goes to, where that is one of the file. */
  groupLocation(): Value | undefined {
    const { group, scope } = this.bound ?? {};
    if (!scope) return undefined;
    if (!group) return scope.groupLocation();
    const found = this.file.find('Microsoft.Resources/resourceGroups', [scope.symbolic().value(group)]);
    return found.answer === 'yes' ? this.file.location(found.address, this.world) : undefined;
  }

  parameter(name: string, at: number): Value {
    const argument = this.frame?.arguments;
    if (argument) return argument.get(name.toLowerCase()) ?? open(`parameter ${name}, which the function lacks`, at);
    const parameter = this.template.parameters.get(name.toLowerCase());
    if (!parameter) return open(`parameter ${name}, which the template does not define`, at);
    const named = this.bound ? `parameter ${parameter.name} of ${this.bound.address}` : `parameter ${parameter.name}`;
    // What was given for it, or its default, may be a secret; only its name may leave.
    if (parameter.secure) return open(`secure ${named}`, at);
    const bound = this.bound?.parameters.get(name.toLowerCase());
    if (bound && this.bound) {
      const { scope } = this.bound;
      return this.kept(named, at, () => this.boundValue(bound, parameter, named, scope, at));
    }
    const { default: written } = parameter;
    // Nobody but the deployment around it could give another value.
    if (this.bound?.isWhole && written) return this.kept(named, at, () => this.outsideLoops().value(written, at));
    const given = this.bound ? undefined : givenValue(parameter, this.file.parameters);
    if (given !== undefined) return looseJson(given, at);
    return this.openParameter(parameter, named, at);
  }

  /** `{value: …}` as a nested deployment passes it; `{reference: …}` is a secret of a vault. */
  private boundValue(raw: Raw, parameter: Parameter, named: string, scope: Scope, at: number): Value {
    const written = entry(raw, 'value');
    const value = written && scope.value(written, at);
    // Whether null stands for the default depends on the version of the language.
    return value && !(isNull(value) && parameter.default) ? value : open(named, at);
  }

  private openParameter(parameter: Parameter, named: string, at: number): Value {
    const options = optionsOf(parameter, this.template.compared.get(parameter.name.toLowerCase()) ?? []);
    const index = this.choose(
      `parameter ${parameter.name}`,
      options.map((option) => option.words),
    );
    const option = index === undefined ? undefined : options[index];
    if (!option) return optionValue(parameter, named, [], at);
    if (!option.known) return optionValue(parameter, named, option.not, at);
    if (this.file.depth > deepest) return open(`${named}, nested too deep to follow,`, at);
    this.file.depth += 1;
    try {
      return this.outsideLoops().value(option.known, at);
    } finally {
      this.file.depth -= 1;
    }
  }

  /** What the template itself gives a parameter that is never shown: what is passed to it, or its default. */
  written(raw: Raw, from: 'passed' | 'default', at: number): Value {
    const scope = from === 'passed' && this.bound ? this.bound.scope : this.outsideLoops();
    return scope.value(raw, at);
  }

  variable(name: string, at: number): Value {
    return this.kept(`variable ${name}`, at, () => this.outsideLoops().variableValue(name, name.toLowerCase(), at));
  }

  /** An output of the template; undefined for one it does not have. */
  output(name: string, at: number): Value | undefined {
    const output = this.template.outputs.get(name.toLowerCase());
    if (output?.secure) return open(`secure output ${name}`, at);
    const value = entry(output?.raw, 'value');
    return value && this.kept(`output ${name}`, at, () => this.value(value, at));
  }

  /** Works a value out once, and not while it is being worked out. */
  private kept(name: string, at: number, make: () => Value): Value {
    const key = name.toLowerCase();
    const known = this.work.known.get(key);
    if (known) return placed(known, at);
    if (this.work.busy.has(key)) return open(`${name}, which refers to itself,`, at);
    if (this.file.depth > deepest) return open(`${name}, nested too deep to follow,`, at);
    this.work.busy.add(key);
    this.file.depth += 1;
    try {
      const value = make();
      this.work.known.set(key, value);
      return value;
    } finally {
      this.file.depth -= 1;
      this.work.busy.delete(key);
    }
  }

  private variableValue(name: string, key: string, at: number): Value {
    const written = this.template.variables.get(key);
    if (written) return this.value(written.value, at);
    const loop = this.template.variableLoops.get(key);
    return loop ? this.loop(name, loop, at) : open(`variable ${name}, which the template does not define`, at);
  }

  /** The expression a variable stands for, so that what it asks is asked by the same name everywhere. */
  private variableExpression({ arguments: [name] }: Call): Expression | undefined {
    const key = name?.kind === 'literal' ? String(name.value).toLowerCase() : undefined;
    const raw = key === undefined ? undefined : this.template.variables.get(key)?.value;
    if (raw?.kind !== 'scalar' || typeof raw.value !== 'string') return undefined;
    return this.file.expressions.in(raw.value, raw.at);
  }

  /** The same scope without a world. */
  symbolic(): Scope {
    if (!this.world) return this;
    this.work.symbolic ??= new Work();
    const bound = this.bound && { ...this.bound, scope: this.bound.scope.symbolic() };
    return new Scope(this.file, this.template, undefined, bound, this.loops, this.work.symbolic, this.frame);
  }

  /** Variables and defaults stand outside of every loop, and are worked out once. */
  private outsideLoops(): Scope {
    if (this.loops.length === 0 && !this.frame) return this;
    return new Scope(this.file, this.template, this.world, this.bound, [], this.work);
  }

  /** The same scope inside a loop. */
  inside(loop: Loop): Scope {
    return new Scope(this.file, this.template, this.world, this.bound, [...this.loops, loop], this.work, this.frame);
  }

  /** How often a loop turns, if that is known. */
  turns(count: Raw | undefined): number | undefined {
    const value = count ? this.value(count) : undefined;
    if (value?.kind !== 'scalar' || !Number.isInteger(value.value)) return undefined;
    const turns = value.value as number;
    return turns >= 0 && turns <= longestLoop ? turns : undefined;
  }

  private call(expression: Call, at: number): Value {
    return call(expression, at, this);
  }

  private member(expression: Member, at: number): Value {
    const of = this.evaluate(expression.of, at);
    return memberOf(of, this.evaluate(expression.key, at), expression, at, this);
  }

  private object(raw: RawMap, at: number): Value {
    const copy = raw.entries.get('copy')?.value;
    const loops = copy?.kind === 'seq' ? loopsIn(copy) : [];
    let hasOpenKey = false;
    const entries = [...raw.entries].flatMap(([key, { at, value }]) => {
      if (key === 'copy' && copy?.kind === 'seq') return [];
      const name = key.startsWith('[') ? this.keyOf(key, at) : key;
      hasOpenKey ||= name === undefined;
      return name === undefined ? [] : [[name, () => this.value(value, at)] as const];
    });
    const made = loops.map(({ name, raw: loop }) => [name, () => this.loop(name, loop, loop.at)] as const);
    // A key or a loop that does not say outright which property it makes may make any.
    const isOpen = hasOpenKey || (copy?.kind === 'seq' && loops.length < copy.items.length);
    return new LooseDict(
      [...entries, ...made],
      at,
      isOpen ? open('a property whose name is not written out', at) : undefined,
    );
  }

  /** A key may be an expression, as the ids of identities are; undefined for one that is open. */
  private keyOf(key: string, at: number): string | undefined {
    const expression = this.file.expressions.in(key, at);
    const value: Value = expression ? this.evaluate(expression, at) : { kind: 'scalar', value: unescaped(key), at };
    return value.kind === 'scalar' ? String(value.value) : undefined;
  }

  /** What a `copy` of a property or variable makes: one item a turn. */
  private loop(name: string, raw: RawMap, at: number): Value {
    const turns = this.turns(entry(raw, 'count'));
    const input = entry(raw, 'input');
    if (turns === undefined || !input) {
      return { kind: 'list', items: [], open: open(`the number of turns of loop ${name}`, at), at };
    }
    const items = Array.from({ length: turns }, (_, index) =>
      this.inside({ name, index, onlyByName: true }).value(input),
    );
    return { kind: 'list', items, at };
  }
}

/** Asks operands in order until one answers `decisive`; open answers leave the whole open unless a later one decides. */
function until(
  operands: readonly Expression[],
  decisive: boolean,
  ask: (operand: Expression) => boolean | undefined,
): boolean | undefined {
  let isOpen = false;
  for (const operand of operands) {
    const answer = ask(operand);
    if (answer === decisive) return decisive;
    if (answer === undefined) isOpen = true;
  }
  return isOpen ? undefined : !decisive;
}
