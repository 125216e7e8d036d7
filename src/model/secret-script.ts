import { namesSecret } from './secret-name.js';
import { hasShapedSecret } from './secret-shape.js';
import { spellsSecret } from './secret-text.js';

/** Where a word is over; what is called or looked into is none. */
const over = String.raw`(?=[\s"'\`;&|<>)\]},]|$)`;

const letter = String.raw`[^\s"'\`;&|<>()\[\]{},]`;

/**
 * A quoted text, or a word, of a script or of a file it writes. How a long word ends is not looked for: where a text begins one again and
 * again, that would take the square of its length.
 */
const word = String.raw`(?:"([^"\n]*)"${over}|'([^'\n]*)'${over}|(${letter}{2048}|${letter}{0,2047}${over}))`;

/**
 * Where scripts give a secret away: an assignment, an entry of JSON or YAML it writes, an option. Names come first, then the value in one of
 * three groups. With blanks around the sign only a quoted value counts: what is not is as likely a name of another variable.
 */
const named: readonly RegExp[] = [
  new RegExp(String.raw`(?<![\w.-])([A-Za-z_][\w.-]{0,80})=${word}`, 'g'),
  /(?<![\w.-])([A-Za-z_][\w.-]{0,80})["']?[ \t]{1,20}=[ \t]{0,20}(?:"([^"\n]*)"|'([^'\n]*)')/g,
  new RegExp(
    String.raw`(?:["'](?=[\w.-]{1,80}["'])|^[ \t-]{0,40})([A-Za-z_][\w.-]{0,80})["']?[ \t]{0,4}:[ \t]{1,20}${word}`,
    'gm',
  ),
  /"([A-Za-z_][\w.-]{0,80})":"([^"\n]*)"/g,
  // As variables of containers are written in JSON, kubectl's record of what was applied among it.
  /"[Nn]ame"[ \t]?:[ \t]?"([A-Za-z_][\w.-]{0,80})"[ \t]?,[ \t]?"[Vv]alue"[ \t]?:[ \t]?"([^"\n]*)"/g,
  new RegExp(String.raw`(?<![\w-])--([a-z][a-z0-9-]{0,60})[ \t=]{1,4}${word}`, 'g'),
];

/** A word of a command that is no option, after what leads up to it in the same command. */
const given = (...before: string[]): RegExp =>
  new RegExp(
    String.raw`(?<![\w./-])${before.join(String.raw`\s[^\n|;&]{0,200}?(?<=\s)`)}["']?([^\s"'|;&-][^\s"'|;&]*)`,
    'g',
  );

/** Where the value alone tells: `mysql -p…`, `curl -u user:…`, `echo user:… | chpasswd`, `docker login -p …`, `ConvertTo-SecureString "…"`. */
const bare: readonly RegExp[] = [
  /(?<![\w-])(?:curl|wget)\b[^\n|;]{0,400}?\s(?:-u|--user)[ =]?["']?[^\s:"'$]{1,80}:([^\s"']+)/g,
  // A port of a container is no password.
  /(?<![\w./-])(?:mysql|mysqladmin|mysqldump|mariadb)\s(?:[^\n|;&]{0,200}?\s)?-p(?!\d+:)["']?([^\s"'|;&-][^\s"'|;&]*)/g,
  /(?<![\w-])echo\s+(?:-\w+\s+)?["']?[\w.-]{1,60}:([^\s"'|]+)["']?\s*\|\s*(?:sudo\s+)?chpasswd\b/g,
  /(?<![\w-])echo\s+(?:-\w+\s+)?["']?([^\s"'|]+)["']?\s*\|[^\n|]{0,200}(?:--password-stdin|passwd\s+--stdin|sudo\s+-S)\b/g,
  given('mysqladmin', String.raw`password\s+`),
  given('(?:docker|podman|nerdctl|helm|skopeo|oras|az)', 'login', '-p[ =]?'),
  given('redis-cli', String.raw`-a\s+`),
  given(String.raw`sshpass\s+-p\s?`),
  given(String.raw`htpasswd\s+-\w{0,8}b\w{0,8}\s+[^\s|;&]{1,200}\s+[^\s|;&]{1,80}\s+`),
  /(?<![\w-])-pass(?:in|out|word)?[ \t]+["']?pass:([^\s"']+)/g,
  /(?<![\w-])net\s+user\s+[^\s/]{1,80}\s+["']?([^\s"'/][^\s"']*)["']?\s[^\n]{0,200}\/add\b/gi,
  /ConvertTo-SecureString\s+(?:-String\s+)?["']([^"'\n]+)["']/gi,
];

/** What a line holds that any of these speaks of; most do not. */
const telling =
  /token|secret|pass|pwd|key|credential|curl|wget|securestring|sudo|mysql|mariadb|login|redis-cli|net\s+user/i;

const mayTell = (line: string): boolean => telling.test(line) && !/^[ \t]*#/.test(line);

/** Whether a script, or a text of settings, holds a secret. Open parts are spelt as `openMark`. */
export function scriptHoldsSecret(text: string): boolean {
  if (hasShapedSecret(text)) return true;
  if (!telling.test(text)) return false;
  const lines = text
    .replace(/\\\r?\n/g, ' ')
    .split('\n')
    .filter(mayTell)
    .join('\n');
  for (const pattern of named) {
    for (const [, name = '', quoted, single, plain] of lines.matchAll(pattern)) {
      const value = quoted ?? single ?? plain ?? '';
      if (namesSecret(name) && !isSameName(value, name) && isSpelt(value)) return true;
    }
  }
  if (chpasswdLists(text).some(isSpelt)) return true;
  return bare.some((pattern) => [...lines.matchAll(pattern)].some(([, value = '']) => isSpelt(value)));
}

/** Passwords that cloud-init sets: `chpasswd: {list: …}`, of which each line is `user:password`; one that begins with $ is a hash. */
function chpasswdLists(text: string): string[] {
  const lists = text.matchAll(
    /^[ \t]*chpasswd:[ \t]*\n(?:[ \t]+expire:[^\n]*\n)?[ \t]+list:([^\n]*(?:\n[ \t]+[^\n]*)*)/gm,
  );
  return [...lists].flatMap(([, list = '']) =>
    [...list.matchAll(/^[ \t-]*[\w.-]{1,60}:([^\s#]+)/gm)].flatMap(([, word = '']) =>
      /^R(?:ANDOM)?$/.test(word) ? [] : [word],
    ),
  );
}

/** What a program hands on under its own name. */
const isSameName = (value: string, name: string): boolean => value === name || value.endsWith(`.${name}`);

/** In a script a variable may stand anywhere in a value, and the rest of it tells nothing. */
const isSpelt = (value: string): boolean => !/[$`]|^[%{<(@!*.\\]/.test(value) && spellsSecret(value);

/** What a text is the Base64 of, where it is one of a text. Most texts have a character that tells soon that they are not. */
export function decoded(text: string): string | undefined {
  // Blanks at the end would be tried as a part of either half.
  if (!/^[A-Za-z0-9+/\s]{16,}={0,2}$/.test(text.trimEnd())) return undefined;
  const packed = text.replace(/\s/g, '');
  if (packed.length % 4 !== 0) return undefined;
  const bytes = Buffer.from(packed, 'base64').toString('utf8');
  return bytes.includes('\ufffd') || bytes.includes('\0') ? undefined : bytes;
}
