import type { JudgingBase } from '#model/base.js';
import { impacts } from '#model/baseline.js';
import { offeredKinds } from '#model/endpoint.js';
import { azureOpenai, bedrockMantle, vertexAi } from '#model/endpoint-schema.js';
import { RampartError } from '#model/error.js';
import { systemSchema } from '#model/system-schema.js';
import { aws, cloudFaults, factFaults, homeOf } from './answer-faults.js';
import { rangeFault } from './cidr.js';
import { eksQuestions } from './eks-questions.js';
import { type Answers, type Constrained, first, formOf, list, type Question } from './question.js';
import { orList, show } from './show.js';
import { didYouMean } from './suggest.js';

/** One of a closed list, which may depend on the answers before it. */
const oneOfThose = (choices: (answers: Answers) => readonly string[]) => ({
  choices,
  fault: (answer: string, answers: Answers) => {
    const those = choices(answers);
    return those.includes(answer) ? undefined : `${show(answer)} is not ${orList(those)}.${didYouMean(answer, those)}`;
  },
});

const oneOf = (choices: readonly string[]) => oneOfThose(() => choices);

const system = systemSchema.properties;
const [bedrock, sagemaker] = system.endpoints.items.allOf.map((branch) => branch.then.properties) as unknown as [
  Record<'model', Constrained>,
  Record<'image' | 'artifact' | 'model' | 'instanceType', Constrained>,
];

const wants = (kind: string) => (answers: Answers) => list(answers.endpoint).includes(kind);
/** A region of each cloud that has what endpoints need. */
const usual: Readonly<Record<string, string>> = { 'azure-us-gov': 'usgovvirginia', 'google-us': 'us-east4' };

const uses = (network: string) => (answers: Answers) => first(answers.network) === network;

/** `Case Assistant (prod)` → `case-assistant-prod`, `Prüfung` → `prufung`. */
const slug = (name: string): string => {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const words = plain.match(/[a-z0-9]+/g) ?? [];
  const joined = words
    .join('-')
    .replace(/^[0-9-]+/, '')
    .slice(0, 40)
    .replace(/-$/, '');
  return joined.length >= 2 ? joined : 'ai-endpoints';
};

