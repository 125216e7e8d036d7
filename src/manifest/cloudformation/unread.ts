import type { Manifest, Resource } from '#model/resource.js';
import { type Dict, dictOf, type Value, type World } from '#model/value.js';
import { unknown } from './open.js';

/** What a template deploys and nobody can look at here: resources of type `UnreadResources` whose `Resources` are unknown. */
export class UnreadResources implements Resource {
  readonly language = 'cloudformation';
  readonly type = 'UnreadResources';
  readonly address: string;

  constructor(
    readonly partOf: string,
    readonly at: number,
    readonly manifest: Manifest,
    /** What would settle it: a noun phrase. */
    private readonly settledBy: string,
    private readonly exists: (world: World) => boolean,
    private readonly source: (world: World) => Value,
  ) {
    this.address = `${partOf}/*`;
  }

  existsIn(world: World): boolean {
    return this.exists(world);
  }

  properties(world: World): Dict {
    const get = (key: string): Value => {
      if (key === 'Resources') return unknown(this.settledBy, this.at);
      return key === 'Source' ? this.source(world) : { kind: 'absent', at: this.at };
    };
    return dictOf(['Resources', 'Source'], get, this.at);
  }
}
