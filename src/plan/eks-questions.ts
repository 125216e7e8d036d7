import { eksVllm } from '#model/eks-vllm-schema.js';
import { type Answers, type Constrained, formOf, list, type Question } from './question.js';

const { images, weights, s3, ...own } = eksVllm.properties;

/** The questions of `rampart init` that speak of vLLM on EKS alone. */
export function eksQuestions(wanted: (answers: Answers) => boolean): Question[] {
  const ask = (
    name: string,
    message: string,
    constrained: object,
    initial: Question['initial'] = () => undefined,
    several = false,
  ): Question => ({
    name,
    message,
    when: wanted,
    initial,
    fault: formOf(constrained as Constrained),
    ...(several ? { several } : {}),
  });
  const number = (title: string, pattern: string) => ({ title, pattern });
  return [
    ask('vllm-image', 'ECR image of vLLM, pinned by digest', images.properties.server),
    ask('proxy-image', 'ECR image of nginx, which ends TLS, pinned by digest', images.properties.proxy),
    ask('loader-image', 'ECR image with a shell and the AWS CLI, pinned by digest', images.properties.loader),
    ask('weights', 'S3 address of the folder with the weights and SHA256SUMS', weights.properties.from),
    ask('weights-sha256', 'SHA-256 of SHA256SUMS', weights.properties.sha256),
    ask(
      'weights-gib',
      'Room for the weights in GiB',
      number(weights.properties.gib.title, '^([1-9][0-9]{0,2}|[1-3][0-9]{3}|4000)$'),
      () => '40',
    ),
    ask('s3-prefix-list', 'Id of AWS’s prefix list of S3 in the region', s3.properties.prefixList),
    ask('s3-range', 'IPv4 ranges in that list', s3.properties.ranges.items, () => undefined, true),
    ask('vllm-model', 'Name callers give the model', own.model, () => 'openai/gpt-oss-20b'),
    ask('node-type', 'EC2 instance type of the nodes that serve', own.instanceType, () => 'g6.12xlarge'),
    ask('nodes', 'Number of nodes that serve', number(own.instances.title, '^([2-9]|[1-9][0-9]|100)$'), () => '2'),
    ask(
      'context-length',
      'Most tokens of a request and its answer',
      number(
        own.contextLength.title,
        '^(12[89]|1[3-9][0-9]|[2-9][0-9]{2}|[1-9][0-9]{3,5}|10[0-3][0-9]{4}|104[0-7][0-9]{3}|1048[0-4][0-9]{2}|10485[0-6][0-9]|104857[0-6])$',
      ),
      () => '32768',
    ),
    ask('caller', 'Kubernetes namespaces that may call the model', own.callers.items, () => undefined, true),
    ask('deployer', 'IAM role that may change what runs', own.deployer),
    ask('kubernetes', 'Version of Kubernetes', own.kubernetes, () => '1.34'),
  ];
}

/** The endpoint of a first system file. Answers went through the forms above. */
export function starterEks(head: string, answers: Answers): string {
  const said = (name: string) => JSON.stringify(list(answers[name])[0] ?? '');
  const all = (name: string) =>
    `[${list(answers[name])
      .map((each) => JSON.stringify(each))
      .join(', ')}]`;
  const count = (name: string) => list(answers[name])[0] ?? '';
  return `${head}    model: ${said('vllm-model')}
    # Pinned by digest: a tag can be moved.
    images:
      server: ${count('vllm-image')}
      proxy: ${count('proxy-image')}
      loader: ${count('loader-image')}
    weights:
      from: ${said('weights')}
      # Of SHA256SUMS, which lists the files.
      sha256: ${said('weights-sha256')}
      gib: ${count('weights-gib')}
    # As aws ec2 get-managed-prefix-list-entries prints it.
    s3:
      prefixList: ${count('s3-prefix-list')}
      ranges: ${all('s3-range')}
    instanceType: ${count('node-type')}
    instances: ${count('nodes')}
    contextLength: ${count('context-length')}
    # Namespaces whose pods may call the model.
    callers: ${all('caller')}
    # The role that may change what runs in the namespace.
    deployer: ${said('deployer')}
    kubernetes: ${said('kubernetes')}
`;
}
