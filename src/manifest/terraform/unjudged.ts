import type { PlannedResource } from './resource.js';

/** Terraform types that hold manifests or objects of another engine → what they make, and how to have it judged. */
const others: readonly (readonly [RegExp, what: string, how: string])[] = [
  [/^(?:kubernetes_manifest|kubectl_manifest)$/, 'the Kubernetes object in it', 'give rampart check its YAML'],
  [/^kubernetes_/, 'the Kubernetes object it makes', 'give rampart check the same object as YAML'],
  [/^helm_release$/, 'what the chart makes', 'run helm template … | rampart check -'],
  [/^kustomization_resource$/, 'the Kubernetes object in it', 'run kustomize build … | rampart check -'],
  [
    /^aws_(?:cloudformation_stack|cloudformation_stack_set|serverlessapplicationrepository_cloudformation_stack)$/,
    'what its template makes',
    'give rampart check the template',
  ],
  [/^azurerm_\w*template_deployment$/, 'what its template makes', 'give rampart check the template'],
];

/**
 * Resources whose inside this reader does not judge, so that nobody takes them for judged: one line for each type, at the
 * first of them.
 */
export function unjudged(resources: readonly PlannedResource[]): { what: string; at: number }[] {
  const byType = new Map<string, PlannedResource[]>();
  for (const resource of resources) {
    const known = byType.get(resource.type);
    if (known) known.push(resource);
    else byType.set(resource.type, [resource]);
  }
  return [...byType].flatMap(([type, [first, ...more]]) => {
    const other = others.find(([pattern]) => pattern.test(type));
    if (!other) return [];
    const [, what, how] = other;
    const rest = more.length === 0 ? '' : ` and ${more.length} more of type ${type}`;
    return [{ what: `${first?.address}${rest}: ${what} is not looked at; ${how}`, at: first?.at ?? 0 }];
  });
}
