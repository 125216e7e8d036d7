import type { Value } from '#model/value.js';
import type { RawMap } from '../yaml/tree.js';
import type { Cluster } from './cluster.js';
import type { KubernetesObject } from './objects.js';
import { absent, mapAt, textAt, unknown } from './value.js';

const rootNamespace = 'istio-system';

const peers = 'PeerAuthentication.security.istio.io';

/**
 * What a service mesh does for a pod's connections: `strict` where only mutual TLS gets in, unknown where the pod is in a
 * mesh and the manifests do not say that, absent where it is in none or takes other connections too.
 */
export function meshOf(
  cluster: Cluster,
  namespace: string | undefined,
  metadata: RawMap | undefined,
  at: number,
): Value {
  const home = cluster.namespaceNamed(namespace);
  const place = membership(mapAt(home?.raw, 'metadata'), metadata);
  if (place === 'other') return unknown('the policy of its mesh, which is not read', at);
  if (place === 'outside') return absent(at);
  if (place === 'unsaid') {
    return home ? absent(at) : unknown('the labels of its namespace, which may put it into a service mesh', at);
  }
  const around = portsAround(mapAt(metadata, 'annotations'));
  if (around !== undefined) return unknown(`the ports of its annotation ${around}`, at);
  return authenticated(cluster, namespace, mapAt(metadata, 'labels'), at);
}

/** Istio takes a pod in by labels of it or its namespace; an annotation only keeps it out. */
function membership(home: RawMap | undefined, pod: RawMap | undefined): 'inside' | 'outside' | 'other' | 'unsaid' {
  const [labels, annotations] = [mapAt(pod, 'labels'), mapAt(pod, 'annotations')];
  const around = mapAt(home, 'labels');
  const linkerd = [annotations, labels, mapAt(home, 'annotations')].map((each) => textAt(each, 'linkerd.io/inject'));
  if (['enabled', 'ingress'].includes(linkerd.find((each) => each !== undefined) ?? '')) return 'other';
  const mode = textAt(labels, 'istio.io/dataplane-mode') ?? textAt(around, 'istio.io/dataplane-mode');
  if (mode === 'ambient') return 'inside';
  const injected = textAt(labels, 'sidecar.istio.io/inject');
  const isKeptOut = (injected ?? textAt(annotations, 'sidecar.istio.io/inject')) === 'false';
  if (isKeptOut || textAt(around, 'istio-injection') === 'disabled') return 'outside';
  const isTaken =
    injected === 'true' ||
    textAt(around, 'istio-injection') === 'enabled' ||
    [labels, around].some((each) => textAt(each, 'istio.io/rev') !== undefined);
  return isTaken ? 'inside' : 'unsaid';
}

/** An annotation that lets connections to some ports pass by the sidecar. */
function portsAround(annotations: RawMap | undefined): string | undefined {
  const excluded = 'traffic.sidecar.istio.io/excludeInboundPorts';
  const included = 'traffic.sidecar.istio.io/includeInboundPorts';
  if ((textAt(annotations, excluded) ?? '') !== '') return excluded;
  return (textAt(annotations, included) ?? '*') === '*' ? undefined : included;
}

/** The rule for the pod counts before the one of its namespace, and that before the one of the whole mesh; for a port its own goes before all. */
function authenticated(cluster: Cluster, namespace: string | undefined, labels: RawMap | undefined, at: number): Value {
  const rules = (space: string | undefined) => cluster.inNamespace(peers, space);
  const hasSelector = ({ raw }: KubernetesObject) => mapAt(mapAt(raw, 'spec'), 'selector') !== undefined;
  const own = cluster.selecting(peers, namespace).of(labels).filter(hasSelector);
  const levels = [own, ...[namespace, rootNamespace].map((space) => rules(space).filter((each) => !hasSelector(each)))];
  const ports = own.find(({ raw }) => mapAt(mapAt(raw, 'spec'), 'portLevelMtls') !== undefined);
  const around = levels.map((level) => new Set(level.flatMap(modeOf))).find((modes) => modes.size > 0);
  if (!around) return unknown('a PeerAuthentication of the mesh, none of which is in the manifests', at);
  const [mode] = around;
  if (around.size > 1) return unknown('which PeerAuthentication is the oldest: some contradict each other', at);
  if (ports && own.flatMap(portModesOf).some((each) => (each === 'STRICT') !== (mode === 'STRICT')))
    return unknown(`which port it serves, since ${ports.address} speaks of some`, at);
  return mode === 'STRICT' ? { kind: 'scalar', value: 'strict', at } : absent(at);
}

/** What is asked of connections to single ports. */
const portModesOf = ({ raw }: KubernetesObject): string[] => {
  const ports = mapAt(mapAt(raw, 'spec'), 'portLevelMtls');
  const modes = [...(ports?.entries.keys() ?? [])].map((port) => textAt(mapAt(ports, port), 'mode') ?? 'UNSET');
  return modes.filter((mode) => mode !== 'UNSET');
};

function modeOf({ raw }: KubernetesObject): string[] {
  const mode = textAt(mapAt(mapAt(raw, 'spec'), 'mtls'), 'mode') ?? 'UNSET';
  return mode === 'UNSET' ? [] : [mode];
}
