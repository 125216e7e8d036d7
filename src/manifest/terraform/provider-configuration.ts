import type { Manifest, Resource } from '#model/resource.js';
import type { Dict } from '#model/value.js';
import type { PlannedResource } from './resource.js';

/**
 * A configuration of the provider of AWS that resources of a plan are made with, as a resource of its own: what it says is said once, and
 * not of each of them. Its address is that of its block; it stands at the first of them, since a plan has no place for it.
 */
export class ProviderConfiguration implements Resource {
  readonly language = 'terraform';
  readonly type = 'ProviderConfiguration';
  /** Requirements of every resource speak of none of these. */
  readonly partOf = 'the plan';

  constructor(
    readonly address: string,
    readonly at: number,
    readonly manifest: Manifest,
    private readonly configuration: Dict,
  ) {}

  existsIn(): boolean {
    return true;
  }

  properties(): Dict {
    return this.configuration;
  }
}

/** Those that some resources are made with, in the order of these. */
export function providerConfigurations(
  resources: readonly PlannedResource[],
  manifest: Manifest,
): ProviderConfiguration[] {
  const found = new Map<object, ProviderConfiguration>();
  const taken = new Map<string, number>();
  for (const resource of resources) {
    if (!resource.type.startsWith('aws_')) continue;
    const provider = resource.provider();
    if (found.has(provider.facts)) continue;
    const alias = provider.get('alias');
    const name = alias.kind === 'scalar' ? `provider.aws.${alias.value}` : 'provider.aws';
    const count = (taken.get(name) ?? 0) + 1;
    taken.set(name, count);
    const address = count === 1 ? name : `${name}#${count}`;
    found.set(provider.facts, new ProviderConfiguration(address, resource.at, manifest, provider));
  }
  return [...found.values()];
}
