import type { Manifest, Resource } from '#model/resource.js';
import type { Value } from '#model/value.js';
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
  private readonly values = new Map<Exported, Value | undefined>();
  private readonly imported = new Map<string, Resource>();
  private isComplete = false;

  add(name: string, exported: Exported): void {
    const known = this.named.get(name);
    if (known) known.push(exported);
    else this.named.set(name, [exported]);
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

  /** Its value, worked out once: those that import each other would otherwise never end. */
  valueOf(exported: Exported, evaluate: () => Value | undefined): Value | undefined {
    if (!this.values.has(exported)) {
      this.values.set(exported, undefined);
      this.values.set(exported, evaluate());
    }
    return this.values.get(exported);
  }

  /** The address a resource of another manifest has for one that imports it: no resource of its own can be called so. */
  address({ manifest }: Exported, to: string): string {
    const address = `${manifest.file}#${to}`;
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