/** The questions of `rampart init`, in the order they are asked. */
export function questions(base: JudgingBase): Question[] {
  const regionsOf = (home: string): readonly string[] =>
    base.boundary.clouds?.find(({ id }) => id === home)?.locations ??
    [...(base.boundary.partitions.find(({ id }) => id === home)?.regions ?? [])].sort();
  const azureModels = base.boundary.clouds?.flatMap(({ models = [] }) => models.map(({ id }) => id)) ?? [];
  const level = (objective: string): Question => ({
    name: objective,
    message: `FIPS 199 impact of a loss of ${objective}`,
    initial: () => 'moderate',
    ...oneOf(impacts),
  });
  return [
    {
      name: 'name',
      message: 'Name of the system',
      initial: () => 'AI endpoints',
      fault: formOf(system.name as Constrained),
    },
    {
      name: 'id',
      message: 'Short id, used in file names',
      initial: ({ name }) => slug(first(name)),
      fault: formOf(system.id),
    },
    {
      name: 'organization',
      message: 'Agency or office that owns it',
      initial: () => undefined,
      fault: formOf(system.owner.properties.organization as Constrained),
    },
    {
      name: 'contact',
      message: 'Mail address or role to reach',
      initial: () => undefined,
      fault: formOf(system.owner.properties.contact as Constrained),
    },
    level('confidentiality'),
    level('integrity'),
    level('availability'),
    {
      name: 'endpoint',
      message: 'Kinds of model endpoint',
      several: true,
      initial: () => ['bedrock'],
      ...oneOf(offeredKinds),
    },
    {
      name: 'region',
      message: 'Regions data may be in',
      several: true,
      initial: (answers) => [usual[homeOf(answers)] ?? 'us-gov-west-1'],
      ...oneOfThose((answers) => regionsOf(homeOf(answers))),
    },
    {
      name: 'account',
      message: 'Account id, or env:NAME to read it from the environment',
      when: (answers) => homeOf(answers) === aws,
      initial: () => 'env:RAMPART_ACCOUNT',
      fault: formOf(system.boundary.properties.account),
    },
    {
      name: 'network',
      message: 'Network to reach the endpoints through',
      initial: () => 'create',
      ...oneOf(['create', 'existing']),
    },
    { name: 'cidr', message: 'IPv4 range of the network', initial: () => '10.20.0.0/16', fault: cidrFault },
    {
      name: 'vpc',
      message: 'Id of the existing VPC',
      when: uses('existing'),
      initial: () => undefined,
      fault: formOf(system.network.properties.existing.properties.vpc),
    },
    {
      name: 'subnet',
      message: 'Ids of its private subnets, two or more',
      several: true,
      when: uses('existing'),
      initial: () => undefined,
      fault: formOf(system.network.properties.existing.properties.subnets.items),
    },
    {
      name: 'model',
      message: 'Bedrock model id',
      when: wants('bedrock'),
      initial: ({ region }) => modelIn(base, first(region)),
      fault: formOf(bedrock.model),
    },
    {
      name: 'mantle-model',
      message: 'Model id on Bedrock’s OpenAI-compatible plane',
      when: wants('bedrock-mantle'),
      initial: ({ region }) => mantleModelIn(base, list(region)),
      fault: formOf(bedrockMantle.properties.model),
    },
    {
      name: 'inference',
      message: 'Whether callers of SageMaker wait for the answer',
      when: wants('sagemaker'),
      initial: () => 'real-time',
      ...oneOf(['real-time', 'async']),
    },
    {
      name: 'image',
      message: 'ECR image of the SageMaker container, pinned by digest',
      when: wants('sagemaker'),
      initial: () => undefined,
      fault: formOf(sagemaker.image),
    },
    {
      name: 'artifact',
      message: 'S3 address of the model archive',
      when: wants('sagemaker'),
      initial: () => undefined,
      fault: formOf(sagemaker.artifact),
    },
    {
      name: 'served-model',
      message: 'Name of the model it serves',
      when: (answers) => wants('sagemaker')(answers) || wants('vertex-ai')(answers),
      initial: () => 'openai/gpt-oss-20b',
      fault: formOf(sagemaker.model),
    },
    {
      name: 'instance-type',
      message: 'SageMaker instance type',
      when: wants('sagemaker'),
      initial: () => 'ml.g4dn.12xlarge',
      fault: formOf(sagemaker.instanceType),
    },
    {
      name: 'instances',
      message: 'Number of instances',
      when: wants('sagemaker'),
      initial: () => '2',
      fault: formOf({ title: 'a whole number from 1 to 100', pattern: '^([1-9][0-9]?|100)$' }),
    },
    ...eksQuestions(wants('eks-vllm')),
    {
      name: 'azure-model',
      message: 'Azure OpenAI model',
      when: wants('azure-openai'),
      initial: () => 'gpt-4.1',
      fault: (answer) => azureForm(answer) ?? unseen(answer, azureModels),
    },
    {
      name: 'model-version',
      message: 'Version of it',
      when: wants('azure-openai'),
      initial: (answers) =>
        base.boundary.clouds
          ?.flatMap(({ models = [] }) => models)
          .find(({ id }) => id === first(answers['azure-model']))
          ?.versions.at(-1),
      fault: formOf(azureOpenai.properties.version),
    },
    {
      name: 'capacity',
      message: 'Thousands of tokens a minute',
      when: wants('azure-openai'),
      initial: () => '50',
      fault: formOf({ title: 'a whole number from 1 to 100000', pattern: '^([1-9][0-9]{0,4}|100000)$' }),
    },
    {
      name: 'regime',
      message: 'Control package of Assured Workloads',
      when: wants('vertex-ai'),
      initial: () => 'FEDRAMP_HIGH',
      ...oneOf(vertexAi.properties.regime.enum),
    },
  ];
}

