import type { Dict, Value } from '#model/value.js';
import { modulePath, parentModule } from './address.js';
import { asObject, asText, at, type Json, member, objectsIn } from './shape.js';

const roleArn = /^arn:[^:]+:iam::\d{12}:role\/.+$/;
/** Of AWS `us-gov-west-1`; of Google `us-east4`, and `us-east4-b` of its zones. */
const regionName = /^[a-z]{2}(?:-[a-z]+)+-\d$|^[a-z]+-[a-z]+\d+(?:-[a-z])?$/;

/** What a provider block says, without a place. */
type Fact = { value: string | boolean | readonly string[] } | { settledBy: string; isText: boolean };
type Facts = ReadonlyMap<string, Fact>;

/** The provider configurations of one plan. Ten thousand resources are made with a few. */
export class Providers {
  private readonly configs: Json | undefined;
  private readonly facts = new Map<Json | undefined, Facts>();
  /** Name of a provider → the only configuration of it, which resources need not be asked for; undefined where there are several. */
  private readonly only = new Map<string, Json | undefined>();

  constructor(private readonly plan: Json) {
    this.configs = asObject(at(plan, 'configuration', 'provider_config'));
  }

  /**
   * The configuration a resource is made with, as its property `provider` (a word Terraform keeps for itself, so no resource has an
   * attribute of that name): its name, the region it works in, the role it assumes there, the accounts it may work in where it says
   * so, and whether it calls FIPS endpoints.
   * `configured` gives what the configuration says of the resource.
   */
  of(configured: () => Json | undefined, name: string | undefined, place: number): Provider {
    const config = (name === undefined ? undefined : this.onlyOf(name)) ?? this.configOf(configured(), name);
    let facts = this.facts.get(config);
    if (!facts) {
      facts = this.read(config);
      this.facts.set(config, facts);
    }
    return new Provider(facts, name, place);
  }

  private onlyOf(name: string): Json | undefined {
    if (!this.only.has(name)) {
      const alike = this.alike(name);
      // A resource that names no alias is made with the block without one, be it written or not.
      this.only.set(name, alike.length === 1 && !isAliased(alike[0]) ? alike[0] : undefined);
    }
    return this.only.get(name);
  }

  private configOf(configured: Json | undefined, name: string | undefined): Json | undefined {
    const key = asText(member(configured, 'provider_config_key'));
    const named = key === undefined ? undefined : asObject(member(this.configs, key));
    if (named) return named;
    // A module that was handed its provider: certain where there is one of that kind only.
    const [only, ...others] = this.alike(name);
    if (others.length > 0) return undefined;
    return key === undefined || aliasOf(key) !== '' || !isAliased(only) ? only : undefined;
  }

  private alike(name: string | undefined): Json[] {
    const all = Object.values(this.configs ?? {}).flatMap((config): Json[] => {
      const one = asObject(config);
      return one ? [one] : [];
    });
    return all.filter((config) => name === undefined || member(config, 'full_name') === name);
  }

  private read(config: Json | undefined): Facts {
    const role = this.roleOf(config);
    return new Map([
      ['region', this.placeOf(config, 'region')],
      ...(/^google/.test(asText(member(config, 'name')) ?? '')
        ? ([['zone', this.placeOf(config, 'zone')]] as const)
        : []),
      ['use_fips_endpoint', fipsOf(config)],
      ...(role ? ([['role_arn', role]] as const) : []),
      ...listed(config, 'allowed_account_ids'),
      ...aliased(config),
    ]);
  }

  private placeOf(config: Json | undefined, what: 'region' | 'zone'): Fact {
    const expression = asObject(at(config, 'expressions', what));
    if (!expression) return { settledBy: `the ${what} of the provider, which the plan does not name`, isText: true };
    // An expression could change the value; one that gives a whole region's name is passed on as it is.
    return this.written(expression, moduleOf(config), `the ${what} of the provider`, regionName);
  }

  /**
   * The role of another account or of this one that the provider works as; undefined for one that works as its caller. It takes one after
   * the other, and works as the last.
   */
  private roleOf(config: Json | undefined): Fact | undefined {
    const block = ['assume_role_with_web_identity', 'assume_role']
      .flatMap((name) => {
        const blocks = at(config, 'expressions', name);
        return Array.isArray(blocks) ? blocks : [];
      })
      .at(-1);
    const expression = asObject(at(block, 'role_arn'));
    return expression && this.written(expression, moduleOf(config), 'the role the provider assumes', roleArn);
  }

