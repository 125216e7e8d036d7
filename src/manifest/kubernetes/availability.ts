import type { Value } from '#model/value.js';
import type { RawMap } from '../yaml/tree.js';
import type { Cluster } from './cluster.js';
import type { KubernetesObject } from './objects.js';
import { mapAt, textAt, toValue, unknown } from './value.js';

/**
 * How many pods there are at least: what an autoscaler keeps, else what the object asks for, else one. Where a Rollout takes its pods
 * from the object, it is the one that is scaled.
 */
export function replicasOf(written: KubernetesObject, cluster: Cluster, at: number): Value {
  const object = cluster.rolloutOf(written) ?? written;
  const scalers = [
    ...cluster
      .inNamespace('HorizontalPodAutoscaler', object.namespace)
      .map((each) => [each, 'minReplicas', 1] as const),
    ...cluster
      .inNamespace('ScaledObject.keda.sh', object.namespace)
      .map((each) => [each, 'minReplicaCount', 0] as const),
  ];
  const kind = object.type.split('.')[0];
  for (const [scaler, key, otherwise] of scalers) {
    const spec = mapAt(scaler.raw, 'spec');
    const target = mapAt(spec, 'scaleTargetRef');
    if (textAt(target, 'name') !== object.name || (textAt(target, 'kind') ?? 'Deployment') !== kind) continue;
    // KEDA takes the number for idle times where it is given.
    const least = (spec?.entries.get('idleReplicaCount') ?? spec?.entries.get(key))?.value;
    return least ? toValue(least, at) : { kind: 'scalar', value: otherwise, at };
  }
  const entry = mapAt(object.raw, 'spec')?.entries.get('replicas');
  // Another object may stand in another file.
  const said = entry && toValue(entry.value, object === written ? entry.at : at);
  return said && said.kind !== 'absent' ? said : { kind: 'scalar', value: 1, at };
}

/** Whether a disruption budget of the namespace covers a pod; unknown where the manifests hold none for it. */
export function isBudgeted(
  cluster: Cluster,
  { namespace, home }: KubernetesObject,
  labelsOf: () => RawMap | undefined,
  at: number,
): Value {
  const budgets = cluster.selecting('PodDisruptionBudget', namespace);
  if (budgets.all.length === 0) return unknown(`disruption budgets of ${home}, none of which is in the manifests`, at);
  const covering = budgets.of(labelsOf()).filter(({ raw }) => mapAt(mapAt(raw, 'spec'), 'selector') !== undefined);
  return { kind: 'scalar', value: covering.length > 0, at };
}
