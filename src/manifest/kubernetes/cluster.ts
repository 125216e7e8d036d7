import type { Unknown } from '#model/value.js';
import { groupOf, isBinding, typeOf } from './kinds.js';
import { NotKnown, orUnknown } from './later.js';
import type { KubernetesObject } from './objects.js';
import { isWorkload } from './pod-templates.js';
import { Selectors } from './selector.js';
import { itemsAt, mapAt, textAt } from './value.js';

const keptTypes = [
  'NetworkPolicy',
  'PodDisruptionBudget',
  'HorizontalPodAutoscaler',
  'ScaledObject.keda.sh',
  'PeerAuthentication.security.istio.io',
  'Rollout.argoproj.io',
] as const;

/** Those that speak of pods by their labels, and where. */
const selectorOf = {
  NetworkPolicy: 'podSelector',
  PodDisruptionBudget: 'selector',
  'PeerAuthentication.security.istio.io': 'selector',
} as const;

export type Kept = (typeof keptTypes)[number];

/** Kinds of network plugins, which may open what a NetworkPolicy closes and close what none does. */
const pluginPolicy =
  /^(?:Cilium(?:Clusterwide)?NetworkPolicy\.cilium\.io|(?:(?:Baseline)?Admin|Cluster)NetworkPolicy\.policy\.networking\.k8s\.io|(?:(?:Staged)?Global)?NetworkPolicy\.(?:crd\.)?projectcalico\.org|(?:Cluster)?NetworkPolicy\.crd\.antrea\.io|(?:Application|Cluster)NetworkPolicy\.networking\.k8s\.aws)$/;

const sourceTypes = ['ServiceAccount', 'ConfigMap', 'Secret'] as const;

/** Kinds others name one of. */
export type Source = (typeof sourceTypes)[number];

const sources: ReadonlySet<string> = new Set(sourceTypes);

const gateway = 'Gateway.gateway.networking.k8s.io';

/** Kinds that are looked up by their namespace and name. */
const placed: ReadonlySet<string> = new Set([...sourceTypes, 'Role', gateway]);

const kept: ReadonlySet<string> = new Set(keptTypes);

/** Whether pods and containers are judged by what objects of a type say. */
export const saysOfOthers = (type: string): boolean => kept.has(type) || sources.has(type);

/**
 * The objects of all files of one run that others are judged by. A policy often stands in a file of its own, so this is
 * filled while files are read and asked only when they are judged.
 */
export class Cluster {
  /** By name: applied one after the other, the last of two objects of one name wins. */
  private readonly kept = new Map<string, Map<string, KubernetesObject>>();
  /** What is kept of a kind and namespace, by what it selects; made when it is first asked for. */
  private readonly selectors = new Map<string, Selectors<KubernetesObject>>();
  private readonly named = new Map<string, KubernetesObject>();
  private readonly bound = new Set<string>();
  /** InferenceServices, which may name a runtime. */
  private readonly models: KubernetesObject[] = [];
  /** What makes pods, by its type, namespace and name: a Rollout may take its pods from it. */
  private readonly workloads = new Set<string>();
  /** The first policy of a network plugin by namespace; `''` is all of them, and one that is not known. */
  private readonly plugins = new Map<string, KubernetesObject>();
  private readonly namespaceAsked = new Map<string, object>();
  /** Kinds of which there is an object that may be anywhere → what would have to be known of it. */
  private readonly anywhere = new Map<string, Unknown>();

  add(object: KubernetesObject): void {
    const missing = orUnknown(() => this.enter(object));
    if (missing) this.anywhere.set(object.type, missing);
  }

