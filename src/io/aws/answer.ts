import { RampartError } from '#model/error.js';

/** What became of one call. `detail` is ours: a service's own message may repeat headers, and with them a token. */
export type Answer<T> =
  | { outcome: 'answered'; value: T; requestId?: string }
  | { outcome: 'denied' | 'missing' | 'failed'; error: string; detail: string; requestId?: string };

interface Answered {
  $metadata: { requestId?: string | undefined };
}

/** `action` is the IAM permission the call needs, such as `kms:DescribeKey`, `on` what it asks about. Throws when no call can succeed. */
export async function settle<T extends Answered>(action: string, call: Promise<T>, on?: string): Promise<Answer<T>> {
  try {
    const value = await call;
    return { outcome: 'answered', value, ...requestIdOf(value) };
  } catch (error) {
    return refusal(on === undefined ? action : `${action} on ${on}`, error);
  }
}

const denied = new Set(['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation', 'AuthorizationError']);
const missing = new Set(['NotFoundException', 'ResourceNotFoundException', 'InvalidArnException']);
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
  'SignatureDoesNotMatch',
  'UnrecognizedClientException',
]);

function refusal(asked: string, error: unknown): Answer<never> {
  const name = nameOf(error);
  if (/(Credentials|Token)ProviderError$/.test(name)) {
    throw credentialError('RAMPART_NO_CREDENTIALS', 'No AWS credentials were found.');
  }
  if (rejected.has(name)) {
    throw credentialError('RAMPART_CREDENTIALS_REJECTED', `AWS did not accept the credentials (${name}).`);
  }
  const status = statusOf(error);
  const about = { error: name, ...requestIdOf(error) };
  if (denied.has(name)) return { outcome: 'denied', detail: `permission ${asked} (${name})`, ...about };
  if (missing.has(name)) return { outcome: 'missing', detail: `something for ${asked} to find (${name})`, ...about };
  const what = status === undefined ? name : `${name}, HTTP ${status}`;
  return { outcome: 'failed', detail: `an answer to ${asked} (${what})`, ...about };
}

/** The kind of an error, when it looks like one; a hostile endpoint chooses this text. */
function nameOf(error: unknown): string {
  const { name, code } = (error ?? {}) as { name?: unknown; code?: unknown };
  const isWord = (text: unknown): text is string =>
    typeof text === 'string' && /^[A-Za-z][A-Za-z0-9_.]{1,63}$/.test(text);
  if (isWord(name) && name !== 'Error') return name;
  return isWord(code) ? code : 'unrecognized error';
}

const metadataOf = (source: unknown): { httpStatusCode?: unknown; requestId?: unknown } =>
  (source as { $metadata?: object } | undefined)?.$metadata ?? {};

function statusOf(error: unknown): number | undefined {
  const status = metadataOf(error).httpStatusCode;
  return typeof status === 'number' ? status : undefined;
}

function requestIdOf(source: unknown): { requestId?: string } {
  const id = metadataOf(source).requestId;
  return typeof id === 'string' && /^[A-Za-z0-9-]{1,64}$/.test(id) ? { requestId: id } : {};
}

/** Without a cause: the SDK's message may name files and profiles of the user. */
const credentialError = (code: string, message: string): RampartError =>
  new RampartError(code, message, {
    exit: 'outside',
    next: 'Sign in (for example `aws sso login`) or set AWS_PROFILE, then check with `aws sts get-caller-identity`.',
  });
