import { labelOf } from '#model/control.js';
import type { AzureOpenaiEndpoint } from '#model/endpoint.js';
import type { EndpointPlan, Plan } from '#model/plan.js';
import type { Network } from '#model/system.js';
import { halves } from './halves.js';
import { serviceName } from './service-name.js';

/** What the templates of an Azure OpenAI endpoint see in every output language. */
export function azureContext(endpoint: AzureOpenaiEndpoint, { system, baseline }: Plan): Record<string, unknown> {
  return {
    system: { id: system.id, name: system.name },
    endpoint,
    baseline,
    prefix: serviceName(`${system.id}-${endpoint.name}`, 32),
    network: networkOf(endpoint.network ?? system.network),
    // Three zones in one region: its pair would be another place. US Gov Arizona has one zone.
    zones: endpoint.region === 'usgovvirginia',
    harms: ['Hate', 'Sexual', 'Selfharm', 'Violence'],
    sources: ['Prompt', 'Completion'],
    zoneNames,
    metrics,
    acts,
    locked,
  };
}

/** Subnets of Azure span its zones: one for those who call, one for what they call. */
function networkOf(network: Network): Record<string, unknown> {
  if ('create' in network) {
    const [callers, endpoints] = halves(network.create.cidr);
    return { create: true, cidr: network.create.cidr, callers, endpoints };
  }
  const { vpc, cidr, subnets } = network.existing;
  const [subnet = ''] = subnets;
  return { vpc, cidr, subnet };
}

/** Zones in which Azure Government's private endpoints are found. */
const zoneNames = [
  { id: 'openai', zone: 'privatelink.openai.azure.us' },
  { id: 'vault', zone: 'privatelink.vaultcore.usgovcloudapi.net' },
  { id: 'archive', zone: 'privatelink.blob.core.usgovcloudapi.net' },
];

/** Calls by the status they were answered with: the older counts of all Cognitive Services are not for Azure OpenAI. */
const metrics = [
  {
    id: 'client_errors',
    slug: 'client-errors',
    answers: { operator: 'StartsWith', status: '4' },
    threshold: 50,
    why: 'Refused or malformed calls: a sign of probing',
  },
  {
    id: 'server_errors',
    slug: 'server-errors',
    answers: { operator: 'StartsWith', status: '5' },
    threshold: 10,
    why: 'The service answers with errors',
  },
  {
    id: 'blocked_calls',
    slug: 'blocked-calls',
    answers: { operator: 'Include', status: '429' },
    threshold: 50,
    why: 'Calls beyond the quota: a sign of abuse',
  },
];

/** What somebody does who hides something, as the activity log names it. */
const acts = [
  {
    id: 'account_change',
    slug: 'account-change',
    operation: 'Microsoft.CognitiveServices/accounts/write',
    why: 'Somebody changes the account',
  },
  {
    id: 'account_keys',
    slug: 'account-keys',
    operation: 'Microsoft.CognitiveServices/accounts/listKeys/action',
    why: 'Somebody asks for keys of the account, which it does not take',
  },
  {
    id: 'log_removal',
    slug: 'log-removal',
    operation: 'Microsoft.Insights/diagnosticSettings/delete',
    why: 'Somebody switches off a log',
  },
  {
    id: 'vault_change',
    slug: 'vault-change',
    operation: 'Microsoft.KeyVault/vaults/write',
    why: 'Somebody changes the vault of the key',
  },
  {
    id: 'role_change',
    slug: 'role-change',
    operation: 'Microsoft.Authorization/roleAssignments/write',
    why: 'Somebody is given a role',
  },
  {
    id: 'lock_removal',
    slug: 'lock-removal',
    operation: 'Microsoft.Authorization/locks/delete',
    why: 'Somebody takes away a lock',
  },
];

/** What nobody may delete, as Terraform names it. */
const locked = [
  { id: 'account', target: 'azurerm_cognitive_account.endpoint.id' },
  { id: 'vault', target: 'azurerm_key_vault.endpoint.id' },
  { id: 'archive', target: 'azurerm_storage_account.archive.id' },
  { id: 'workspace', target: 'azurerm_log_analytics_workspace.logs.id' },
];

/**
 * The requirements a part of a file serves, of those the baseline selects, each with its controls. Ids are the template's; that they
 * are those the gate passes the part for is tested.
 */
export const servedBy =
  ({ requirements }: EndpointPlan) =>
  (...ids: readonly unknown[]): { id: string; controls: string }[] =>
    ids.flatMap((id) => {
      const planned = requirements.find((each) => each.id === id);
      return planned
        ? [{ id: planned.id, controls: planned.controls.map((control) => labelOf(control.id)).join(' ') }]
        : [];
    });