  private enter(object: KubernetesObject): void {
    if (pluginPolicy.test(object.type)) {
      const place = orUnknown(() => object.namespace ?? '');
      const key = typeof place === 'string' ? place : '';
      if (!this.plugins.has(key)) this.plugins.set(key, object);
      return;
    }
    const space = object.namespace ?? '';
    if (isWorkload(object.type)) this.workloads.add(`${object.type}/${space}/${object.name}`);
    if (kept.has(object.type)) {
      const key = `${object.type}/${space}`;
      const here = this.kept.get(key) ?? new Map<string, KubernetesObject>();
      const name = orUnknown(() => object.name);
      const isNamed = typeof name === 'string' && /^[^*(]+$/.test(name);
      this.kept.set(key, here.set(isNamed ? name : `* ${here.size}`, object));
      this.selectors.delete(key);
    } else if (object.type === 'Namespace') this.named.set(`Namespace/${object.name}`, object);
    else if (placed.has(object.type)) this.named.set(`${object.type}/${space}/${object.name}`, object);
    else if (object.type === 'ClusterRole') this.named.set(`ClusterRole//${object.name}`, object);
    else if (object.type === 'ServingRuntime.serving.kserve.io')
      this.named.set(`ServingRuntime/${space}/${object.name}`, object);
    else if (object.type === 'ClusterServingRuntime.serving.kserve.io')
      this.named.set(`ClusterServingRuntime/${object.name}`, object);
    else if (object.type === 'InferenceService.serving.kserve.io') this.models.push(object);
    else if (isBinding(object.type)) this.bind(object, space);
  }

  private bind(binding: KubernetesObject, space: string): void {
    for (const subject of itemsAt(binding.raw, 'subjects')) {
      if (textAt(subject, 'kind') === 'ServiceAccount') {
        this.bound.add(`${textAt(subject, 'namespace') ?? space}/${textAt(subject, 'name') ?? ''}`);
        continue;
      }
      const name = textAt(subject, 'name') ?? '';
      const group = /^system:serviceaccounts(?::(.+))?$/.exec(name);
      if (group) this.bound.add(`${group[1] ?? '*'}/*`);
      const user = /^system:serviceaccount:([^:]+):(.+)$/.exec(name);
      if (user) this.bound.add(`${user[1]}/${user[2]}`);
    }
  }

  /**
   * Objects of a kind in a namespace; `undefined` is the one objects without a namespace go to. Throws `NotKnown` where another may
   * be there too.
   */
  inNamespace(type: Kept, namespace: string | undefined): readonly KubernetesObject[] {
    this.refuseAnywhere(type);
    return [...(this.kept.get(`${type}/${namespace ?? ''}`)?.values() ?? [])];
  }

  /** The same of kinds that select pods, those without a selector among those that select nothing. */
  selecting(type: keyof typeof selectorOf, namespace: string | undefined): Selectors<KubernetesObject> {
    const key = `${type}/${namespace ?? ''}`;
    const known = this.selectors.get(key);
    if (known && !this.anywhere.has(type)) return known;
    const made = new Selectors(this.inNamespace(type, namespace), ({ raw }) =>
      mapAt(mapAt(raw, 'spec'), selectorOf[type]),
    );
    this.selectors.set(key, made);
    return made;
  }

  /** A policy of a network plugin that may speak of the pods of a namespace. */
  pluginPolicy(namespace: string | undefined): KubernetesObject | undefined {
    return this.plugins.get('') ?? this.plugins.get(namespace ?? '');
  }

  namespaceNamed(namespace: string | undefined): KubernetesObject | undefined {
    return namespace === undefined ? undefined : this.named.get(`Namespace/${namespace}`);
  }

  find(type: Source, namespace: string | undefined, name: string): KubernetesObject | undefined {
    const found = this.named.get(`${type}/${namespace ?? ''}/${name}`);
    // Without an account of that name its pods have what is so by default; what a missing source sets is open anyway.
    if (!found && type === 'ServiceAccount') this.refuseAnywhere(type);
    return found;
  }

  /** Whether the manifests hold what a `workloadRef` of a Rollout names. */
  holdsReferent({ raw, namespace }: KubernetesObject): boolean {
    const ref = mapAt(mapAt(raw, 'spec'), 'workloadRef');
    const type = typeOf(groupOf(textAt(ref, 'apiVersion') ?? ''), textAt(ref, 'kind') ?? '');
    return this.workloads.has(`${type}/${namespace ?? ''}/${textAt(ref, 'name') ?? ''}`);
  }

  /** The Rollout that runs the pods of another object in its place. */
  rolloutOf({ type, namespace, name }: KubernetesObject): KubernetesObject | undefined {
    return this.inNamespace('Rollout.argoproj.io', namespace).find(({ raw }) => {
      const ref = mapAt(mapAt(raw, 'spec'), 'workloadRef');
      return textAt(ref, 'name') === name && textAt(ref, 'kind') === type;
    });
  }

  /** The runtime an InferenceService names: that of its namespace goes before that of the cluster. */
  runtimeNamed(namespace: string | undefined, name: string | undefined): KubernetesObject | undefined {
    return (
      this.named.get(`ServingRuntime/${namespace ?? ''}/${name ?? ''}`) ??
      this.named.get(`ClusterServingRuntime/${name ?? ''}`)
    );
  }

  /** The runtime of an InferenceService, where it names one of the manifests. */
  private runtimeOf({ namespace, raw }: KubernetesObject): KubernetesObject | undefined {
    const model = mapAt(mapAt(mapAt(raw, 'spec'), 'predictor'), 'model');
    return this.runtimeNamed(namespace, textAt(model, 'runtime'));
  }

  hasRuntime = (model: KubernetesObject): boolean => this.runtimeOf(model) !== undefined;

  /** Whether an InferenceService of the manifests runs a runtime: what it says is then judged as part of that. */
  isRun(runtime: KubernetesObject): boolean {
    return this.models.some((model) => orUnknown(() => this.runtimeOf(model) === runtime) === true);
  }

  role(type: 'Role' | 'ClusterRole', namespace: string | undefined, name: string): KubernetesObject | undefined {
    return this.named.get(`${type}/${type === 'Role' ? (namespace ?? '') : ''}/${name}`);
  }

  hasGateway(namespace: string | undefined, name: string): boolean {
    return this.named.has(`${gateway}/${namespace ?? ''}/${name}`);
  }

  /** Whether a role is bound to a service account: its pods are meant to talk to the API. */
  isBound(namespace: string | undefined, name: string): boolean {
    const space = namespace ?? '';
    if ([`${space}/${name}`, `${space}/*`, '*/*'].some((account) => this.bound.has(account))) return true;
    this.refuseAnywhere('RoleBinding');
    this.refuseAnywhere('ClusterRoleBinding');
    return false;
  }

  private refuseAnywhere(type: string): void {
    const missing = this.anywhere.get(type);
    if (missing) throw new NotKnown(missing);
  }

  /** Remembers who asks for a namespace first, so that a missing one is spoken of once. True for the first. */
  asksFirst(namespace: string | undefined, asker: object): boolean {
    const key = namespace ?? '';
    const first = this.namespaceAsked.get(key);
    if (first === undefined) this.namespaceAsked.set(key, asker);
    return first === undefined || first === asker;
  }
}
