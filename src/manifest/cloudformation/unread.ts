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
  ) {
    this.address = `${partOf}/*`;
  }

  existsIn(world: World): boolean {
    return this.exists(world);
  }

  properties(): Dict {
    const get = (key: string): Value =>
      key === 'Resources' ? unknown(this.settledBy, this.at) : { kind: 'absent', at: this.at };
    return dictOf(['Resources'], get, this.at);
  }
}
