/** A secret that is known by its own form, wherever it stands. */
export interface SecretShape {
  kind: string;
  /** What every match holds, spelled with letters, digits, dots, blanks and hyphens alone: no escape of JSON, HTML or URLs can hide it. */
  mark: string;
  pattern: RegExp;
}

const between = String.raw`["'\s:=>,]{1,20}(?:(?:Value|value)["'\s:=>]{1,8})?`;

/**
 * Each starts at a literal or at a border, so that time stays linear on hostile text. Forms: AWS IAM "Unique identifiers",
 * Signature Version 4 and 2 query strings, RFC 7519, Bedrock long-term (ABSK…) and short-term API keys, RFC 7468, RFC 3986 `userinfo`, and
 * the prefixes that GitHub, GitLab, Slack, Hugging Face, OpenAI, Anthropic, NVIDIA, Google, npm and Stripe publish for scanners.
 */
export const secretShapes: readonly SecretShape[] = [
  {
    kind: 'AWS access key id',
    mark: 'AKIA|ASIA|ABIA',
    pattern: /(?<![A-Za-z0-9])(?:AKIA|ASIA|ABIA)[A-Z0-9]{16}(?![A-Za-z0-9])/g,
  },
  {
    kind: 'AWS secret access key',
    mark: 'secret[_-]?(?:access[_-]?)?key|aws[_-]?secret',
    pattern: new RegExp(
      `(?:secret[_-]?access[_-]?key|aws[_-]?secret(?:[_-]?key)?|secret[_-]?key)${between}[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])`,
      'gi',
    ),
  },
  {
    // The default of a parameter stands some lines below its name.
    kind: 'AWS secret access key',
    mark: 'secret[_-]?(?:access[_-]?)?key',
    pattern:
      /secret[_-]?(?:access[_-]?)?key["']?\s{0,4}:[\s\S]{0,400}?\bDefault["']?\s{0,4}:\s{0,4}["']?[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/gi,
  },
  {
    kind: 'AWS session token',
    mark: '(?:session|security)[_-]?token',
    pattern: new RegExp(`(?:session[_-]?token|security[_-]?token)${between}[A-Za-z0-9/+=_-]{64}`, 'gi'),
  },
  {
    kind: 'AWS session token',
    mark: 'QoJb3JpZ2lu|oGZXIvYXdz|oDYXdz',
    pattern: /(?<![A-Za-z0-9/+])(?:IQoJb3JpZ2lu|F[wQ]oGZXIvYXdz|F[wQ]oDYXdz)[A-Za-z0-9/+=]{40}/g,
  },
  {
    kind: 'signature of a presigned URL or request',
    mark: 'X-Amz-Signature',
    pattern: /X-Amz-Signature["'\s:=]{1,5}[0-9a-f]{64}/gi,
  },
  {
    kind: 'signature of a presigned URL or request',
    mark: 'Signature',
    pattern: /(?<![A-Za-z0-9-])Signature=[A-Za-z0-9+/=_~-]{26}/g,
  },
  {
    kind: 'JSON web token',
    mark: '\\.ey[JA]',
    pattern: /(?<![A-Za-z0-9_-])ey[JA][A-Za-z0-9_-]{6,}\.ey[JA][A-Za-z0-9_-]{6,}\.[A-Za-z0-9_-]*/g,
  },
  { kind: 'Bedrock API key', mark: 'ABSK', pattern: /(?<![A-Za-z0-9/+])ABSK[A-Za-z0-9+/]{40}/g },
  { kind: 'Bedrock API key', mark: 'bedrock-api-key-', pattern: /bedrock-api-key-[A-Za-z0-9+/=]{20}/g },
  {
    kind: 'private key',
    mark: 'PRIVATE KEY',
    pattern: /-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----/g,
  },
  {
    kind: 'GitHub token',
    mark: 'gh[opsur]_|github_pat_',
    pattern: /(?<![A-Za-z0-9])(?:gh[opsur]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{40})/g,
  },
  { kind: 'GitLab token', mark: 'glpat-', pattern: /(?<![A-Za-z0-9])glpat-[A-Za-z0-9_-]{20}/g },
  { kind: 'Slack token', mark: 'xox', pattern: /(?<![A-Za-z0-9])xox[abeoprs]-[A-Za-z0-9-]{20}/g },
  { kind: 'Hugging Face token', mark: 'hf_', pattern: /(?<![A-Za-z0-9])hf_[A-Za-z0-9]{30}/g },
  {
    kind: 'API key of a model service',
    mark: 'sk-(?:proj|svcacct|admin|ant|[A-Za-z0-9]{40})|nvapi-',
    pattern:
      /(?<![A-Za-z0-9])(?:sk-(?:(?:proj|svcacct|admin|ant)-[A-Za-z0-9_-]{20}|[A-Za-z0-9]{40})|nvapi-[A-Za-z0-9_-]{40})/g,
  },
  { kind: 'Google API key', mark: 'AIza', pattern: /(?<![A-Za-z0-9])AIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])/g },
  {
    kind: 'key of an Azure connection string',
    mark: 'AccountKey|AccessKey',
    pattern: /(?:AccountKey=[A-Za-z0-9+/]{86}==|SharedAccessKey=[A-Za-z0-9+/]{43}=)/g,
  },
  { kind: 'npm token', mark: 'npm_', pattern: /(?<![A-Za-z0-9])npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])/g },
  { kind: 'Stripe key', mark: '_live_', pattern: /(?<![A-Za-z0-9])[rs]k_live_[A-Za-z0-9]{20}/g },
  {
    // A variable or a placeholder is none, and the digest of an image is no host. The mark has the colon in each of its spellings.
    kind: 'URL with a password',
    mark: '(?::|%3[aA]|u003[aA])[^\\s:@"\'<>/]{1,200}@(?!sha\\d)',
    pattern: /:\/\/[^\s/:@"'<>`\\[\]]{0,100}:(?![$<{%*[(])[^\s/:@"'<>`\\]{1,200}(?<![}>])@(?!sha\d)/g,
  },
];

/** Marks that are looked for at once: a bundle of a fleet is 20 MB, and hardly a file of it holds one. */
const together = ({ pattern }: SecretShape): string => (pattern.ignoreCase ? 'i' : '');

const marks = ['i', ''].map((flags) => {
  const own = secretShapes.filter((shape) => together(shape) === flags);
  return new RegExp(own.map(({ mark }) => mark).join('|'), flags);
});

export const isMarked = (text: string): boolean => marks.some((mark) => mark.test(text));

const ownMarks = secretShapes.map((shape) => ({ ...shape, own: new RegExp(shape.mark, together(shape)) }));

/** Where secrets of a known form begin. */
export const shapedSecrets = (text: string): { index: number; kind: string }[] =>
  ownMarks.flatMap(({ kind, own, pattern }) =>
    own.test(text) ? [...text.matchAll(pattern)].map((match) => ({ index: match.index, kind })) : [],
  );

export const hasShapedSecret = (text: string): boolean =>
  isMarked(text) && secretShapes.some(({ pattern }) => text.search(pattern) >= 0);
