/** API groups of Kubernetes itself; kinds of all others are custom. */
const builtInGroups = new Set([
  '',
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  'apps',
  'authentication.k8s.io',
  'authorization.k8s.io',
  'autoscaling',
  'batch',
  'certificates.k8s.io',
  'coordination.k8s.io',
  'discovery.k8s.io',
  'events.k8s.io',
  'extensions',
  'flowcontrol.apiserver.k8s.io',
  'networking.k8s.io',
  'node.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'resource.k8s.io',
  'scheduling.k8s.io',
  'storage.k8s.io',
]);

const clusterScoped = new Set([
  'APIService',
  'CertificateSigningRequest',
  'ClusterRole',
  'ClusterRoleBinding',
  'CSIDriver',
  'CSINode',
  'CustomResourceDefinition',
  'DeviceClass',
  'FlowSchema',
  'IngressClass',
  'MutatingAdmissionPolicy',
  'MutatingAdmissionPolicyBinding',
  'MutatingWebhookConfiguration',
  'Namespace',
  'Node',
  'PersistentVolume',
  'PodSecurityPolicy',
  'PriorityClass',
  'PriorityLevelConfiguration',
  'ResourceSlice',
  'RuntimeClass',
  'StorageClass',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'ValidatingWebhookConfiguration',
  'VolumeAttachment',
  'VolumeAttributesClass',
]);

/** The group of an `apiVersion`: `apps/v1` → `apps`, `v1` → the core group, which has no name. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash === -1 ? '' : apiVersion.slice(0, slash);
}

export const isBuiltIn = (group: string): boolean => builtInGroups.has(group);

/** `Deployment` for kinds of Kubernetes itself, `RayCluster.ray.io` for custom ones, as kubectl spells them. */
export const typeOf = (group: string, kind: string): string => (isBuiltIn(group) ? kind : `${kind}.${group}`);

/** Whether an object without a namespace is put into the one of whoever applies it. Custom kinds may be either. */
export const isNamespaced = (type: string): boolean => !type.includes('.') && !clusterScoped.has(type);

/** Whether objects of a type give somebody a role. */
export const isBinding = (type: string): boolean => type === 'RoleBinding' || type === 'ClusterRoleBinding';
