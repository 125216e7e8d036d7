import type { Observation } from '#model/observation.js';
import { settle } from './answer.js';
import type { StackResource } from './stack.js';
import type { StackClients } from './stack-clients.js';

/** What of a resource's properties is kept; nobody else sees the others. */
export type Keep = (resource: StackResource, properties: Readonly<Record<string, unknown>>) => Record<string, unknown>;

/**
 * One resource of a stack as Cloud Control reads it: probe `cloud-control`, answer `{stack, logicalId, type, identifier,
 * properties}`, of which all but the properties are there without an answer too, so that who judges knows what was not seen.
 */
export async function observeResource(
  { cloudcontrol: { client, sdk } }: StackClients,
  stack: string,
  resource: StackResource,
  now: Date,
  keep: Keep,
): Promise<Observation> {
  const { logicalId, type, physicalId } = resource;
  const about = {
    probe: 'cloud-control',
    service: 'cloudcontrol',
    call: 'GetResource',
    subject: `${stack}/${logicalId}`,
    time: now.toISOString(),
  };
  const named = { stack, logicalId, type, ...(physicalId ? { identifier: physicalId } : {}) };
  if (!physicalId) {
    return { ...about, outcome: 'missing', detail: `${logicalId} to be made by its stack`, answer: named };
  }
  const answer = await settle(
    'cloudformation:GetResource',
    client.send(new sdk.GetResourceCommand({ TypeName: type, Identifier: physicalId })),
    `${type} ${logicalId}`,
  );
  const withId = { ...about, ...(answer.requestId ? { requestId: answer.requestId } : {}) };
  if (answer.outcome !== 'answered') {
    return { ...withId, outcome: answer.outcome, detail: answer.detail, answer: named };
  }
  const properties = objectIn(answer.value.ResourceDescription?.Properties);
  if (!properties) {
    const detail = `an answer to cloudformation:GetResource on ${type} ${logicalId} that holds its properties`;
    return { ...withId, outcome: 'failed', detail, answer: named };
  }
  return { ...withId, outcome: 'answered', answer: { ...named, properties: keep(resource, properties) } };
}

function objectIn(text: string | undefined): Record<string, unknown> | undefined {
  try {
    const data: unknown = JSON.parse(text ?? '');
    if (typeof data === 'object' && data !== null && !Array.isArray(data)) return data as Record<string, unknown>;
  } catch {
    // No JSON is no description either.
  }
  return undefined;
}
