import { RampartError } from '#model/error.js';
import { type BundleFile, quote } from './member-path.js';

/** Where something that must not be sealed was found. Never what it was. */
export interface SecretHit {
  path: string;
  /** 1-based; 0 when it is in the path itself. */
  line: number;
  kind: string;
}

interface Pattern {
  kind: string;
  /** What every match holds, spelled with letters, digits, dots, blanks and hyphens alone: none of `escapes` can hide it. */
  mark: string;
  pattern: RegExp;
}

const between = String.raw`["'\s:=>,]{1,20}(?:(?:Value|value)["'\s:=>]{1,8})?`;

/**
 * Each starts at a literal or at a border, so that time stays linear on hostile text. Forms: AWS IAM "Unique identifiers",
 * Signature Version 4 and 2 query strings, RFC 7519, Bedrock long-term (ABSK…) and short-term API keys, RFC 7468.
 */
const secrets: readonly Pattern[] = [
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
];

/** All marks at once, those that are of one spelling apart: a bundle of a fleet is 20 MB, and hardly a file of it holds one. */
const marks = [true, false].map((anyCase) => {
  const own = secrets.filter(({ pattern }) => pattern.ignoreCase === anyCase);
  return new RegExp(own.map(({ mark }) => mark).join('|'), anyCase ? 'i' : '');
});

const isMarked = (text: string): boolean => marks.some((mark) => mark.test(text));

const accountIds: readonly RegExp[] = [
  /arn:[a-z-]{3,20}:[a-z0-9-]{0,40}:[a-z0-9-]{0,40}:(\d{12})(?!\d)/gi,
  /(?:account|owner)(?:[_-]?id)?["'\s:=>]{1,8}(\d{12})(?!\d)/gi,
];

/** Spellings by which JSON, HTML and URLs hide a character that the patterns look for. None of them is a line end. */
const escapes: Readonly<Record<string, string>> = {
  '&quot;': '"',
  '&#34;': '"',
  '&#39;': "'",
  '&#x27;': "'",
  '&#61;': '=',
  '&#x3d;': '=',
  '&amp;': '&',
  '&#x2f;': '/',
  '&#47;': '/',
  '&#43;': '+',
  '&#x2b;': '+',
  '\\"': '"',
  '\\/': '/',
  '\\u0022': '"',
  '\\u0026': '&',
  '\\u003d': '=',
  '\\u003a': ':',
  '\\u002f': '/',
  '\\u002b': '+',
  '%22': '"',
  '%26': '&',
  '%3d': '=',
  '%3a': ':',
  '%2f': '/',
  '%2b': '+',
};

const escaped = new RegExp(
  Object.keys(escapes)
    .map((key) => key.replace(/[\\]/g, '\\\\'))
    .join('|'),
  'gi',
);

/** Latin-1 keeps every ASCII pattern whatever the bytes are; dropping NUL makes UTF-16 readable too. */
const readable = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1').replaceAll('\0', '');

const unescaped = (text: string): string => text.replace(escaped, (found) => escapes[found.toLowerCase()] ?? found);

const scanText = (text: string): { index: number; kind: string }[] =>
  secrets.flatMap(({ kind, pattern }) => [...text.matchAll(pattern)].map((match) => ({ index: match.index, kind })));

const scanAccounts = (text: string, allowed: readonly string[]): { index: number; kind: string }[] =>
  accountIds.flatMap((pattern) =>
    [...text.matchAll(pattern)]
      .filter((match) => !allowed.includes(match[1] ?? ''))
      .map((match) => ({ index: match.index, kind: 'account id' })),
  );

/**
 * Secrets in a file or its name. Account ids are looked for under `evidence/` only: a template may name the registry of an
 * account, an observation should carry a pseudonym.
 */
export const findSecrets = (file: BundleFile, allowedAccounts: readonly string[] = []): SecretHit[] => {
  const raw = readable(file.bytes);
  const isEvidence = file.path.startsWith('evidence/');
  const text = isEvidence || isMarked(raw) ? unescaped(raw) : '';
  const found = scanText(text);
  if (isEvidence) found.push(...scanAccounts(text, allowedAccounts));
  const hits: SecretHit[] = [];
  let line = 1;
  let next = text.indexOf('\n');
  for (const { index, kind } of found.sort((a, b) => a.index - b.index)) {
    for (; next >= 0 && next < index; next = text.indexOf('\n', next + 1)) line += 1;
    hits.push({ path: file.path, line, kind });
  }
  const inPath = scanText(file.path).map(({ kind }) => ({ path: file.path, line: 0, kind }));
  const once = new Map([...inPath, ...hits].map((hit) => [`${hit.line} ${hit.kind}`, hit]));
  return [...once.values()];
};

/** Throws, naming file and line of each hit and never its text, when any file holds a secret. */
export const assertNoSecrets = (files: readonly BundleFile[], allowedAccounts: readonly string[] = []): void => {
  const hits = files.flatMap((file) => findSecrets(file, allowedAccounts));
  const [first] = hits;
  if (first === undefined) return;
  const say = (hit: SecretHit): string =>
    hit.line === 0
      ? `the name of a file holds what looks like ${article(hit.kind)}`
      : `${quote(hit.path)} line ${hit.line} holds what looks like ${article(hit.kind)}`;
  throw new RampartError('RAMPART_SECRET_IN_BUNDLE', `${say(first)}; nothing was sealed`, {
    exit: 'input',
    next: 'Remove it at its source (and revoke it if it is real), then seal again. Account ids: use pseudonyms or allow them.',
    problems: hits.map((hit) => ({ message: say(hit) })),
  });
};

const article = (kind: string): string => `${/^[aeiou]/i.test(kind) ? 'an' : 'a'} ${kind}`;
