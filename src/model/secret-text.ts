import { namesSecret } from './secret-name.js';

/** Stands for a part of a text that is open: what is filled in there is not spelt out. */
export const openMark = '${}';

/**
 * What stands where a secret is looked for and is none, as a pattern of the whole text: switches and small numbers, references to where the
 * secret is kept, and what another program replaces.
 */
const noSecret = `^(?:${[
  '',
  '[Tt]rue|TRUE|[Ff]alse|FALSE|yes|no|on|off|[Nn]one|null|enabled|disabled|required|optional',
  '[0-9]{1,3}',
  'arn:\\S*',
  // Paths of files, parameters and secrets, in letters that tell them from Base64, which has slashes too.
  '(?:~|\\.{1,2})?/(?:[A-Za-z][a-z0-9_.-]*|\\$\\{[^}]*\\})(?:/(?:[A-Za-z0-9_.-]|\\$\\{[^}]*\\})+)+/?',
  '(?:[a-z]|\\$\\{[^}]*\\})(?:[a-z0-9_.-]|\\$\\{[^}]*\\})*(?:/(?:[a-z0-9_.-]|\\$\\{[^}]*\\})+)+',
  // Addresses without a user, and references of the kind `vault:…#key`.
  '[a-z][a-z0-9+.-]*://[^\\s@?]*',
  // What is put in as the password of an address, or behind the word for how it is shown.
  '[a-z][a-z0-9+.-]*://[^\\s/:@?]*:\\$\\{[^}]*\\}@[^?]*(?:\\?ssl[a-z]*=[a-z-]+)?',
  '(?:Bearer|Basic|[Tt]oken) \\$\\{[^}]*\\}',
  '(?:vault|ssm|secretsmanager|secretmanager|aws-ssm|aws-secretsmanager|file|op|env):\\S+',
  'projects/[^/]+/secrets/\\S+',
  '@Microsoft\\.KeyVault\\(.*\\)',
  // Variables, templates and placeholders of a text as a whole.
  '\\$(?:[A-Za-z_][A-Za-z0-9_]*|\\{[^}]*\\}|\\([^)]*\\)|[0-9@*#?!$-])',
  '\\{\\{.*\\}\\}',
  '<[^<>]*>|\\[[A-Z]+\\]|%[A-Za-z_]+%|#\\{[^}]*\\}#?|__[A-Z_]+__',
  '(?:PLACEHOLDER|Placeholder|placeholder|REPLACE|Replace|TODO)[^A-Za-z0-9]{1,3}\\S+\\s.*',
].join('|')})$`;

const isNone = new RegExp(noSecret, 'su');

/** Whether a text that stands where a secret does spells one out. In JSON, what stands under names of secrets does. */
export function spellsSecret(text: string): boolean {
  const trimmed = text.trim();
  const data = trimmed.startsWith('{') ? parsed(trimmed) : undefined;
  if (data !== undefined) return holdsSecret(data, spellsSecret);
  return /[^\s\p{P}]/u.test(trimmed.replaceAll(openMark, '')) && !isNone.test(trimmed);
}

/** The same whatever comes into what is open: that is certain of entries of JSON only, without such a part in them. */
export function spellsSecretAnyway(text: string): boolean {
  const data = parsed(text.trim());
  return data !== undefined && holdsSecret(data, (value) => !value.includes(openMark) && spellsSecret(value));
}

/** More levels than anybody nests what a secret holds. */
const deepest = 20;

function holdsSecret(data: unknown, tells: (value: string) => boolean, depth = 0, name = ''): boolean {
  if (typeof data === 'string' || typeof data === 'number') return namesSecret(name) && tells(String(data));
  if (typeof data !== 'object' || data === null || depth > deepest) return false;
  return Object.entries(data).some(([key, value]) =>
    holdsSecret(value, tells, depth + 1, Array.isArray(data) ? name : key),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
