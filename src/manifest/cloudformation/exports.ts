import { importedAs, type Manifest, type Resource } from '#model/resource.js';
import type { Value, World } from '#model/value.js';
import type { Raw } from '../yaml/tree.js';
import type { Stack } from './stack.js';

/** An output under a name that other stacks of its account and region may import. */
export interface Exported {
  stack: Stack;
  manifest: Manifest;
  value: Raw;
}

/**
 * What the stacks of one run export. A stack often imports what another file exports, so this is filled while files are read and asked
 * when all of them were: until then nothing is found.
 */
export class Exports {
  private readonly named = new Map<string, Exported[]>();
  private readonly values = new WeakMap<World, Map<Exported, Value | undefined>>();
  private readonly imported = new Map<string, Resource>();
  /** Resources by the place they are made in and their type. */
  private readonly made = new Map<string, Map<string, Resource[]>>();
  private files = 0;
  private isComplete = false;

  add(name: string, exported: Exported): void {
    const known = this.named.get(name);
    if (known) known.push(exported);
    else this.named.set(name, [exported]);
  }

  /** Notes the resources of a template, by which others of the run may be named. */
  enter(stack: Stack, resources: readonly Resource[]): void {
    if (stack.prefix === '') this.files += 1;
    // What the instances of a stack set make is in accounts and regions of their own.
    if (stack.place !== undefined) return;
    const place = placeOf(stack);
    const types = this.made.get(place) ?? new Map<string, Resource[]>();
    this.made.set(place, types);
    for (const resource of resources) {
      const known = types.get(resource.type);
      if (known) known.push(resource);
      else types.set(resource.type, [resource]);
    }
  }

  /** Resources of a type that the templates of the run make where a stack goes; none where there is but one template. */
  ofType(type: string, stack: Stack): readonly Resource[] | undefined {
    return this.isComplete && this.files > 1 ? this.made.get(placeOf(stack))?.get(type) : undefined;
  }

  /** Says that all files were read. */
  complete(): void {
    this.isComplete = true;
  }

  /**
   * What a stack imports by a name; undefined where no other stack of the run that goes to the same place exports it, or several do:
   * which of them is meant, their templates do not say.
   */
  find(name: string, { given }: Stack): Exported | undefined {
    const named = this.isComplete ? this.named.get(name) : undefined;
    const found = named?.filter(({ stack }) => placeOf(stack) === placeOf({ given }));
    return found?.length === 1 ? found[0] : undefined;
  }

  /** Its value in a world, worked out once: those that import each other would otherwise never end. */
  valueOf(exported: Exported, world: World, evaluate: () => Value | undefined): Value | undefined {
    const values = this.values.get(world) ?? new Map<Exported, Value | undefined>();
    this.values.set(world, values);
    if (values.has(exported)) return values.get(exported);
    values.set(exported, undefined);
    try {
      values.set(exported, evaluate());
    } catch (thrown) {
      values.delete(exported);
      throw thrown;
    }
    return values.get(exported);
  }

  /** The address a resource of another manifest has for one that imports it: no resource of its own can be called so. */
  address({ manifest }: Exported, to: string): string {
    const address = importedAs(manifest, to);
    if (!this.imported.has(address)) {
      const resource = manifest.resources.find((each) => each.address === to);
      if (resource) this.imported.set(address, resource);
    }
    return address;
  }

  /** The resource of another manifest that has this address. */
  resource(address: string): Resource | undefined {
    return this.imported.get(address);
  }
}

const placeOf = ({ given: { environment } }: Pick<Stack, 'given'>): string =>
  `${environment?.account ?? ''}/${environment?.region ?? ''}`;

/** Thrown where what a stack exports depends on a choice of its own. */
const ownChoice = Symbol('a choice of another stack');

const beside = new WeakMap<World, World>();

/** A world as a stack beside this one sees it: where it goes is the same, and its conditions and parameters are its own. */
export function worldBeside(world: World): World {
  let made = beside.get(world);
  if (!made) {
    made = {
      choose(variable, options) {
        if (variable === 'AWS::Region') return world.choose(variable, options);
        throw ownChoice;
      },
    };
    beside.set(world, made);
    beside.set(made, made);
  }
  return made;
}

/** What is worked out in such a world; undefined where a choice of the other stack decides. */
export function withoutChoice(evaluate: () => Value): Value | undefined {
  try {
    return evaluate();
  } catch (thrown) {
    if (thrown !== ownChoice) throw thrown;
    return undefined;
  }
}
