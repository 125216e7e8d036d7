import type { Value } from '#model/value.js';
import type { Cluster } from './cluster.js';
import type { KubernetesObject } from './objects.js';
import { itemsAt, mapAt, spokenAt, textAt, unknown } from './value.js';

/** Kinds that send what comes to a Gateway on to a service. */
export const isRoute = (type: string): boolean =>
  /^(?:HTTP|GRPC|TLS|TCP|UDP)Route\.gateway\.networking\.k8s\.io$/.test(type);

/**
 * Where the gateways of a route stand: `given` by the manifests, where each is judged itself, or by a service of the cluster. Of another
 * nobody can say here who reaches it.
 */
export function gatewaysOf({ raw, namespace, at }: KubernetesObject, cluster: Cluster): Value {
  for (const parent of itemsAt(mapAt(raw, 'spec'), 'parentRefs')) {
    const kind = textAt(parent, 'kind') ?? 'Gateway';
    // Of a mesh: whoever is in it.
    if (kind === 'Service' || kind === 'ServiceEntry') continue;
    const isGiven =
      kind === 'Gateway' && cluster.hasGateway(textAt(parent, 'namespace') ?? namespace, textAt(parent, 'name') ?? '');
    if (!isGiven)
      return unknown(`${kind} ${spokenAt(parent, 'name') ?? '(unnamed)'}, which is not in the manifests`, at);
  }
  return { kind: 'scalar', value: 'given', at };
}
