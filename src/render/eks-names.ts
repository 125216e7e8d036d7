import { acceleratorsOf } from '#model/accelerator.js';
import type { BoundaryData } from '#model/base.js';
import type { EksVllmEndpoint } from '#model/endpoint.js';
import { RampartError } from '#model/error.js';
import type { System } from '#model/system.js';
import { isHarmony } from './harmony.js';
import { serviceName } from './service-name.js';

/** What a vLLM endpoint on EKS is made of, in no output language. */
export function eksNames(endpoint: EksVllmEndpoint, system: System, boundary: BoundaryData) {
  const type = acceleratorsOf(endpoint.instanceType, boundary);
  if (!type) {
    throw new RampartError(
      'RAMPART_UNKNOWN_ACCELERATORS',
      `${endpoint.name}: what accelerators ${endpoint.instanceType} has is not known, so neither is how the model is split`,
      { exit: 'input', next: 'State the type under accelerators of a boundary file, with source and date.' },
    );
  }
  const isNeuron = type.device === 'neuron';
  const [bucket = '', ...path] = endpoint.weights.from.replace(/^s3:\/\//, '').split('/');
  const namespace = serviceName(`${system.id}-${endpoint.name}`, 63);
  const memory = Math.floor(type.memoryGib * 0.85) - 2;
  return {
    clusterName: namespace,
    namespace,
    serviceAccount: 'vllm',
    bucket,
    // Not `prefix`, which begins the names of roles and topics in Terraform.
    folder: path.join('/'),
    repositories: [...new Set(Object.values(endpoint.images).map((image) => image.replace(/[:@].*$/, '')))]
      .sort()
      .map(repositoryOf),
    tlsSecret: endpoint.secrets?.tls ?? `${endpoint.name}-tls`,
    keySecret: endpoint.secrets?.apiKey ?? `${endpoint.name}-api-key`,
    isNeuron,
    harmony: isHarmony(endpoint.model, endpoint.weights.from),
    device: isNeuron ? 'aws.amazon.com/neuron' : 'nvidia.com/gpu',
    devices: type.devices,
    allDevices: type.devices * endpoint.instances,
    /** A pod or node more than there are replicas, for a while. */
    spare: endpoint.instances + 1,
    parallel: type.cores ?? type.devices,
    // What Kubernetes, its daemons and the proxy need of a node is left to them.
    cpu: Math.max(1, type.cpus - 2),
    memory,
    sharedMemory: Math.min(64, Math.max(1, Math.floor(memory / 4))),
    storage: endpoint.weights.gib + 20,
    // Weights, caches and images, all on the encrypted data volume of the node.
    volume: endpoint.weights.gib + 120,
  };
}

function repositoryOf(image: string): { account: string; region: string; name: string } {
  const [host = '', ...path] = image.split('/');
  const [account = '', , , region = ''] = host.split('.');
  return { account, region, name: path.join('/') };
}

/** The account whose registry holds the images of EKS add-ons in the endpoint's region. */
export function addonRegistry({ name, region }: EksVllmEndpoint, { registries = [] }: BoundaryData): string {
  const found = registries.find((each) => each.region === region);
  if (found) return found.account;
  throw new RampartError(
    'RAMPART_UNKNOWN_REGISTRY',
    `${name}: which registry holds EKS add-ons of ${region} is not known`,
    {
      exit: 'input',
      next: 'State it under registries of a boundary file, with source and date.',
    },
  );
}

/** What nodes may say to each other. */
export const nodeTraffic = [
  { id: 'NamesTcp', protocol: 'tcp', port: 53, what: 'Names' },
  { id: 'NamesUdp', protocol: 'udp', port: 53, what: 'Names' },
  { id: 'Calls', protocol: 'tcp', port: 8443, what: 'Calls of the model' },
] as const;

/** What is counted in the audit log of the cluster. */
export const clusterFilters = ({ name }: EksVllmEndpoint, { id }: System) => [
  {
    id: 'Refused',
    pattern: '{ $.responseStatus.code = 403 }',
    namespace: `Rampart/${id}`,
    metric: `${name}-refused`,
  },
  {
    id: 'Entered',
    pattern:
      '{ ($.objectRef.subresource = "exec") || ($.objectRef.subresource = "attach") || ($.objectRef.subresource = "ephemeralcontainers") || ($.objectRef.subresource = "portforward") || ($.objectRef.subresource = "proxy") }',
    namespace: `Rampart/${id}`,
    metric: `${name}-entered`,
  },
];

export const clusterAlarms = ({ name }: EksVllmEndpoint, { id }: System) => [
  {
    id: 'Refused',
    description: 'The Kubernetes API refuses calls: a sign of probing',
    namespace: `Rampart/${id}`,
    metric: `${name}-refused`,
    threshold: 50,
  },
  {
    id: 'Entered',
    description: 'Somebody enters a running pod, where prompts and weights are in memory, or goes around its proxy',
    namespace: `Rampart/${id}`,
    metric: `${name}-entered`,
    threshold: 0,
  },
  {
    id: 'Tampering',
    description: 'Somebody acts on the trail, the key, the cluster or who may enter it',
    namespace: `Rampart/${id}`,
    metric: `${name}-tampering`,
    threshold: 0,
  },
];
