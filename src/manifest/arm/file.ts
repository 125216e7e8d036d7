import type { Lines } from '#model/position.js';
import type { Value, World } from '#model/value.js';
import { Expressions } from './expressions.js';
import type { AzureGiven, GivenParameters } from './given.js';
import { sameName, sameNames } from './identity.js';
import type { ArmResource } from './resource.js';
import type { Template } from './template.js';

/** Which resource of the file something names, if that can be told. */
export type Found = { answer: 'yes'; address: string } | { answer: 'no' | 'maybe' };

/** One template file with all that its parts share, nested templates included. */
export class ArmFile {
  readonly expressions: Expressions;
  /** How deep reading is nested right now, over all scopes. */
  depth = 0;
  private readonly byType = new Map<string, ArmResource[]>();
  private readonly byAddress = new Map<string, ArmResource>();
  private readonly symbols = new Map<Template, Map<string, string[]>>();

  constructor(
    readonly lines: Lines,
    readonly azure: AzureGiven | undefined,
    readonly parameters: GivenParameters,
  ) {
    this.expressions = new Expressions(lines);
  }

  /** Makes a resource findable once it has its address. */
  add(resource: ArmResource): void {
    const type = resource.type.toLowerCase();
    this.byType.set(type, [...(this.byType.get(type) ?? []), resource]);
    this.byAddress.set(resource.address, resource);
    const symbols = this.symbols.get(resource.template) ?? new Map<string, string[]>();
    this.symbols.set(resource.template, symbols);
    for (const symbol of resource.symbols) {
      const key = symbol.toLowerCase();
      symbols.set(key, [...(symbols.get(key) ?? []), resource.address]);
    }
  }

  /** `place` is the group the name is looked up in, as a deployment names it; left out where it is not told. */
  find(type: string, names: readonly Value[], place?: string): Found {
    const answers = (this.byType.get(type.toLowerCase()) ?? []).map((resource) => {
      const answer = resource.names ? sameNames(resource.names, names) : ('maybe' as const);
      // Two names of groups may be those of one.
      const isHere = place === undefined || place === resource.place;
      return { resource, answer: answer === 'yes' && !isHere ? ('maybe' as const) : answer };
    });
    const [exact, twin] = answers.filter(({ answer }) => answer === 'yes');
    // Two of one name exclude each other by their conditions, and either may be meant.
    if (exact) return twin ? { answer: 'maybe' } : { answer: 'yes', address: exact.resource.address };
    return { answer: answers.some(({ answer }) => answer === 'maybe') ? 'maybe' : 'no' };
  }

  /** The only resource whose last name is this one. */
  findByName(name: Value): string | undefined {
    if (name.kind !== 'scalar' && name.kind !== 'unknown' && name.kind !== 'text') return undefined;
    const found = [...this.byAddress.values()].filter(({ names }) => {
      const last = names?.at(-1);
      return last !== undefined && sameName(last, name) === 'yes';
    });
    return found.length === 1 ? found[0]?.address : undefined;
  }

  /** The resource a symbolic name stands for. */
  symbol(name: string, template: Template): string | undefined {
    const found = this.symbols.get(template)?.get(name.toLowerCase()) ?? [];
    return found.length === 1 ? found[0] : undefined;
  }

  /** An output of a nested deployment, or undefined where its template is not followed. */
  output(address: string, name: string, world: World | undefined, at: number): Value | undefined {
    return this.byAddress.get(address)?.inner?.(world).output(name, at);
  }

  /** Where a resource will be, as far as the file says it. */
  location(address: string, world: World | undefined): Value | undefined {
    return this.byAddress.get(address)?.locationIn(world);
  }
}
