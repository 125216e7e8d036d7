import type { KeyMetadata } from '@aws-sdk/client-kms';
import type { Observation } from '#model/observation.js';
import { type Answer, settle } from './answer.js';
import type { Clients } from './clients.js';
import { aliasFacts, grantFacts, policyFacts, rotationFacts, tagFacts } from './key-facts.js';
import { everyPage } from './pages.js';

/**
 * One key: probe `kms-key`. What DescribeKey says is `{arn, partition, region, enabled, keyState, pendingDeletion, deletionDate,
 * keyManager, keyUsage, origin, materialExpires, keySpec, multiRegion, multiRegionType, replicaRegions}`; other calls add
 * `{rotationEnabled, rotationPeriodInDays}`, `policy`, `grants`, `aliases` and `tags`. A field that could not be asked for is
 * `{$unknown: <what would settle it>}`; one that AWS does not give is left out. `requests` holds the id of each request.
 * `aliases` are those already known.
 */
export async function observeKey(
  clients: Clients,
  key: string,
  now: () => Date,
  aliases?: readonly string[],
): Promise<Observation> {
  const { kms } = clients;
  const time = now().toISOString();
  const described = await settle(
    'kms:DescribeKey',
    kms.client.send(new kms.sdk.DescribeKeyCommand({ KeyId: key })),
    key,
  );
  const about = {
    probe: 'kms-key',
    service: 'kms',
    call: 'DescribeKey',
    subject: key,
    time,
    ...(described.requestId ? { requestId: described.requestId } : {}),
  };
  if (described.outcome !== 'answered') {
    return { ...about, outcome: described.outcome, detail: described.detail, answer: {} };
  }
  const metadata = described.value.KeyMetadata;
  const arn = metadata?.Arn;
  if (!metadata || !arn) {
    return { ...about, outcome: 'failed', detail: `an answer to kms:DescribeKey that names ${key}`, answer: {} };
  }
  const { facts, requests } = await askMore(clients, arn, aliases);
  const calls = ['DescribeKey', ...Object.keys(requests)].sort();
  const ids = Object.fromEntries(Object.entries(requests).filter(([, id]) => id !== undefined));
  const answer = known({ ...describe(metadata, arn), ...facts, requests: ids });
  return { ...about, call: calls.join(', '), outcome: 'answered', answer };
}

/** The calls that take no alias: what they say of a key, and the id of each request. */
async function askMore({ kms }: Clients, arn: string, aliases: readonly string[] | undefined) {
  const { client, sdk } = kms;
  const KeyId = arn;
  const [rotation, policy, grants, tags, named] = await Promise.all([
    settle('kms:GetKeyRotationStatus', client.send(new sdk.GetKeyRotationStatusCommand({ KeyId })), arn),
    settle('kms:GetKeyPolicy', client.send(new sdk.GetKeyPolicyCommand({ KeyId, PolicyName: 'default' })), arn),
    everyPage('kms:ListGrants', arn, (marker) => client.send(new sdk.ListGrantsCommand({ KeyId, ...marker }))),
    everyPage('kms:ListResourceTags', arn, (marker) =>
      client.send(new sdk.ListResourceTagsCommand({ KeyId, ...marker })),
    ),
    aliases
      ? undefined
      : everyPage('kms:ListAliases', arn, (marker) => client.send(new sdk.ListAliasesCommand({ KeyId, ...marker }))),
  ]);
  const facts = {
    ...rotationFacts(rotation),
    policy: policyFacts(policy),
    grants: grantFacts(grants, arn),
    aliases: aliases ?? (named ? aliasFacts(named) : undefined),
    tags: tagFacts(tags),
  };
  const idOf = ({ requestId }: Answer<unknown>) => requestId;
  const requests: Record<string, string | undefined> = {
    GetKeyPolicy: idOf(policy),
    GetKeyRotationStatus: idOf(rotation),
    ...(named ? { ListAliases: idOf(named) } : {}),
    ListGrants: idOf(grants),
    ListResourceTags: idOf(tags),
  };
  return { facts, requests };
}

function describe(key: KeyMetadata, arn: string): Record<string, unknown> {
  const [, partition, , region] = arn.split(':');
  const { MultiRegionKeyType: type, ReplicaKeys: replicas } = key.MultiRegionConfiguration ?? {};
  return {
    arn,
    partition,
    region,
    enabled: key.Enabled,
    keyState: key.KeyState,
    pendingDeletion: key.KeyState && /^Pending(Replica)?Deletion$/.test(key.KeyState),
    deletionDate: timeOf(key.DeletionDate),
    keyManager: key.KeyManager,
    keyUsage: key.KeyUsage,
    origin: key.Origin,
    materialExpires: timeOf(key.ValidTo),
    keySpec: key.KeySpec,
    // KMS developer guide: ids of multi-Region keys, and no others, begin with mrk-.
    multiRegion: key.MultiRegion ?? key.KeyId?.startsWith('mrk-'),
    multiRegionType: type,
    replicaRegions: replicas?.map(({ Region: name = 'unnamed' }) => name).sort(),
  };
}

/** A date the SDK could not read is no fact. */
const timeOf = (date: Date | undefined): string | undefined =>
  date && !Number.isNaN(date.getTime()) ? date.toISOString() : undefined;

/** Without the fields AWS left out. */
const known = (answer: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(answer).filter(([, value]) => value !== undefined));
