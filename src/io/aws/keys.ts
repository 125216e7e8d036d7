import type { KeyMetadata } from '@aws-sdk/client-kms';
import type { Observation } from '#model/observation.js';
import { type Answer, settle } from './answer.js';
import type { Clients } from './clients.js';

/**
 * One key: probe `kms-key`, answer `{arn, partition, region, enabled, keyState, pendingDeletion, keyManager, origin, keySpec,
 * multiRegion, rotationEnabled, rotationPeriodInDays}`. A field that could not be asked for is `{$unknown: <what would
 * settle it>}`; one that AWS does not give is left out.
 */
export async function observeKey({ kms }: Clients, key: string, now: () => Date): Promise<Observation> {
  const time = now().toISOString();
  const call = kms.client.send(new kms.sdk.DescribeKeyCommand({ KeyId: key }));
  const described = await settle('kms:DescribeKey', call, key);
  const about = {
    probe: 'kms-key',
    service: 'kms',
    call: 'DescribeKey, GetKeyRotationStatus',
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
  const rotation = await settle(
    'kms:GetKeyRotationStatus',
    // An alias is not accepted by this call.
    kms.client.send(new kms.sdk.GetKeyRotationStatusCommand({ KeyId: arn })),
    arn,
  );
  return { ...about, outcome: 'answered', answer: known({ ...describe(metadata, arn), ...rotate(rotation) }) };
}

function describe(key: KeyMetadata, arn: string): Record<string, unknown> {
  const [, partition, , region] = arn.split(':');
  return {
    arn,
    partition,
    region,
    enabled: key.Enabled,
    keyState: key.KeyState,
    pendingDeletion: key.KeyState && /^Pending(Replica)?Deletion$/.test(key.KeyState),
    keyManager: key.KeyManager,
    origin: key.Origin,
    keySpec: key.KeySpec,
    // KMS developer guide: ids of multi-Region keys, and no others, begin with mrk-.
    multiRegion: key.MultiRegion ?? key.KeyId?.startsWith('mrk-'),
  };
}

type Rotation = Answer<{ KeyRotationEnabled?: boolean | undefined; RotationPeriodInDays?: number | undefined }>;

function rotate(rotation: Rotation): Record<string, unknown> {
  if (rotation.outcome === 'answered') {
    const { KeyRotationEnabled: rotationEnabled, RotationPeriodInDays: rotationPeriodInDays } = rotation.value;
    return { rotationEnabled, rotationPeriodInDays };
  }
  // KMS API reference, GetKeyRotationStatus: for keys that cannot rotate by themselves the status "is always false".
  if (rotation.error === 'UnsupportedOperationException') return { rotationEnabled: false };
  const unknown = { $unknown: rotation.detail };
  return { rotationEnabled: unknown, rotationPeriodInDays: unknown };
}

/** Without the fields AWS left out. */
const known = (answer: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(answer).filter(([, value]) => value !== undefined));
