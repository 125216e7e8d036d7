import { CheckLog, refuseIfAny, Stopped } from './check-log.js';
import { parseEnvelope, signaturesOf } from './dsse.js';
import { skew } from './freshness.js';
import { checkInHand, describeVerdict } from './in-hand.js';
import { payloadType } from './statement.js';
import { countSignatures } from './threshold.js';
import type { TrustPolicy } from './trust-policy.js';
import { baselineProblems, parseVerdict, type Verdict } from './verdict.js';
import { levelOf, type Verification, type VerifyOptions } from './verify.js';

/** Judges a verdict that stands alone, as `rampart check --attest` writes it: the same checks, less those of a bundle. */
export const verifyVerdict = (bytes: Uint8Array, options: VerifyOptions): Verification => {
  if (Number.isNaN(options.now.getTime())) throw new TypeError('verifyVerdict: now is not a time');
  const log = new CheckLog();
  const found: Pick<Verification, 'verdict' | 'signedBy'> = { signedBy: [] };
  try {
    log.skip('archive', 'not made: this is a verdict by itself');
    judge(bytes, options, log, found);
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
  }
  log.close();
  const { checks, problems, notes } = log;
  return { level: levelOf(checks, found), checks, problems, notes, ...found };
};

const judge = (
  bytes: Uint8Array,
  options: VerifyOptions,
  log: CheckLog,
  found: { verdict?: Verdict; signedBy: readonly string[] },
): void => {
  const { trustPolicy, now } = options;
  const envelope = log.run('envelope', () => {
    const read = parseEnvelope(bytes);
    if (read.payloadType !== payloadType) refuseIfAny([`the envelope does not hold ${payloadType}`]);
    return [read, `${signaturesOf(read)} over ${read.payload.length} bytes`];
  });
  if (trustPolicy === undefined) log.skip('signature', 'not made: no trust policy was given, so no key is trusted');
  else {
    found.signedBy = log.run('signature', () => {
      const { signedBy, problems, notes } = countSignatures(envelope, trustPolicy, now);
      refuseIfAny(problems);
      log.notes.push(...notes);
      const ids = signedBy.map(({ keyid }) => keyid);
      return [ids, `signed by ${ids.join(', ')}`];
    });
  }
  const verdict = log.run('statement', () => {
    const read = parseVerdict(envelope.payload);
    return [read, describeVerdict(read)];
  });
  const lone = 'no timestamp stands beside a verdict by itself';
  if (!trustPolicy?.timestamps?.required) log.skip('timestamp', `not made: ${lone}`);
  else
    log.run('timestamp', () => {
      refuseIfAny([`the trust policy wants one, and ${lone}: verify the bundle`]);
      return [undefined, ''];
    });
  log.skip('contents', 'not made: a verdict has no files of its own');
  log.run('schemas', () => {
    compareScope(verdict, trustPolicy);
    return [undefined, 'of a system, an environment and a baseline the policy accepts'];
  });
  log.run('freshness', () => {
    compareAge(verdict, trustPolicy, now);
    return [undefined, `judged ${verdict.timeVerified}`];
  });
  log.run('verdict', () => {
    if (verdict.manifest !== undefined) refuseIfAny(['it is the verdict of a bundle: verify the bundle it stands in']);
    return [undefined, describeVerdict(verdict)];
  });
  found.verdict = verdict;
  checkInHand(verdict, options, log);
};

const compareScope = (verdict: Verdict, policy: TrustPolicy | undefined): void => {
  const { system } = verdict;
  refuseIfAny(baselineProblems(verdict, policy));
  if (policy?.systems !== undefined && !(system && policy.systems.includes(system.id))) {
    refuseIfAny([`the trust policy accepts no evidence of ${system ? `the system ${system.id}` : 'no named system'}`]);
  }
  if (policy?.environments !== undefined && !(system && policy.environments.includes(system.environment))) {
    refuseIfAny([`the trust policy accepts no evidence of ${system?.environment ?? 'no named environment'}`]);
  }
};

const compareAge = ({ timeVerified }: Verdict, policy: TrustPolicy | undefined, now: Date): void => {
  const age = now.getTime() - Date.parse(timeVerified);
  if (age < -skew) refuseIfAny([`it was judged at ${timeVerified}, which is in the future`]);
  if (policy !== undefined && age > policy.maxAge * 1000) {
    refuseIfAny([`it was judged at ${timeVerified}, longer ago than the trust policy's ${policy.maxAge} s`]);
  }
};
