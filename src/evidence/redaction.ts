import { RampartError } from '#model/error.js';
import { isMarked, shapedSecrets } from '#model/secret-shape.js';
import { type BundleFile, quote } from './member-path.js';

/** Where something that must not be sealed was found. Never what it was. */
export interface SecretHit {
  path: string;
  /** 1-based; 0 when it is in the path itself. */
  line: number;
  kind: string;
}

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
  const found = shapedSecrets(text);
  if (isEvidence) found.push(...scanAccounts(text, allowedAccounts));
  const hits: SecretHit[] = [];
  let line = 1;
  let next = text.indexOf('\n');
  for (const { index, kind } of found.sort((a, b) => a.index - b.index)) {
    for (; next >= 0 && next < index; next = text.indexOf('\n', next + 1)) line += 1;
    hits.push({ path: file.path, line, kind });
  }
  const inPath = shapedSecrets(file.path).map(({ kind }) => ({ path: file.path, line: 0, kind }));
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
