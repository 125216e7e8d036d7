import type { Parameter, Stack, StackResourceSummary } from '@aws-sdk/client-cloudformation';
import type { Observation } from '#model/observation.js';
import { type Answer, settle } from './answer.js';
import { driftFacts } from './drift.js';
import { everyToken } from './pages.js';
import type { StackClients } from './stack-clients.js';

/** A stack or change set as it lives. What is not part of the observation is for comparing, and is not kept. */
export interface StackSeen {
  observation: Observation;
  /** The template as it was submitted; otherwise what would settle it. */
  template: { text: string } | { $unknown: string };
  parameters: readonly GivenParameter[];
  resources: readonly StackResource[];
  /** Values of its outputs. */
  outputs: readonly string[];
}

export interface GivenParameter {
  name: string;
  /** Undefined where AWS does not show it. */
  value: string | undefined;
}

export interface StackResource {
  logicalId: string;
  type: string;
  /** Undefined until it is made. */
  physicalId: string | undefined;
}

/**
 * One stack: probe `cloudformation-stack`. The answer is `{arn, name, partition, region, status, created, updated,
 * terminationProtection, parameters, resources, drift, driftedResources, driftCheckedDaysAgo}`, to which who knows what was
 * gated adds what differs. Values of parameters are not kept: they may be secrets without being declared so.
 */
export async function observeStack(clients: StackClients, stack: string, now: Date): Promise<StackSeen> {
  const { client, sdk } = clients.cloudformation;
  const described = await settle(
    'cloudformation:DescribeStacks',
    client.send(new sdk.DescribeStacksCommand({ StackName: stack })),
    stack,
  );
  const about = aboutOf('cloudformation-stack', 'DescribeStacks', stack, now, described);
  if (described.outcome !== 'answered') return nothing(about, described.outcome, described.detail);
  const [found] = described.value.Stacks ?? [];
  const name = found?.StackId;
  if (!found || !name)
    return nothing(about, 'failed', `an answer to cloudformation:DescribeStacks that names ${stack}`);
  const StackName = name;
  const [template, resources, drift] = await Promise.all([
    settle(
      'cloudformation:GetTemplate',
      client.send(new sdk.GetTemplateCommand({ StackName, TemplateStage: 'Original' })),
      name,
    ),
    everyToken('cloudformation:ListStackResources', name, (next) =>
      client.send(new sdk.ListStackResourcesCommand({ StackName, ...next })),
    ),
    driftFacts(clients, found, name, now),
  ]);
  const listed =
    resources.outcome === 'answered' ? resources.value.flatMap((page) => page.StackResourceSummaries ?? []) : [];
  const answer = {
    ...describe(found, name),
    resources: resources.outcome === 'answered' ? listed.length : { $unknown: resources.detail },
    ...drift,
  };
  return {
    observation: {
      ...about,
      call: 'DescribeStacks, GetTemplate, ListStackResources',
      outcome: 'answered',
      answer: known(answer),
    },
    template: textOf(template),
    parameters: parametersOf(found.Parameters),
    resources: listed.flatMap(resourceOf),
    outputs: (found.Outputs ?? []).flatMap(({ OutputValue: value }) => (value ? [value] : [])),
  };
}

/** A change set before it is executed: probe `cloudformation-change-set`, answer `{arn, stack, status, executionStatus, changes}`. */
export async function observeChangeSet(clients: StackClients, changeSet: string, now: Date): Promise<StackSeen> {
  const { client, sdk } = clients.cloudformation;
  const [described, template] = await Promise.all([
    everyToken('cloudformation:DescribeChangeSet', changeSet, (next) =>
      client.send(new sdk.DescribeChangeSetCommand({ ChangeSetName: changeSet, ...next })),
    ),
    settle(
      'cloudformation:GetTemplate',
      client.send(new sdk.GetTemplateCommand({ ChangeSetName: changeSet, TemplateStage: 'Original' })),
      changeSet,
    ),
  ]);
  const about = aboutOf('cloudformation-change-set', 'DescribeChangeSet', changeSet, now, described);
  if (described.outcome !== 'answered') return nothing(about, described.outcome, described.detail);
  const [first] = described.value;
  if (!first?.ChangeSetId) {
    return nothing(about, 'failed', `an answer to cloudformation:DescribeChangeSet that names ${changeSet}`);
  }
  const changes = described.value
    .flatMap(({ Changes = [] }) => Changes)
    .map(({ ResourceChange: change }) => ({
      action: change?.Action,
      resource: change?.LogicalResourceId,
      type: change?.ResourceType,
      replacement: change?.Replacement,
    }));
  const answer = {
    arn: first.ChangeSetId,
    stack: first.StackId,
    status: first.Status,
    executionStatus: first.ExecutionStatus,
    changes: changes.map(known),
  };
  return {
    observation: { ...about, call: 'DescribeChangeSet, GetTemplate', outcome: 'answered', answer: known(answer) },
    template: textOf(template),
    parameters: parametersOf(first.Parameters),
    resources: [],
    outputs: [],
  };
}

function aboutOf(probe: string, call: string, subject: string, now: Date, { requestId }: Answer<unknown>) {
  const time = now.toISOString();
  return { probe, service: 'cloudformation', call, subject, time, ...(requestId ? { requestId } : {}) };
}

const nothing = (
  about: Omit<Observation, 'outcome' | 'answer'>,
  outcome: 'denied' | 'missing' | 'failed',
  detail: string,
): StackSeen => ({
  observation: { ...about, outcome, detail, answer: {} },
  template: { $unknown: detail },
  parameters: [],
  resources: [],
  outputs: [],
});

function describe(stack: Stack, arn: string): Record<string, unknown> {
  const [, partition, , region] = arn.split(':');
  return {
    arn,
    name: stack.StackName,
    partition,
    region,
    status: stack.StackStatus,
    created: timeOf(stack.CreationTime),
    updated: timeOf(stack.LastUpdatedTime),
    terminationProtection: stack.EnableTerminationProtection,
  };
}

function textOf(answer: Answer<{ TemplateBody?: string | undefined }>): StackSeen['template'] {
  if (answer.outcome !== 'answered') return { $unknown: answer.detail };
  const { TemplateBody: text } = answer.value;
  return text ? { text } : { $unknown: 'an answer to cloudformation:GetTemplate that holds a template' };
}

/** CloudFormation shows asterisks in place of what is declared NoEcho. */
const parametersOf = (parameters: readonly Parameter[] = []): readonly GivenParameter[] =>
  parameters.flatMap(({ ParameterKey: name, ParameterValue: value, ResolvedValue: resolved }) =>
    name ? [{ name, value: value === undefined || /^\*{4,}$/.test(value) || resolved ? undefined : value }] : [],
  );

const resourceOf = ({
  LogicalResourceId,
  ResourceType,
  ResourceStatus,
  PhysicalResourceId,
}: StackResourceSummary): StackResource[] =>
  LogicalResourceId && ResourceType && ResourceStatus !== 'DELETE_COMPLETE'
    ? [{ logicalId: LogicalResourceId, type: ResourceType, physicalId: PhysicalResourceId || undefined }]
    : [];

/** A date the SDK could not read is no fact. */
const timeOf = (date: Date | undefined): string | undefined =>
  date && !Number.isNaN(date.getTime()) ? date.toISOString() : undefined;

/** Without the fields AWS left out. */
const known = (answer: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(answer).filter(([, value]) => value !== undefined));
