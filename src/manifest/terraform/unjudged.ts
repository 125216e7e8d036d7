import type { Manifest } from '#model/resource.js';
import { UnreadResources } from '../unread.js';
import type { PlannedResource } from './resource.js';

/** Terraform types that hold manifests or objects of another engine → what they make, and how to have it judged. */
const others: readonly (readonly [RegExp, what: string, how: string])[] = [
  // Only those whose object is not in the plan, or cannot be read.
  [/^(?:kubernetes_manifest|kubectl_manifest)$/, 'the Kubernetes object in it', 'give rampart check its YAML'],
  [
    /^(?:kubernetes_(?:labels|annotations|env|config_map_v1_data)|azapi_update_resource)$/,
    'what it changes',
    'have that judged with this change where it is declared',
  ],
  [/^kubernetes_/, 'the Kubernetes object it makes', 'give rampart check the same object as YAML'],
  [/^helm_release$/, 'what the chart makes', 'run helm template … | rampart check -'],
  [/^kustomization_resource$/, 'the Kubernetes object in it', 'run kustomize build … | rampart check -'],
  [
    /^aws_(?:cloudformation_stack|cloudformation_stack_set|serverlessapplicationrepository_cloudformation_stack)$/,
    'what its template makes',
    'give rampart check the template',
  ],
  [
    /^(?:aws_servicecatalog_provisioned_product|azurerm_managed_application|google_deployment_manager_deployment)$/,
    'what its template makes',
    'have that template judged where it is kept',
  ],
  [
    /^azurerm_(?:arc_)?kubernetes_flux_configuration$/,
    'what is in the repository it deploys',
    'give rampart check what is in the repository',
  ],
  [/^azurerm_\w*template_deployment$/, 'what its template makes', 'give rampart check the template'],
  // Providers that speak of the same resources in words of their own.
  [
    /^(?:awscc_|aws_cloudcontrolapi_resource$)/,
    'the resource it makes',
    'declare it with the provider hashicorp/aws, which is judged',
  ],
  [/^azapi_(?:resource_action|data_plane_resource)$/, 'what it does', 'look at what it does yourself'],
  [
    /^azapi_/,
    'the resource it makes',
    'spell its type and body out, or declare it with the provider hashicorp/azurerm',
  ],
];

/**
 * Resources whose inside this reader does not judge, so that nobody takes them for judged: what they make is unknown, and there is
 * one note for each type, at the first of them, of how to have it judged. `reasons` are those of resources that are judged as a rule.
 */
export function unjudged(
  resources: readonly PlannedResource[],
  manifest: Manifest,
  reasons: ReadonlyMap<PlannedResource, string>,
) {
  const byType = new Map<string, PlannedResource[]>();
  for (const resource of resources) {
    const known = byType.get(resource.type);
    if (known) known.push(resource);
    else byType.set(resource.type, [resource]);
  }
  const unread: UnreadResources[] = [];
  const notes: Manifest['notFollowed'][number][] = [];
  for (const [type, ofType] of byType) {
    const other = others.find(([pattern]) => pattern.test(type));
    if (!other) continue;
    const [, what, how] = other;
    for (const resource of ofType) {
      const { address, at } = resource;
      unread.push(new UnreadResources(address, at, manifest, reasons.get(resource) ?? `${address}: ${what}`));
    }
    const [first, ...more] = ofType as [PlannedResource, ...PlannedResource[]];
    const rest = more.length === 0 ? '' : ` and ${more.length} more of type ${type}`;
    notes.push({ what: `${first.address}${rest}: ${what} is not looked at; ${how}`, at: first.at });
  }
  return { unread, notes };
}
