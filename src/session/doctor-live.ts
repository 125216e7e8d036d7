import type { Examination } from '#io/aws/examine.js';
import { wallClock } from '#io/clock.js';
import type { ControlBase } from '#model/base.js';
import type { Diagnosis } from '#model/diagnosis.js';
import { RampartError } from '#model/error.js';
import type { Boundary } from '#model/system.js';

/** What a probe would meet: endpoints, the clock, credentials. */
export async function live(
  boundary: Pick<Boundary, 'partition' | 'regions'>,
  region: string,
  base: ControlBase,
): Promise<readonly Diagnosis[]> {
  const { examine } = await import('#io/aws/examine.js');
  const fipsHosts = Object.fromEntries((base.boundary.services ?? []).map(({ id, fips }) => [id, fips]));
  try {
    const seen = await examine({ region, boundary, fipsHosts }, wallClock);
    return [...endpoints(seen), clock(seen), credentials(seen)];
  } catch (error) {
    // A region outside the boundary is a wrong command line; all else is what a doctor is for.
    if (!(error instanceof RampartError) || error.exit === 'usage') throw error;
    return [{ id: 'endpoints', state: 'fail', said: error.message, fix: error.next }];
  }
}

const endpoints = ({ hosts }: Examination): Diagnosis[] =>
  hosts.map(({ service, host, answer }) => {
    const id = `endpoint-${service}`;
    if (answer.reached) return { id, state: 'ok', said: `${host} answers` };
    return {
      id,
      state: 'fail',
      said: `${host} was not reached: it needs ${answer.because}`,
      fix: 'Only probe needs it. In a closed network give doctor --offline; otherwise open the way.',
    };
  });

const second = 1_000;
const minute = 60 * second;

function clock({ hosts }: Examination): Diagnosis {
  const id = 'clock';
  const [sts] = hosts;
  const skew = sts?.answer.reached ? sts.answer.skew : undefined;
  if (skew === undefined) {
    return { id, state: 'warn', said: 'The clock was not compared: STS gave no time', fix: 'Compare it with NTP.' };
  }
  const off = Math.abs(skew);
  if (off < 5 * second) return { id, state: 'ok', said: 'The clock agrees with that of STS within five seconds' };
  const said = `The clock is ${Math.round(off / second)} seconds ${skew > 0 ? 'ahead of' : 'behind'} that of STS`;
  const fix = 'Set the clock by NTP: AWS refuses requests that are five minutes off, and evidence is dated by it.';
  return { id, state: off < 4 * minute ? 'warn' : 'fail', said, fix };
}

function credentials({ caller }: Examination): Diagnosis {
  const id = 'credentials';
  const signIn = 'Sign in (for example `aws sso login`) or set AWS_PROFILE. Only probe needs credentials.';
  if (caller === 'none') return { id, state: 'warn', said: 'No AWS credentials were found', fix: signIn };
  if (caller === undefined) {
    const said = 'AWS credentials were found, but STS was not reached to say whose they are';
    return { id, state: 'warn', said, fix: 'See endpoint-sts.' };
  }
  if (caller instanceof RampartError) return { id, state: 'fail', said: caller.message, fix: caller.next };
  if (caller.outcome !== 'answered') {
    return { id, state: 'fail', said: `Whose credentials they are is open: it needs ${caller.detail}`, fix: signIn };
  }
  const { account, partition, userType = 'unknown', credentials: kind } = caller.answer;
  const said = `${kind} credentials of kind ${userType} in account …${String(account).slice(-4)}, ${partition}`;
  if (kind === 'temporary' && userType !== 'root' && userType !== 'user') return { id, state: 'ok', said };
  return {
    id,
    state: 'warn',
    said,
    fix: 'Use a role and a temporary session; probe fails iam-no-long-lived-keys on these.',
  };
}