  /** What an expression of a provider block gives: what it spells out, or the whole of a variable that has the form. */
  private written(expression: Json, module: string, what: string, form: RegExp): Fact {
    const constant = asText(member(expression, 'constant_value'));
    if (constant !== undefined) return { value: constant };
    const variable = variableIn(expression);
    const value = variable === undefined ? undefined : asText(this.variable(variable, module, 0));
    if (value !== undefined && form.test(value)) return { value };
    return { settledBy: `${what} (${variable === undefined ? 'an expression' : `var.${variable}`})`, isText: true };
  }

  /** The value of a variable of a module: what its caller passes, which may be a variable of its own, or its default. */
  private variable(name: string, module: string, depth: number): unknown {
    if (module === '') return at(this.plan, 'variables', name, 'value');
    if (depth > deepest) return undefined;
    const parent = parentModule(module);
    const call = at(this.moduleAt(parent), 'module_calls', modulePath(module).at(-1) ?? '');
    const passed = asObject(at(call, 'expressions', name));
    if (!passed) return at(call, 'module', 'variables', name, 'default');
    const variable = variableIn(passed);
    return variable === undefined ? member(passed, 'constant_value') : this.variable(variable, parent, depth + 1);
  }

  private moduleAt(address: string): unknown {
    const root = at(this.plan, 'configuration', 'root_module');
    return modulePath(address).reduce<unknown>((module, name) => at(module, 'module_calls', name, 'module'), root);
  }
}

const deepest = 20;

/** The module a provider block stands in; empty for the root. */
const moduleOf = (config: Json | undefined): string => asText(member(config, 'module_address')) ?? '';

/** The variable that is all an expression names. */
function variableIn(expression: Json): string | undefined {
  const references = member(expression, 'references');
  const [only] = Array.isArray(references) && references.length === 1 ? references : [];
  return /^var\.([\w-]+)$/.exec(String(only))?.[1];
}

/** Which of several configurations of its provider a key means: `prod` of `kubernetes.prod` and of `module.a:kubernetes.prod`. */
const aliasOf = (key: string): string => key.replace(/^(?:.*:)?[^.:]+\.?/, '');

const isAliased = (config: Json | undefined): boolean => asText(member(config, 'alias')) !== undefined;

/** What the block does not say, the environment of whoever applies the plan may. */
function fipsOf(config: Json | undefined): Fact {
  const expression = asObject(at(config, 'expressions', 'use_fips_endpoint'));
  if (!expression)
    return {
      settledBy: 'AWS_USE_FIPS_ENDPOINT or the profile, since the provider block does not say it',
      isText: false,
    };
  // An expression may turn the value of its variable around.
  const value = member(expression, 'constant_value');
  if (typeof value !== 'boolean')
    return { settledBy: 'the expression of use_fips_endpoint in the provider block', isText: false };
  return value && callsOthers(config)
    ? { settledBy: 'endpoints in the provider block, which are called instead', isText: false }
    : { value };
}

const aliased = (config: Json | undefined): [string, Fact][] => {
  const alias = asText(member(config, 'alias'));
  return alias === undefined ? [] : [['alias', { value: alias }]];
};

/** A list the block spells out; of what it works out nothing is said. */
function listed(config: Json | undefined, name: string): [string, Fact][] {
  const given = at(config, 'expressions', name, 'constant_value');
  const items = Array.isArray(given) ? given.filter((item): item is string => typeof item === 'string') : [];
  return items.length > 0 ? [[name, { value: items }]] : [];
}

/** Whether a block gives an endpoint whose name does not tell that it is one of FIPS. */
function callsOthers(config: Json | undefined): boolean {
  const given = objectsIn(at(config, 'expressions', 'endpoints')).flatMap((block) => Object.values(block));
  return given.some((expression) => !asText(member(expression, 'constant_value'))?.includes('fips'));
}

/** A configuration, as the property `provider` of a resource. */
export class Provider implements Dict {
  readonly kind = 'dict';

  constructor(
    /** The same for all resources that are made with it. */
    readonly facts: Facts,
    private readonly name: string | undefined,
    readonly at: number,
  ) {}

  keys(): readonly string[] {
    return [...this.facts.keys(), ...(this.name === undefined ? [] : ['name'])];
  }

  get(key: string): Value {
    const { at, name } = this;
    if (key === 'name' && name !== undefined) return { kind: 'scalar', value: name, at };
    const fact = this.facts.get(key);
    if (!fact) return { kind: 'absent', at };
    if ('value' in fact) return given(fact.value, at);
    const { settledBy, isText } = fact;
    return { kind: 'unknown', settledBy, from: null, at, ...(isText ? { not: [''] } : {}) };
  }
}

const given = (value: string | boolean | readonly string[], at: number): Value =>
  typeof value === 'object'
    ? { kind: 'list', items: value.map((item): Value => ({ kind: 'scalar', value: item, at })), at }
    : { kind: 'scalar', value, at };
