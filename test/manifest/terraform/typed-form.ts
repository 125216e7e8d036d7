import type { Shape } from '../../../src/manifest/terraform/form.js';
import { typedKind } from '../../../src/manifest/terraform/typed-kinds.js';

type Tree = Record<string, unknown>;

/** A resource of the provider hashicorp/kubernetes: its type and what a plan says it will be. */
export interface Typed {
  type: string;
  after: Tree;
}

/** Keys of lists the provider has as blocks of another name. */
const blocks: Readonly<Record<string, string>> = {
  containers: 'container',
  httpHeaders: 'http_header',
  imagePullSecrets: 'image_pull_secrets',
  initContainers: 'init_container',
  limits: 'limit',
  metrics: 'metric',
  nodeSelectorTerms: 'node_selector_term',
  options: 'option',
  paths: 'path',
  policies: 'policy',
  ports: 'port',
  readinessGates: 'readiness_gate',
  rules: 'rule',
  secrets: 'secret',
  subjects: 'subject',
  sysctls: 'sysctl',
  tolerations: 'toleration',
  topologySpreadConstraints: 'topology_spread_constraint',
  volumeClaimTemplates: 'volume_claim_template',
  volumeMounts: 'volume_mount',
  volumes: 'volume',
};

/** Names of the provider that no rule gives. */
const others: Readonly<Record<string, string>> = {
  'DaemonSet updateStrategy': 'strategy',
  'NetworkPolicy ports': 'ports',
  'ServiceAccount imagePullSecrets': 'image_pull_secret',
  'StorageClass provisioner': 'storage_provisioner',
  'CronJob timeZone': 'timezone',
  'Pod cephfs': 'ceph_fs',
  'Pod runAsUserName': 'run_as_username',
};

/** Keys of a volume that say where its data are, which the provider has in a block of their own. */
const sources = /^(?:csi|hostPath|local|nfs|awsElasticBlockStore)$/;

/** Numbers the provider keeps as text, so that none is another thing than 0. */
const texts =
  /^(?:fsGroup|maxSurge|maxUnavailable|minAvailable|port|replicas|runAs(?:User|Group)|targetPort|tolerationSeconds|ttlSecondsAfterFinished)$/;

/** Maps with keys people choose. */
const chosen =
  /^(?:annotations|binaryData|capacity|data|default(?:Request)?|hard|labels|limits|matchLabels|max|maxLimitRequestRatio|min|nodeSelector|parameters|requests|volumeAttributes)$/;

const snake = (key: string): string =>
  key.replace(/[A-Z]+s?(?![a-z])|[A-Z]/g, (word) => `_${word.toLowerCase()}`).replace(/^_/, '');

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The resource that makes an object; undefined where the provider has no type or no attribute for some of it. */
export function typed(object: Tree): Typed | undefined {
  const { apiVersion: _, kind, ...rest } = object;
  const type = `kubernetes_${snake(String(kind))}_v1`;
  const shape = /^(?:v1|apps\/|batch\/|policy\/|autoscaling\/|[a-z.]+\.k8s\.io\/)/.test(String(object.apiVersion))
    ? typedKind(type)?.shape
    : undefined;
  try {
    return shape && { type, after: block(kind === 'PersistentVolume' ? sourced(rest) : rest, shape, String(kind)) };
  } catch (thrown) {
    if (thrown instanceof NotSpelt) return undefined;
    throw thrown;
  }
}

function sourced(object: Tree): Tree {
  const spec = Object.entries((object.spec ?? {}) as Tree);
  const persistentVolumeSource = Object.fromEntries(spec.filter(([key]) => sources.test(key)));
  return {
    ...object,
    spec: { ...Object.fromEntries(spec.filter(([key]) => !sources.test(key))), persistentVolumeSource },
  };
}

class NotSpelt extends Error {}

function block(tree: Tree, shape: Shape, kind: string): Tree {
  const after: Tree = {};
  for (const [key, value] of Object.entries(tree)) {
    if (value === null || value === undefined) continue;
    const isList = Array.isArray(value);
    const name = others[`${kind} ${key}`] ?? ((isList && blocks[key]) || snake(key));
    const form = shape.forms.get(name);
    if (!form) throw new NotSpelt(`${kind}: ${key}`);
    after[name] = attribute(key, value, form.inside, kind);
  }
  for (const [name, { as, inside }] of shape.forms)
    if (as !== 'aside' && !(name in after)) after[name] = inside ? [] : null;
  return after;
}

function attribute(key: string, value: unknown, inside: Shape | undefined, kind: string): unknown {
  if (inside) {
    const items = Array.isArray(value) ? value : [value];
    if (!items.every(isTree)) throw new NotSpelt(`${kind}: ${key}`);
    return items.map((item) => block(item as Tree, inside, kind));
  }
  if (isTree(value)) {
    if (!chosen.test(key) && key !== 'selector') throw new NotSpelt(`${kind}: ${key}`);
    if (Object.values(value).some((each) => typeof each === 'object')) throw new NotSpelt(`${kind}: ${key}`);
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, String(each)]));
  }
  if (Array.isArray(value) && value.some((each) => typeof each === 'object')) throw new NotSpelt(`${kind}: ${key}`);
  if (/^(?:default)?[mM]ode$/.test(key)) return `0${Number(value).toString(8)}`;
  return texts.test(key) && typeof value === 'number' ? String(value) : value;
}
