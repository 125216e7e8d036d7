import type { Value } from '#model/value.js';
import type { Cluster } from './cluster.js';
import type { KubernetesObject } from './objects.js';
import { mapAt, spokenAt, textAt, unknown } from './value.js';

/** Cluster roles every cluster has; the prefix is kept for Kubernetes itself. */
const builtIn = /^(?:cluster-admin|admin|edit|view|system:.+)$/;

/** Roles Kubernetes keeps in namespaces of its own. */
const ownSpaces = /^kube-(?:system|public)$/;
const ownRole = /^(?:extension-apiserver-authentication-reader|system:.+)$/;

/**
 * Where the rules of the role stand that a binding gives: `given` by the manifests, or `built-in`. Of another role nobody can say here
 * what it allows.
 */
export function roleOf({ raw, namespace, at }: KubernetesObject, cluster: Cluster): Value {
  const ref = mapAt(raw, 'roleRef');
  const name = textAt(ref, 'name') ?? '';
  const isNamespaced = textAt(ref, 'kind') === 'Role';
  if (cluster.role(isNamespaced ? 'Role' : 'ClusterRole', namespace, name))
    return { kind: 'scalar', value: 'given', at };
  const isBuiltIn = isNamespaced ? ownRole.test(name) && ownSpaces.test(namespace ?? '') : builtIn.test(name);
  if (isBuiltIn) return { kind: 'scalar', value: 'built-in', at };
  return unknown(`role ${spokenAt(ref, 'name') ?? '(unnamed)'}, which is not in the manifests`, at);
}
