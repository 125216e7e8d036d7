import type { Manifest, Resource } from '#model/resource.js';
import { type Dict, dictOf, type Value } from '#model/value.js';
import { unknown } from './open.js';

/** Where a stack is deployed, as what stands beside its template says. */
export interface Environment {
  account?: string;
  region?: string;
  /** ARNs of the roles it is deployed with; one with a placeholder is not known. */
  roles?: readonly string[];
}

/**
 * That place as a resource of its own, since a template does not tell it: type `StackEnvironment`, with `Account`, `Region` and `Roles`.
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
    const scalar = (value: string | undefined): Value =>
      value === undefined ? { kind: 'absent', at } : { kind: 'scalar', value, at };
    const { account, region, roles = [] } = environment;
    const parts: Readonly<Record<string, Value>> = {
      Account: scalar(account),
      Region: scalar(region),
      Roles: { kind: 'list', items: roles.map((role) => roleOf(role, at)), at },
    };
    const get = (key: string): Value => (Object.hasOwn(parts, key) && parts[key]) || { kind: 'absent', at };
    return dictOf(Object.keys(parts), get, at);
  }
}

/** What the CDK fills in when it deploys is not known before. */
const roleOf = (role: string, at: number): Value =>
  role.includes('${') ? unknown(`what the CDK makes of ${role}`, at) : { kind: 'scalar', value: role, at };
