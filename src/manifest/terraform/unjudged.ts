import type { Manifest } from '#model/resource.js';
import { UnreadResources } from '../unread.js';
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
  // Providers that speak of the same resources in words of their own.
  [
    /^(?:awscc_|aws_cloudcontrolapi_resource$)/,
    'the resource it makes',
    'declare it with the provider hashicorp/aws, which is judged',
  ],
  [/^azapi_/, 'the resource it makes', 'declare it with the provider hashicorp/azurerm, which is judged'],
];

const otherOf = ({ type }: PlannedResource) => others.find(([pattern]) => pattern.test(type));

/**
 * Resources whose inside this reader does not judge, so that nobody takes them for judged: what they make is unknown, and there is
 * one note for each type, at the first of them, of how to have it judged.
 */
export function unjudged(resources: readonly PlannedResource[], manifest: Manifest) {
  const unread: UnreadResources[] = [];
  const byType = new Map<string, PlannedResource[]>();
  for (const resource of resources) {
    const other = otherOf(resource);
    if (!other) continue;
    const { type, address, at } = resource;
    unread.push(new UnreadResources(address, at, manifest, `${address}: ${other[1]}`));
    const known = byType.get(type);
    if (known) known.push(resource);
    else byType.set(type, [resource]);
  }
  const notes = [...byType].flatMap(([type, [first, ...more]]) => {
    const other = first && otherOf(first);
    if (!other) return [];
    const [, what, how] = other;
    const rest = more.length === 0 ? '' : ` and ${more.length} more of type ${type}`;
    return [{ what: `${first.address}${rest}: ${what} is not looked at; ${how}`, at: first.at }];
  });
  return { unread, notes };
}
