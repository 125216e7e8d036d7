import type { Manifest, Resource } from '#model/resource.js';
import { type Dict, dictOf, type Value } from '#model/value.js';

/** Where a stack is deployed, as what stands beside its template says. */
export interface Environment {
  account?: string;
  region?: string;
}

/**
 * That place as a resource of its own, since a template does not tell it: type `StackEnvironment`, with `Account` and `Region`.
 * Its address is the place as the CDK writes it.
 */
export class StackEnvironment implements Resource {
  readonly language = 'cloudformation';
  readonly type = 'StackEnvironment';
  readonly address: string;
  /** Of the whole stack: the template has no line for it. */
  readonly partOf: string;

  constructor(
    private readonly environment: Environment,
    readonly at: number,
    readonly manifest: Manifest,
  ) {
    const { account = 'unknown-account', region = 'unknown-region' } = environment;
    this.address = `aws://${account}/${region}`;
    this.partOf = this.address;
  }

  existsIn(): boolean {
    return true;
  }

  properties(): Dict {
    const { environment, at } = this;
    const parts = new Map<string, string | undefined>([
      ['Account', environment.account],
      ['Region', environment.region],
    ]);
    const get = (key: string): Value => {
      const value = parts.get(key);
      return value === undefined ? { kind: 'absent', at } : { kind: 'scalar', value, at };
    };
    return dictOf(parts.keys(), get, at);
  }
}
