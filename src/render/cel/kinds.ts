/** Where the API server finds objects of a type, as requirements spell it. */
export interface Kind {
  group: string;
  resources: readonly string[];
  /** Both without. A pod that is there already must still be let go of: an update may be what takes a finalizer away. */
  operations?: readonly ('CREATE' | 'UPDATE')[];
}

const core = (...resources: string[]): Kind => ({ group: '', resources });

/** Kinds with pods inside, which policies on pods speak of; pods that custom kinds make are seen when they are made. */
export const workloads: readonly Kind[] = [
  { ...core('pods'), operations: ['CREATE'] },
  core('pods/ephemeralcontainers', 'podtemplates', 'replicationcontrollers'),
  { group: 'apps', resources: ['daemonsets', 'deployments', 'replicasets', 'statefulsets'] },
  { group: 'batch', resources: ['cronjobs', 'jobs'] },
];

const rbac = 'rbac.authorization.k8s.io';

/** Types requirements speak of. */
export const kinds: ReadonlyMap<string, Kind> = new Map([
  ['ClusterRole', { group: rbac, resources: ['clusterroles'] }],
  ['ClusterRoleBinding', { group: rbac, resources: ['clusterrolebindings'] }],
  ['ConfigMap', core('configmaps')],
  ['EC2NodeClass.karpenter.k8s.aws', { group: 'karpenter.k8s.aws', resources: ['ec2nodeclasses'] }],
  ['Ingress', { group: 'networking.k8s.io', resources: ['ingresses'] }],
  ['Namespace', core('namespaces')],
  ['NodePool.karpenter.sh', { group: 'karpenter.sh', resources: ['nodepools'] }],
  ['PersistentVolume', core('persistentvolumes')],
  ['PodDisruptionBudget', { group: 'policy', resources: ['poddisruptionbudgets'] }],
  ['Role', { group: rbac, resources: ['roles'] }],
  ['RoleBinding', { group: rbac, resources: ['rolebindings'] }],
  ['Service', core('services')],
  ['Service.serving.knative.dev', { group: 'serving.knative.dev', resources: ['services'] }],
  ['ServiceAccount', core('serviceaccounts')],
  ['StorageClass', { group: 'storage.k8s.io', resources: ['storageclasses'] }],
]);
