import { endpointName, image, region } from './endpoint-schema.js';
import { recordPlace } from './model-record-schema.js';

const namespace = {
  type: 'string',
  title: 'a Kubernetes namespace of lower-case letters, digits and hyphens',
  pattern: '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$',
  examples: ['case-assistant'],
};

const secretName = (holds: string) => ({
  type: 'string',
  title: 'the name of a Kubernetes secret',
  description: `Secret of the endpoint\u2019s namespace with ${holds}.`,
  maxLength: 253,
  pattern: '^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$',
});

const count = (title: string, description: string, minimum: number, maximum: number) => ({
  type: 'integer',
  title,
  description,
  minimum,
  maximum,
});

/** The part of the system file's schema that speaks of vLLM on EKS. */
export const eksVllm = {
  type: 'object',
  description: 'A model served by vLLM on an EKS cluster of its own, behind a proxy that ends TLS.',
  required: [
    'kind',
    'name',
    'region',
    'model',
    'images',
    'weights',
    's3',
    'instanceType',
    'instances',
    'contextLength',
    'callers',
    'deployer',
    'kubernetes',
  ],
  additionalProperties: false,
  properties: {
    kind: { const: 'eks-vllm' },
    record: recordPlace,
    name: endpointName,
    region,
    model: {
      type: 'string',
      title: 'a model name such as openai/gpt-oss-20b',
      description: 'The name callers give in their requests.',
      pattern: '^[A-Za-z0-9][A-Za-z0-9._/:-]{1,127}$',
      examples: ['openai/gpt-oss-20b'],
    },
    images: {
      type: 'object',
      description:
        'Images in private ECR repositories of the endpoint\u2019s region, pinned by digest. Tags are refused.',
      required: ['server', 'proxy', 'loader'],
      additionalProperties: false,
      properties: {
        server: { ...image, description: 'vLLM. It runs without root, on a file system it cannot write.' },
        proxy: { ...image, description: 'nginx, built with validated cryptography: it ends TLS.' },
        loader: { ...image, description: 'A shell, sha256sum and the AWS CLI: it fetches and verifies the weights.' },
      },
    },
    weights: {
      type: 'object',
      description: 'The files of the model. They are copied and verified before the server starts.',
      required: ['from', 'sha256', 'gib'],
      additionalProperties: false,
      properties: {
        from: {
          type: 'string',
          title: 'an S3 address without a slash at its end: s3://bucket/prefix',
          description: 'Where the files are, with SHA256SUMS beside them: a line for each as sha256sum prints it.',
          maxLength: 900,
          pattern: "^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9!_.'()=+@-]+)+$",
          examples: ['s3://agency-model-weights/gpt-oss-20b'],
        },
        sha256: {
          type: 'string',
          title: 'a SHA-256 of 64 lower-case hex digits',
          description: 'SHA-256 of SHA256SUMS: what that file does not vouch for is not served.',
          pattern: '^[0-9a-f]{64}$',
        },
        gib: count('a whole number of GiB from 1 to 4000', 'Room for the files, in GiB.', 1, 4000),
      },
    },
    s3: {
      type: 'object',
      description:
        'How nodes and pods reach the FIPS endpoint of S3, which has no private address: through a gateway. As aws ec2 describe-managed-prefix-lists and get-managed-prefix-list-entries print it.',
      required: ['prefixList', 'ranges'],
      additionalProperties: false,
      properties: {
        prefixList: {
          type: 'string',
          title: 'the id of a prefix list such as pl-0123456789abcdef0',
          description: 'AWS\u2019s prefix list com.amazonaws.<region>.s3.',
          pattern: '^pl-([0-9a-f]{8}|[0-9a-f]{17})$',
        },
        ranges: {
          type: 'array',
          title: 'the IPv4 ranges of the prefix list',
          description: 'The entries of that list.',
          minItems: 1,
          maxItems: 60,
          uniqueItems: true,
          items: {
            type: 'string',
            title: 'an IPv4 range of /12 or smaller such as 198.51.100.0/24',
            pattern:
              '^((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])/(1[2-9]|2[0-9]|3[0-2])$',
          },
        },
      },
    },
    instanceType: {
      type: 'string',
      title: 'an EC2 instance type with accelerators such as g6.12xlarge',
      description: 'EC2 instance type of the nodes that serve. The model is split over all accelerators of one.',
      pattern: '^[a-z][a-z0-9-]{1,16}\\.(metal|[0-9]{0,3}x?large)$',
      examples: ['g6.12xlarge'],
    },
    instances: count(
      'a whole number of instances from 2 to 100',
      'Nodes that serve, one replica on each; the first two are in different zones.',
      2,
      100,
    ),
    contextLength: count(
      'a whole number of tokens from 128 to 1048576',
      'Most tokens of a request and its answer together.',
      128,
      1_048_576,
    ),
    callers: {
      type: 'array',
      title: 'at least one Kubernetes namespace',
      description: 'Namespaces of the cluster whose pods may call the model. Nobody else may.',
      minItems: 1,
      maxItems: 50,
      uniqueItems: true,
      items: namespace,
    },
    deployer: {
      type: 'string',
      title: 'the name of an IAM role of the account, with its path, such as ci/model-deployer',
      description: 'The one role that may change what runs in the namespace of the endpoint, and nothing beside it.',
      maxLength: 400,
      pattern: '^([A-Za-z0-9+=,.@_-]{1,64}/){0,5}[A-Za-z0-9+=,.@_-]{1,64}$',
    },
    kubernetes: {
      type: 'string',
      title: 'a version of Kubernetes in quotes such as "1.34"',
      description: 'Version of the cluster, and of the Pod Security Standard its namespace enforces.',
      pattern: '^1\\.(3[2-9]|[4-9][0-9])$',
      examples: ['1.34'],
    },
    secrets: {
      type: 'object',
      description: 'Secrets of the namespace, by default <name>-tls and <name>-api-key.',
      minProperties: 1,
      additionalProperties: false,
      properties: {
        tls: secretName('tls.crt and tls.key, as cert-manager keeps them'),
        apiKey: secretName('the key callers send, under api-key'),
      },
    },
    acknowledge: {
      type: 'array',
      title: 'a list of what is acknowledged',
      description: 'What has to be said before Rampart plans for Inferentia or Trainium.',
      minItems: 1,
      maxItems: 1,
      items: { enum: ['neuron-not-seen-in-govcloud'], description: 'GovCloud is not seen to have such instances.' },
    },
  },
};
