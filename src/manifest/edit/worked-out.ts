import type { Remedy } from '#model/fix.js';

/**
 * Properties the reader of Kubernetes works out and no object has: written there they would say nothing. `automountServiceAccountToken`
 * and `securityContext` are worked out too, and also fields of the object itself.
 */
const names: Readonly<Record<string, ReadonlySet<string>>> = {
  PodSpec: new Set(['metadata', 'workload', 'namespace', 'replicas', 'budgeted', 'mesh', 'server', 'network', 'bound']),
  Container: new Set(['role', 'pod', 'environment', 'arguments', 'options', 'accelerators', 'mounts', 'server']),
  Ingress: new Set(['scheme']),
};

/** Whether all that a remedy asks for can be written at all. */
export const isWritten = ({ type, wanted }: Remedy): boolean =>
  wanted.every(({ property }) => !workedOut(type, property));

function workedOut(type: string, property: string): boolean {
  const [first = ''] = property.split(/[.[]/);
  return Object.hasOwn(names, type) && names[type]?.has(first) === true;
}
