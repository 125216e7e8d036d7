import { type Deep, type DeepSeen, observeStacks, type StacksRequest } from '#io/aws/observe-stacks.js';
import type { StackSeen } from '#io/aws/stack.js';
import { besideGated, type Gated } from '#live/gated.js';
import { kept, propertiesSpokenOf, typesSpokenOf } from '#live/keep.js';
import { ofResources } from '#live/resources.js';
import { templateDifferences } from '#manifest/cloudformation/differences.js';
import { readManifest } from '#manifest/read.js';
import type { Given } from '#manifest/template-file.js';
import { RampartError } from '#model/error.js';
import type { Observation } from '#model/observation.js';
import type { Requirement } from '#model/requirement.js';
import type { Manifest } from '#model/resource.js';
import { digestOf } from './gated.js';

/** What stacks are held against. */
export interface Beside {
  gated: readonly Gated[];
  /** Values the gate was given for parameters. */
  values: Readonly<Record<string, string>> | undefined;
  given: Omit<Given, 'parameters'>;
  requirements: readonly Requirement[];
}

export interface StacksProbed {
  observations: readonly Observation[];
  notLookedAt: readonly string[];
  /** Keys the stacks make or name in their outputs. */
  keys: readonly string[];
}

/** Looks at the stacks and change sets of one region, and says of each what is other than gated. */
export async function probeStacks(request: StacksRequest, beside: Beside, deep: boolean): Promise<StacksProbed> {
  const seen = await observeStacks(request, deep ? deepBy(beside) : undefined);
  return {
    observations: seen.flatMap((each) => [compared(each, beside), ...each.deep]),
    notLookedAt: [...new Set(seen.flatMap((each) => each.notLookedAt))].sort(),
    keys: [...new Set(seen.flatMap(keysOf))].sort(),
  };
}

function keysOf({ outputs, resources }: StackSeen): string[] {
  const made = resources.flatMap(({ type, physicalId }) =>
    type === 'AWS::KMS::Key' && physicalId !== undefined ? [physicalId] : [],
  );
  const named = outputs.filter((value) => /^arn:[^:]*:kms:/.test(value));
  // An output that is the ARN of a key the stack makes is that key.
  return [...named, ...made.filter((id) => !named.some((arn) => arn.endsWith(`:key/${id}`)))];
}

function compared({ observation, template, parameters }: DeepSeen, { gated, values }: Beside): Observation {
  const living = 'text' in template ? { text: template.text, sha256: digestOf(template.text) } : template;
  return besideGated(observation, living, parameters, gated, values, templateDifferences);
}

/** Reads those resources that requirements speak of, and keeps of them what they speak of. */
function deepBy({ given, requirements }: Beside): Deep {
  const judged = ofResources(requirements);
  const types = typesSpokenOf(judged);
  const secret = requirements.filter(({ sensitive }) => sensitive);
  return {
    wants: ({ type }) => types.has(type),
    keep: (seen) => {
      const template = templateOf(seen, given);
      return ({ logicalId, type }, properties) =>
        kept(
          properties,
          propertiesSpokenOf(judged, type),
          propertiesSpokenOf(secret, type),
          template?.resources.find(({ address }) => address === logicalId),
        );
    },
  };
}

/** The stack's own template with the values of its parameters, where both can be read. */
function templateOf({ template, parameters, observation }: StackSeen, given: Beside['given']): Manifest | undefined {
  if (!('text' in template)) return undefined;
  const values = parameters.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value] as const]));
  try {
    const read = readManifest(observation.subject, template.text, { ...given, parameters: Object.fromEntries(values) });
    return 'resources' in read ? read : undefined;
  } catch (error) {
    if (error instanceof RampartError) return undefined;
    throw error;
  }
}
