import type { Manifest, Resource } from '#model/resource.js';
import { type Dict, dictOf, type Value, type World } from '#model/value.js';

/** A parameter or an output of a template, which requirements speak of as of a resource where it gives a secret away. */
export class TemplatePart implements Resource {
  readonly language = 'arm';
  /** Requirements of every resource speak of none of these. */
  readonly partOf = 'the template';

  constructor(
    readonly type: 'SecureParameter' | 'SecretOutput',
    readonly address: string,
    readonly at: number,
    readonly manifest: Manifest,
    private readonly exists: (world: World) => boolean,
    private readonly value: (world: World) => Value,
  ) {}

  existsIn(world: World): boolean {
    return this.exists(world);
  }

  properties(world: World): Dict {
    const { at } = this;
    return dictOf(['value'], (key) => (key === 'value' ? this.value(world) : { kind: 'absent', at }), at);
  }
}
