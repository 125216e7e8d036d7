import { isWide } from '#model/address-range.js';
import { type Dict, dictOf, type Value } from '#model/value.js';
import type { Raw, RawMap } from '../yaml/tree.js';
import type { Cluster } from './cluster.js';
import { orUnknown } from './later.js';
import type { KubernetesObject } from './objects.js';
import { itemsAt, mapAt, textAt, unknown } from './value.js';

type Direction = 'ingress' | 'egress';

/**
 * What the network policies of a namespace do to one pod: `{ingress, egress}`, each `{isolated, open}`. Isolated: some
 * policy selects the pod for that direction, so only what is allowed goes through. Open: some rule allows everybody. In the
 * network of its node no policy holds for a pod.
 */
export function networkOf(
  cluster: Cluster,
  { namespace, home }: KubernetesObject,
  pod: RawMap,
  labelsOf: () => RawMap | undefined,
  at: number,
): Dict {
  const isOfNode = textAt(pod, 'hostNetwork') === 'true';
  const policies = cluster.selecting('NetworkPolicy', namespace);
  const isAsked = policies.all.length > 0 && !isOfNode;
  const selecting = isAsked ? policies.of(labelsOf()) : [];
  const one = (direction: Direction): Value => {
    const plugin = isOfNode ? undefined : cluster.pluginPolicy(namespace);
    if (policies.all.length === 0) {
      const missing = `network policies of ${home}, none of which is in the manifests`;
      return unknown(plugin ? `${plugin.address}, which is not read` : missing, at);
    }
    const acting = selecting.filter((policy) => actsOn(policy, direction));
    const open = acting.flatMap((policy) => itemsAt(spec(policy), direction)).find((rule) => isOpen(rule, direction));
    const said = (value: boolean): Value =>
      value || !plugin ? { kind: 'scalar', value, at } : unknown(`${plugin.address}, which is not read`, at);
    const parts: Record<string, Value> = { isolated: said(acting.length > 0), open: said(open !== undefined) };
    return dictOf(['isolated', 'open'], (key) => parts[key] ?? { kind: 'absent', at }, at);
  };
  return dictOf(
    ['ingress', 'egress'],
    (key) => (key === 'ingress' || key === 'egress' ? orUnknown(() => one(key)) : { kind: 'absent', at }),
    at,
  );
}

const spec = (policy: KubernetesObject): RawMap | undefined => mapAt(policy.raw, 'spec');

/** Without `policyTypes` a policy acts on ingress, and on egress where it has egress rules. */
function actsOn(policy: KubernetesObject, direction: Direction): boolean {
  const types = itemsAt(spec(policy), 'policyTypes').map((type) => (type.kind === 'scalar' ? type.value : ''));
  if (types.length > 0) return types.includes(direction === 'ingress' ? 'Ingress' : 'Egress');
  return direction === 'ingress' || itemsAt(spec(policy), 'egress').length > 0;
}

/** A rule that lets everybody in, or the pod out to everywhere. Name look-ups may go anywhere. */
function isOpen(rule: Raw, direction: Direction): boolean {
  const peers = itemsAt(rule, direction === 'ingress' ? 'from' : 'to');
  if (peers.length === 0) return direction === 'ingress' || !isForNames(rule);
  if (peers.some(isEveryAddress)) return true;
  return peers.some(isEveryNamespace) && (direction === 'ingress' || !isForNames(rule));
}

function isForNames(rule: Raw): boolean {
  const ports = itemsAt(rule, 'ports');
  return (
    ports.length > 0 && ports.every((port) => textAt(port, 'port') === '53' && textAt(port, 'endPort') === undefined)
  );
}

/** Much of the internet is taken for the whole: two halves evade a comparison with 0.0.0.0/0. */
const isEveryAddress = (peer: Raw): boolean => isWide(textAt(mapAt(peer, 'ipBlock'), 'cidr') ?? '');

function isEveryNamespace(peer: Raw): boolean {
  const namespaces = mapAt(peer, 'namespaceSelector');
  const pods = mapAt(peer, 'podSelector');
  return namespaces !== undefined && takesAll(namespaces) && (!pods || takesAll(pods));
}

/** Whether a selector takes whatever it does not name: by nothing, by what must not be there, or by the name each namespace has. */
function takesAll(selector: RawMap): boolean {
  if ((mapAt(selector, 'matchLabels')?.entries.size ?? 0) > 0) return false;
  return itemsAt(selector, 'matchExpressions').every((expression) => {
    const operator = textAt(expression, 'operator');
    const isName = textAt(expression, 'key') === 'kubernetes.io/metadata.name';
    return operator === 'NotIn' || operator === 'DoesNotExist' || (operator === 'Exists' && isName);
  });
}