const azureForm = formOf(azureOpenai.properties.model);

const unseen = (model: string, seen: readonly string[]): string | undefined =>
  seen.includes(model) ? undefined : `${show(model)} was not seen there.${didYouMean(model, seen)}`;

const form = formOf(system.network.properties.create.properties.cidr);

function cidrFault(answer: string): string | undefined {
  const wrong = form(answer);
  if (wrong !== undefined) return wrong;
  const reason = rangeFault(answer, 26);
  return reason === undefined ? undefined : `${show(answer)} ${reason}.`;
}

/** The OpenAI open-weight model where the region has it, otherwise the first the region is known to serve. */
function modelIn({ boundary }: JudgingBase, region: string): string | undefined {
  const here = boundary.models.filter((model) => model.regions.includes(region)).map((model) => model.id);
  return here.find((id) => id.startsWith('openai.')) ?? here.sort()[0];
}

/** The first model of OpenAI the plane is known to serve in one of the regions. */
function mantleModelIn({ boundary }: JudgingBase, regions: readonly string[]): string | undefined {
  const here = (boundary.mantleModels ?? []).filter((model) => model.regions.some((each) => regions.includes(each)));
  const ids = here.map(({ id }) => id).sort();
  return ids.find((id) => id.startsWith('openai.')) ?? ids[0];
}

/**
 * Fills what was not said with the initial answers and checks everything. Throws RAMPART_INIT_ANSWERS listing every flag that is
 * missing or wrong.
 */
export function completeAnswers(given: Answers, base: JudgingBase): Answers {
  const answers: Record<string, string | readonly string[] | undefined> = {};
  const missing: string[] = [];
  const malformed: string[] = [];
  for (const question of questions(base)) {
    if (question.when?.(answers) === false) continue;
    const said = list(given[question.name]);
    const taken = said.length > 0 ? said : list(question.initial(answers));
    if (taken.length === 0) missing.push(`--${question.name} is needed: ${question.message}.`);
    for (const answer of taken) {
      const fault = question.fault(answer, answers);
      if (fault !== undefined) malformed.push(`--${question.name}: ${fault}`);
    }
    answers[question.name] = question.several ? [...new Set(taken)] : taken[0];
  }
  if (homeOf(answers) === aws && list(answers.subnet).length === 1)
    malformed.push('--subnet: give two or more, in different availability zones.');
  malformed.push(...cloudFaults(answers));
  // What was said is held against what exists although another answer is missing or wrong, so that nobody is told of it one run later.
  const flagOf = (fault: string): string => /^--([a-z0-9-]+)/.exec(fault)?.[1] ?? '';
  const wrong = new Set(malformed.map(flagOf));
  const counts = (flag: string): boolean => !wrong.has(flag) && (missing.length === 0 || list(given[flag]).length > 0);
  if (!wrong.has('endpoint') && !wrong.has('region'))
    malformed.push(...factFaults(answers, base).filter((fault) => counts(flagOf(fault))));
  const faults = [...malformed, ...missing];
  if (faults.length === 0) return answers;
  const many = `${faults.length} answers are missing or cannot be.`;
  throw new RampartError('RAMPART_INIT_ANSWERS', faults.length === 1 ? (faults[0] as string) : many, {
    exit: 'usage',
    next: 'Give the flags named above, or run rampart init at a terminal, without --yes, to be asked.',
    problems: faults.map((message) => ({ message })),
  });
}

/** Flags that were given and say nothing of this system, such as the image of an endpoint it does not have. */
export const withoutEffect = (given: Answers, answers: Answers, base: JudgingBase): readonly string[] =>
  questions(base)
    .filter(({ name, when }) => list(given[name]).length > 0 && when?.(answers) === false)
    .map(({ name }) => `--${name}`);
