import { RampartError } from '#model/error.js';
import type { Observation } from '#model/observation.js';
import { settle } from './answer.js';
import type { Clients } from './clients.js';

/**
 * Who is asking: probe `sts-identity`, answer `{account, arn, partition, userType, credentials, sessionExpires, sessionMinutesLeft,
 * sessionAge}`. The credentials are `temporary` when they carry a session token. How old the session is no call of STS tells:
 * GetCallerIdentity names the caller and nothing else, so `sessionAge` is always open. When it ends is known where the provider
 * of the credentials says so; that it has more than some hours left means that it was made for at least as long.
 */
export async function observeIdentity({ sts }: Clients, now: Date): Promise<Observation> {
  const time = now.toISOString();
  const call = sts.client.send(new sts.sdk.GetCallerIdentityCommand({}));
  const answer = await settle('sts:GetCallerIdentity', call);
  const about = {
    probe: 'sts-identity',
    service: 'sts',
    call: 'GetCallerIdentity',
    subject: 'caller',
    time,
    ...(answer.requestId ? { requestId: answer.requestId } : {}),
  };
  if (answer.outcome !== 'answered') return { ...about, outcome: answer.outcome, detail: answer.detail, answer: {} };
  const { Account: account, Arn: arn } = answer.value;
  const match = /^arn:([a-z-]+):(?:iam|sts)::\d{12}:([a-z-]+)(?:\/|$)/.exec(arn ?? '');
  if (!arn || !account || !match) {
    const detail = 'an answer to sts:GetCallerIdentity that names the caller';
    return { ...about, outcome: 'failed', detail, answer: {} };
  }
  const userType = userTypes[match[2] as string];
  const { sessionToken, expiration } = await sts.client.config.credentials();
  return {
    ...about,
    outcome: 'answered',
    answer: {
      account,
      arn,
      partition: match[1],
      ...(userType ? { userType } : {}),
      credentials: sessionToken ? 'temporary' : 'long-lived',
      ...(sessionToken ? { ...endOf(expiration, now), sessionAge: { $unknown: sessionAgeOpen } } : {}),
    },
  };
}

/** When the session ends, as the credentials have it. */
function endOf(expiration: Date | undefined, now: Date): Record<string, unknown> {
  if (!expiration || Number.isNaN(expiration.getTime())) {
    return { sessionExpires: { $unknown: sessionEndOpen } };
  }
  const minutes = Math.floor((expiration.getTime() - now.getTime()) / 60_000);
  return { sessionExpires: expiration.toISOString(), sessionMinutesLeft: minutes };
}

const sessionEndOpen =
  'the expiration of the session, which credentials from the environment or a file carry only where it is written beside them (AWS_CREDENTIAL_EXPIRATION)';

const sessionAgeOpen =
  'the creationDate of the session in a CloudTrail record of its calls (STS does not tell the age of a session)';

const userTypes: Readonly<Record<string, string>> = {
  root: 'root',
  user: 'user',
  'assumed-role': 'assumed-role',
  'federated-user': 'federated',
};

/** Stops before anything else is asked of an account that is not the boundary's. */
export function checkAccount(identity: Observation, expected: string | undefined): void {
  const { account } = identity.answer;
  if (expected === undefined || typeof account !== 'string' || account === expected) return;
  const end = (id: string): string => `…${id.slice(-4)}`;
  throw new RampartError(
    'RAMPART_WRONG_ACCOUNT',
    `The credentials are those of account ${end(account)}; the boundary is account ${end(expected)}.`,
    { exit: 'outside', next: 'Choose the credentials of the boundary (AWS_PROFILE), or correct boundary.account.' },
  );
}
