import type { Dict, Value } from '#model/value.js';
import type { RawMap } from '../yaml/tree.js';
import { isBudgeted, replicasOf } from './availability.js';
import type { Cluster } from './cluster.js';
import type { Commands } from './commands.js';
import { meshOf } from './mesh.js';
import { networkOf } from './network.js';
import type { KubernetesObject } from './objects.js';
import { podLabelsOf } from './pod-labels.js';
import type { PodTemplate } from './pod-templates.js';
import { serverOfPod } from './server.js';
import { absent, Layered, mapAt, open, RawDict, scalarOf, spokenAt, textAt, toValue, unknown } from './value.js';

/**
 * A pod as it will run: its spec, and worked out beside that `metadata` (the template's), `workload` (the type of what makes
 * it), `namespace`, `server`, `replicas`, `budgeted`, `mesh`, `network` (see `networkOf`), `automountServiceAccountToken` with what its service account says, and
 * `bound`: whether the manifests bind a role to that account.
 */
export function podOf(object: KubernetesObject, template: PodTemplate, cluster: Cluster, commands: Commands): Dict {
  const { spec, metadata, at, filledBy, accountBy } = template;
  const account = (): string => textAt(spec, 'serviceAccountName') || textAt(spec, 'serviceAccount') || 'default';
  const scalar = (value: string | boolean): Value => ({ kind: 'scalar', value, at });
  const labels = (): RawMap | undefined => podLabelsOf(object, template);
  const written = new Layered(new RawDict(spec, at, filledBy === undefined ? undefined : open(filledBy, at)), {
    metadata: () => (metadata ? toValue(metadata) : absent(at)),
  });
  const worked: Record<string, () => Value> = {
    workload: () => scalar(object.type),
    namespace: () => namespaceOf(object, at),
    replicas: () => replicasOf(object, cluster, at),
    budgeted: () => isBudgeted(cluster, object, labels, at),
    // No proxy is put into the network of a node.
    mesh: () => (textAt(spec, 'hostNetwork') === 'true' ? absent(at) : meshOf(cluster, object.namespace, metadata, at)),
    server: () => {
      const server = serverOfPod(spec, commands);
      return server === undefined ? absent(at) : scalar(server);
    },
    os: () => osOf(spec, at),
    network: () => networkOf(cluster, object, spec, labels, at),
    automountServiceAccountToken: () => automount(object, template, account, cluster),
    bound: () => scalar(cluster.isBound(object.namespace, account())),
  };
  if (accountBy !== undefined)
    for (const key of ['serviceAccountName', 'automountServiceAccountToken']) worked[key] = () => open(accountBy, at);
  return new Layered(written, worked, written);
}

/** What may fill in other fields of a pod names no operating system; without a name nothing is left out for Windows. */
function osOf(spec: RawMap, at: number): Value {
  const entry = spec.entries.get('os');
  return entry ? toValue(entry.value, entry.at) : absent(at);
}

function namespaceOf({ namespace, raw }: KubernetesObject, at: number): Value {
  const said = mapAt(raw, 'metadata')?.entries.get('namespace')?.value;
  return namespace === undefined || said?.kind !== 'scalar' ? absent(at) : scalarOf(said, at);
}

/** The pod decides, then its service account, and without either the token is mounted. */
function automount(object: KubernetesObject, template: PodTemplate, accountOf: () => string, cluster: Cluster): Value {
  const key = 'automountServiceAccountToken';
  const own = template.spec.entries.get(key);
  const said = own && toValue(own.value, own.at);
  if (said && said.kind !== 'absent') return said;
  const account = accountOf();
  const found = cluster.find('ServiceAccount', object.namespace, account);
  if (found) {
    const value = found.raw.entries.get(key)?.value;
    return value ? toValue(value, template.at) : absent(template.at);
  }
  if (template.filledBy !== undefined) return open(template.filledBy, template.at);
  return account === 'default'
    ? absent(template.at)
    : unknown(
        `service account ${spokenAt(template.spec, 'serviceAccountName') ?? account}, which is not in the manifests`,
        template.at,
      );
}
