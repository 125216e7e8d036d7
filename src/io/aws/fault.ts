/** Kinds of fault, each by the names it goes by and by what a run would need instead of it. The first that matches holds. */
const faults: readonly [names: RegExp, needs: (asked: string) => string, hint: string][] = [
  [
    /^(Throttling(Exception)?|TooManyRequestsException|RequestLimitExceeded|LimitExceededException|RequestThrottled(Exception)?)$/,
    (asked) => `an answer to ${asked} that is not throttled`,
    'probe again later, or fewer keys at once',
  ],
  [
    /^(UnsupportedActionException|TypeNotFoundException)$/,
    (asked) => `a way other than Cloud Control, which has none, for ${asked}`,
    'the template of the stack says what it was made from',
  ],
  [
    /^CERT_(HAS_EXPIRED|NOT_YET_VALID)$/,
    (asked) => `a certificate for ${asked} that is valid today`,
    'check the clock of this machine, then the certificate',
  ],
  [
    /^(ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH)$/,
    (asked) => `a certificate for ${asked} that is the host's own`,
    'check DNS and what answers in place of the endpoint',
  ],
  [
    /^(CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERR_TLS_|ERR_SSL_|EPROTO$)/,
    (asked) => `a TLS connection for ${asked} that can be trusted`,
    'name the certificate authority in AWS_CA_BUNDLE',
  ],
  [
    /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/,
    (asked) => `a way to the endpoint of ${asked}`,
    'check DNS, the VPC endpoint, HTTPS_PROXY and NO_PROXY',
  ],
  [
    /^(TimeoutError|ETIMEDOUT|ESOCKETTIMEDOUT)$/,
    (asked) => `an answer to ${asked} in time`,
    'check the VPC endpoint and its security group, or probe again',
  ],
  [
    /^(ECONNRESET|EPIPE|ECONNABORTED|HPE_\w+)$/,
    (asked) => `an answer to ${asked} over a connection that holds`,
    'check proxies and firewalls on the way, or probe again',
  ],
  [
    /^(KMSInvalidStateException|DisabledException|KeyUnavailableException|InvalidKeyUsageException)$/,
    (asked) => `a key in a state that answers ${asked}`,
    'look at the state of the key',
  ],
  [
    /^(KMSInternalException|InternalFailure|InternalError|ServiceInternalErrorException|HandlerInternalFailureException|ServiceUnavailable(Exception)?|DependencyTimeoutException)$/,
    (asked) => `an answer to ${asked} from a service that is well`,
    'probe again later',
  ],
];

/** What a failed call would have needed, and what to do; nothing of it is text of the other side. */
export function failedBecause(
  asked: string,
  name: string,
  { status, attempts }: { status: number | undefined; attempts: number | undefined },
): string {
  const kind = status === 429 ? 'TooManyRequestsException' : name;
  const [, needs, hint] = faults.find(([names]) => names.test(kind)) ?? [];
  const facts = [
    name,
    ...(status === undefined ? [] : [`HTTP ${status}`]),
    ...(attempts !== undefined && attempts > 1 ? [`after ${attempts} attempts`] : []),
  ];
  return `${needs?.(asked) ?? `an answer to ${asked}`} (${facts.join(', ')})${hint ? `; ${hint}` : ''}`;
}
