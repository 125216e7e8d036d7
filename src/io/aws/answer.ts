import { RampartError } from '#model/error.js';
import type { LiveCall, SigningCall } from '#model/live-call.js';
import { failedBecause } from './fault.js';

/** What became of one call. `detail` is ours: a service's own message may repeat headers, and with them a token. */
export type Answer<T> =
  | { outcome: 'answered'; value: T; requestId?: string }
  | { outcome: 'denied' | 'missing' | 'failed'; error: string; detail: string; requestId?: string };

interface Answered {
  $metadata: { requestId?: string | undefined };
}

/** `action` is the call by the IAM permission it needs, `on` what it asks about. Throws when no call can succeed. */
export async function settle<T extends Answered>(
  action: LiveCall | SigningCall,
  call: Promise<T>,
  on?: string,
): Promise<Answer<T>> {
  try {
    const value = await call;
    return { outcome: 'answered', value, ...requestIdOf(value) };
  } catch (error) {
    return refusal(on === undefined ? action : `${action} on ${on}`, error);
  }
}

const denied = new Set(['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation', 'AuthorizationError']);
const missing = new Set([
  'ChangeSetNotFound',
  'ChangeSetNotFoundException',
  'InvalidArnException',
  'NotFoundException',
  'ResourceNotFoundException',
  'StackNotFoundException',
]);
/** What AWS says of a signature: made with a key it does not know, or at a time it does not believe. */
const rejected = new Set([
  'ExpiredToken',
  'ExpiredTokenException',
  'IncompleteSignature',
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'MissingAuthenticationToken',
  'MissingAuthenticationTokenException',
  'RequestExpired',
  'RequestInTheFuture',
  'RequestTimeTooSkewed',
  'SignatureDoesNotMatch',
  'UnrecognizedClientException',
]);

function refusal(asked: string, error: unknown): Answer<never> {
  const name = nameOf(error);
  if (/(Credentials|Token)ProviderError$/.test(name)) {
    throw credentialError('RAMPART_NO_CREDENTIALS', 'No AWS credentials were found.');
  }
  if (rejected.has(name)) throw clockError(name, error) ?? rejection(name);
  const about = { error: name, ...requestIdOf(error) };
  // What Cloud Control does in a caller's name another service may deny.
  const lacking = asked.startsWith('cloudformation:GetResource') ? deniedAction(error) : undefined;
  if (lacking && lacking !== 'cloudformation:GetResource') {
    return { outcome: 'denied', detail: `permission ${lacking} for ${asked} (${name})`, ...about };
  }
  if (lacking || denied.has(name)) return { outcome: 'denied', detail: `permission ${asked} (${name})`, ...about };
  // CloudFormation has no error of its own for a stack that is not there; names are checked before they are asked for.
  const isNoStack = name === 'ValidationError' && asked.startsWith('cloudformation:');
  if (isNoStack || missing.has(name))
    return { outcome: 'missing', detail: `something for ${asked} to find (${name})`, ...about };
  const { httpStatusCode: status, attempts } = metadataOf(error);
  return { outcome: 'failed', detail: failedBecause(asked, name, { status, attempts }), ...about };
}

/** The IAM action a refusal names: nothing else is taken of its text, and of that only what looks like an action. */
function deniedAction(error: unknown): string | undefined {
  const { message } = (error ?? {}) as { message?: unknown };
  if (typeof message !== 'string') return undefined;
  return /not authorized to perform:? ([a-z][a-z0-9-]{1,30}:[A-Z][A-Za-z0-9]{1,60})(?![A-Za-z0-9])/.exec(
    message.slice(0, 2_000),
  )?.[1];
}

/** The kind of an error, when it looks like one; a hostile endpoint chooses this text. */
export function nameOf(error: unknown): string {
  const { name, code } = (error ?? {}) as { name?: unknown; code?: unknown };
  const isWord = (text: unknown): text is string =>
    typeof text === 'string' && /^[A-Za-z][A-Za-z0-9_.]{1,63}$/.test(text);
  // The SDK calls a connection that was cut a timeout too.
  if (name === 'TimeoutError' && /^(ECONNRESET|EPIPE)$/.test(String(code))) return String(code);
  // Node calls what the network did `Error` or, for a name with several addresses, `AggregateError`.
  if (isWord(name) && !/^(Aggregate)?Error$/.test(name)) return name;
  return isWord(code) ? code : 'unrecognized error';
}

function metadataOf(source: unknown): {
  httpStatusCode?: number | undefined;
  attempts?: number | undefined;
  requestId?: unknown;
} {
  const given = ((source as { $metadata?: object } | undefined)?.$metadata ?? {}) as Record<string, unknown>;
  const number = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
  return {
    httpStatusCode: number(given.httpStatusCode),
    attempts: number(given.attempts),
    requestId: given.requestId,
  };
}

function requestIdOf(source: unknown): { requestId?: string } {
  const id = metadataOf(source).requestId;
  return typeof id === 'string' && /^[A-Za-z0-9-]{1,64}$/.test(id) ? { requestId: id } : {};
}

/** AWS takes signatures that are at most five minutes old; a minute is for the way. */
const tolerated = 4 * 60_000;

/** When the answer's own date is far from this machine's, the clock is what is wrong and not the credentials. */
function clockError(name: string, error: unknown): RampartError | undefined {
  const headers = (error as { $response?: { headers?: Record<string, unknown> } }).$response?.headers ?? {};
  const skew = Date.now() - Date.parse(String(headers.date));
  if (!(Math.abs(skew) > tolerated)) return undefined;
  const minutes = Math.round(Math.abs(skew) / 60_000);
  const message = `This machine's clock is ${minutes} minutes ${skew > 0 ? 'ahead of' : 'behind'} AWS's, which takes no request from it (${name}).`;
  return new RampartError('RAMPART_CLOCK_SKEW', message, {
    exit: 'outside',
    next: 'Set the clock by NTP (`chronyc makestep`, or the host of this virtual machine), then try again.',
  });
}

const rejection = (name: string): RampartError =>
  credentialError('RAMPART_CREDENTIALS_REJECTED', `AWS did not accept the credentials (${name}).`);

/** Without a cause: the SDK's message may name files and profiles of the user. */
const credentialError = (code: string, message: string): RampartError =>
  new RampartError(code, message, {
    exit: 'outside',
    next: 'Sign in (for example `aws sso login`) or set AWS_PROFILE, then check with `aws sts get-caller-identity`.',
  });
