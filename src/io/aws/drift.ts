import type { Stack } from '@aws-sdk/client-cloudformation';
import { everyToken } from './pages.js';
import type { StackClients } from './stack-clients.js';

const day = 86_400_000;

/**
 * What the last drift detection found: `{drift, driftedResources, driftCheckedDaysAgo}`. A probe starts none, since that reads
 * with the rights of whoever asks and takes minutes. What was found before the stack was last changed says nothing of it now.
 */
export async function driftFacts(
  { cloudformation: { client, sdk } }: StackClients,
  { DriftInformation: found, LastUpdatedTime: updated, CreationTime: created }: Stack,
  name: string,
  now: Date,
): Promise<Record<string, unknown>> {
  const status = found?.StackDriftStatus;
  const checked = found?.LastCheckTimestamp?.getTime();
  const changed = (updated ?? created)?.getTime();
  if ((status !== 'IN_SYNC' && status !== 'DRIFTED') || checked === undefined || Number.isNaN(checked)) {
    return open(`${detection}, of which there was none`);
  }
  if (changed !== undefined && checked < changed) {
    return open(`${detection} after its last change: the last was before it`);
  }
  const driftCheckedDaysAgo = Math.max(0, Math.floor((now.getTime() - checked) / day));
  if (status === 'IN_SYNC') return { drift: status, driftCheckedDaysAgo };
  const drifts = await everyToken('cloudformation:DescribeStackResourceDrifts', name, (next) =>
    client.send(
      new sdk.DescribeStackResourceDriftsCommand({
        StackName: name,
        StackResourceDriftStatusFilters: ['MODIFIED', 'DELETED'],
        ...next,
      }),
    ),
  );
  const driftedResources =
    drifts.outcome === 'answered'
      ? drifts.value
          .flatMap(({ StackResourceDrifts = [] }) => StackResourceDrifts)
          .map((each) => `${each.LogicalResourceId} ${each.StackResourceDriftStatus}`)
          .sort()
      : { $unknown: drifts.detail };
  return { drift: status, driftedResources, driftCheckedDaysAgo };
}

const detection = 'a drift detection of the stack (aws cloudformation detect-stack-drift)';

const open = (settledBy: string): Record<string, unknown> => ({
  drift: { $unknown: settledBy },
  driftCheckedDaysAgo: { $unknown: settledBy },
});
