import type { Manifest, Resource } from '#model/resource.js';
import { typeKey } from './type.js';

/** Finds resources by type and address without walking a manifest again. A manifest nobody asks about is not walked at all. */
export class ResourceIndex {
  private readonly types = new Map<Manifest, ReadonlyMap<string, readonly Resource[]>>();
  private readonly addresses = new Map<Manifest, ReadonlyMap<string, Resource>>();
  private readonly nowhere = new Map<string, boolean>();
  private readonly manifests: ReadonlySet<Manifest>;

  constructor(manifests: readonly Manifest[]) {
    this.manifests = new Set(manifests);
  }

  ofType(manifest: Manifest, type: string): readonly Resource[] {
    return this.made(this.types, manifest, byType)?.get(typeKey(type)) ?? [];
  }

  find(manifest: Manifest, address: string): Resource | undefined {
    return this.made(this.addresses, manifest, byAddress)?.get(address) ?? manifest.imported?.(address);
  }

  isNowhere(type: string): boolean {
    const key = typeKey(type);
    let isNowhere = this.nowhere.get(key);
    if (isNowhere === undefined) {
      isNowhere = [...this.manifests].every((manifest) => !this.made(this.types, manifest, byType)?.has(key));
      this.nowhere.set(key, isNowhere);
    }
    return isNowhere;
  }

  private made<Made>(known: Map<Manifest, Made>, manifest: Manifest, make: (manifest: Manifest) => Made) {
    let made = known.get(manifest);
    if (made === undefined && this.manifests.has(manifest)) {
      made = make(manifest);
      known.set(manifest, made);
    }
    return made;
  }
}

function byType({ resources }: Manifest): ReadonlyMap<string, readonly Resource[]> {
  const types = new Map<string, Resource[]>();
  for (const resource of resources) {
    const type = typeKey(resource.type);
    const list = types.get(type);
    if (list) list.push(resource);
    else types.set(type, [resource]);
  }
  return types;
}

const byAddress = ({ resources }: Manifest): ReadonlyMap<string, Resource> =>
  new Map(resources.map((resource) => [resource.address, resource]));
