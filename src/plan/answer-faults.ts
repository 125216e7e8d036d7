import type { JudgingBase } from '#model/base.js';
import { cloudOf, type EndpointKind } from '#model/endpoint.js';
import { azureModelFault } from './azure-model-fault.js';
import { familyFault } from './family-fault.js';
import { mantleModelFault } from './mantle-model-fault.js';
import { modelFault } from './model-fault.js';
import { type Answers, first, list } from './question.js';
import { orList, show } from './show.js';

export const aws = 'aws-us-gov';

/** The partition or cloud of the first kind of endpoint that was asked for. */
export const homeOf = (answers: Answers): string => cloudOf[first(answers.endpoint) as EndpointKind] ?? aws;

/** Images are pulled from the endpoint's own region, so the image's region is the endpoint's. */
const imageOf: Readonly<Record<string, string>> = { sagemaker: 'image', 'eks-vllm': 'vllm-image' };

/** The region of the endpoint of a kind. */
export function regionOfKind(kind: string, answers: Answers): string {
  const image = imageOf[kind];
  return image === undefined ? first(answers.region) : (first(answers[image]).split('.')[3] ?? '');
}

/** Kinds of different clouds, of which a system has one. */
export function cloudFaults(answers: Answers): string[] {
  const kinds = list(answers.endpoint);
  const elsewhere = kinds.filter((kind) => (cloudOf[kind as EndpointKind] ?? aws) !== homeOf(answers));
  if (elsewhere.length === 0) return [];
  const others = elsewhere.join(', ');
  return [`--endpoint: ${others} is in another cloud than ${first(answers.endpoint)}; write a system file for each.`];
}

/** What a system file of answers that are each in order would be refused for, by the flag to change. */
export const factFaults = (answers: Answers, base: JudgingBase): string[] =>
  list(answers.endpoint).flatMap((kind) => kindFaults(kind, answers, base));

function kindFaults(kind: string, answers: Answers, base: JudgingBase): string[] {
  const region = regionOfKind(kind, answers);
  const regions = list(answers.region);
  const image = imageOf[kind];
  const where = `--${image ?? 'region'}`;
  if (!regions.includes(region)) return [`${where}: ${show(region)} is not among the regions, ${orList(regions)}.`];
  const deployable = base.boundary.kinds?.find((each) => each.kind === kind);
  if (deployable && !deployable.regions.includes(region)) {
    const there = `${kind} endpoints can be deployed in ${orList(deployable.regions)} only`;
    return [`${where}: ${there} (${deployable.source}, ${deployable.date}).`];
  }
  const [flag, fault] = factFault(kind, region, answers, base);
  return fault === undefined ? [] : [`--${flag}: ${fault}`];
}

/** What is not known to be in the region, and the flag that asks for it. */
function factFault(
  kind: string,
  region: string,
  answers: Answers,
  { boundary: data }: JudgingBase,
): readonly [flag: string, fault: string | undefined] {
  const said = (flag: string): string => first(answers[flag]);
  const boundary = { partition: homeOf(answers), regions: list(answers.region) };
  switch (kind as EndpointKind) {
    case 'bedrock':
      return ['model', modelFault({ model: said('model'), region }, boundary, data)];
    case 'bedrock-mantle':
      return ['mantle-model', mantleModelFault({ model: said('mantle-model'), region }, data)];
    case 'sagemaker':
      return ['instance-type', familyFault({ instanceType: said('instance-type'), region }, data)];
    case 'eks-vllm':
      return ['node-type', familyFault({ instanceType: said('node-type'), region }, data)];
    case 'azure-openai': {
      const cloud = data.clouds?.find(({ id }) => id === boundary.partition);
      const model = { model: said('azure-model'), version: said('model-version'), region };
      return ['azure-model', azureModelFault(model, {}, cloud)];
    }
    case 'vertex-ai':
      return ['served-model', undefined];
  }
}
