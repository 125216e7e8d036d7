import type { Manifest, Resource } from '#model/resource.js';
import { type Dict, dictOf, type Value, type World } from '#model/value.js';

/** What a manifest deploys and nobody can look at here: resources of type `UnreadResources` whose `Resources` are unknown. */
export class UnreadResources implements Resource {
  readonly type = 'UnreadResources';
  readonly address: string;

  constructor(
    readonly partOf: string,
    readonly at: number,
    readonly manifest: Manifest,
    /** What would settle it: a noun phrase. */
    private readonly settledBy: string,
    private readonly exists: (world: World) => boolean = () => true,
  ) {
    this.address = `${partOf}/*`;
  }

  get language(): Resource['language'] {
    return this.manifest.language;
  }

  existsIn(world: World): boolean {
    return this.exists(world);
  }

  properties(): Dict {
    const { settledBy, at } = this;
    const get = (key: string): Value =>
      key === 'Resources' ? { kind: 'unknown', settledBy, at } : { kind: 'absent', at };
    return dictOf(['Resources'], get, at);
  }
}
