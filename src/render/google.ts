import { createHash } from 'node:crypto';
import type { VertexAiEndpoint } from '#model/endpoint.js';
import type { Plan } from '#model/plan.js';
import type { Network } from '#model/system.js';
import { halves } from './halves.js';
import { serviceName } from './service-name.js';
import { hcl } from './terraform/scalar.js';

/** What the templates of a Vertex AI endpoint see. */
export function googleContext(endpoint: VertexAiEndpoint, { system, baseline }: Plan): Record<string, unknown> {
  const whole = `${system.id}-${endpoint.name}`;
  return {
    system: { id: system.id, name: system.name },
    endpoint,
    baseline,
    prefix: serviceName(whole, 40),
    // Account ids have 30 characters, ids of roles no hyphens.
    accountPrefix: serviceName(whole, 24),
    rolePrefix: serviceName(whole, 40).replaceAll('-', '_'),
    endpointNumber: numberOf(whole),
    locations: `[${system.boundary.regions.map((region) => hcl('in:', region, '-locations')).join(', ')}]`,
    network: networkOf(endpoint.network ?? system.network),
    services,
    switches,
    alerts,
  };
}

/** Vertex AI's own id of an endpoint is a number; the same endpoint gets the same one. */
const numberOf = (name: string): number =>
  (Number.parseInt(createHash('sha256').update(name).digest('hex').slice(0, 8), 16) % 900_000_000) + 100_000_000;

function networkOf(network: Network): Record<string, unknown> {
  if ('create' in network) {
    const [callers] = halves(network.create.cidr);
    return { create: true, cidr: network.create.cidr, callers };
  }
  const { vpc, cidr, subnets } = network.existing;
  const [subnet = ''] = subnets;
  return { vpc, cidr, subnet };
}

/** What the project may call, each a resource of its own. */
const services = [
  'accesscontextmanager',
  'aiplatform',
  'artifactregistry',
  'cloudkms',
  'compute',
  'dns',
  'logging',
  'monitoring',
  'orgpolicy',
  'storage',
];

/** Constraints that are on or off. */
const switches = [
  { id: 'no_account_keys', constraint: 'iam.disableServiceAccountKeyCreation', isKeys: true },
  { id: 'no_uploaded_keys', constraint: 'iam.disableServiceAccountKeyUpload' },
  { id: 'no_default_grants', constraint: 'iam.automaticIamGrantsForDefaultServiceAccounts' },
  { id: 'uniform_buckets', constraint: 'storage.uniformBucketLevelAccess' },
  { id: 'no_public_buckets', constraint: 'storage.publicAccessPrevention' },
];

/** What somebody does who hides something, as the project's audit log names it; changes of a perimeter are in the organization's. */
const alerts = [
  {
    id: 'log_change',
    why: 'Somebody changes where logs go or how long they stay',
    methods: 'google.logging.v2.ConfigServiceV2.((Create|Update|Delete)(Sink|Exclusion)|(Update|Delete)Bucket)',
  },
  {
    id: 'key_change',
    why: 'Somebody destroys the key or switches it off',
    methods: '(DestroyCryptoKeyVersion|UpdateCryptoKeyVersion)',
  },
  { id: 'grant', why: 'Somebody is granted something', methods: 'SetIamPolicy' },
];
