/**
 * Whether an IAM pattern (`*`, `?`, case-insensitive) matches a literal, or some text of a form: `*` in a form stands for any text
 * without a colon, which is one field of an ARN, and `=` for a name nobody chose, of which no pattern asks in vain that it be long.
 */
export function covers(pattern: string, form: string): boolean {
  if (differs(pattern, form)) return false;
  const asked = form.includes('=') ? pattern.replace(lengthens, '*') : pattern;
  return form.includes('*') ? meets(asked, form) : matches(asked, form);
}

/** A part of a pattern that is not known: `literal` where it has no wildcards in it. */
export interface OpenPart {
  literal?: true | undefined;
}

/** Whether a pattern that is known in part may do so: an open part stands for less than `*` does, a literal one not for the name nobody chose. */
export function mayCover(parts: readonly (string | OpenPart)[], form: string): boolean {
  const widest = parts.map((part) => (typeof part === 'string' ? part : '*')).join('');
  if (!covers(widest, form)) return false;
  if (!parts.some((part) => typeof part === 'object' && part.literal)) return true;
  const spelt = parts.map((part) =>
    typeof part === 'string' ? part.replaceAll(someText, '*') : part.literal ? someText : '*',
  );
  return meets(
    form.includes('=') ? spelt.join('').replace(lengthens, '*') : spelt.join(''),
    form,
    someText.charCodeAt(0),
  );
}

/** Stands for some text without wildcards, in patterns nobody wrote. */
const someText = '\ue002';

/** A star that stands beside question marks, looked for from the first of them only. */
const lengthens = /(?<!\?)\?+\*[*?]*/g;

/**
 * Whether the two differ before any wildcard. Most do in their first letters, and to make a regular expression of each action a
 * policy names takes longer than all that is asked of it.
 */
function differs(pattern: string, form: string): boolean {
  for (let at = 0; at < pattern.length; at += 1) {
    const own = pattern.charCodeAt(at);
    if (own === star || own === questionMark) return false;
    if (at >= form.length) return true;
    const other = form.charCodeAt(at);
    if (other === star) return false;
    if (!isSame(own, other)) return true;
  }
  return form.length > pattern.length;
}

const star = 42;
const questionMark = 63;
const nobodys = 61;
const colon = 58;
/** What a small ASCII letter has and its capital has not. */
const caseBit = 32;
const smallA = 97;
const smallZ = 122;

const isSame = (own: number, other: number): boolean =>
  own === other || ((own | caseBit) === (other | caseBit) && (own | caseBit) >= smallA && (own | caseBit) <= smallZ);

/**
 * Whether a pattern matches a literal. A star takes as little as it can, and only the last one is tried with more: a regular expression
 * of a dozen stars would try all of them together, for a minute.
 */
function matches(pattern: string, literal: string): boolean {
  let own = 0;
  let afterStar = -1;
  let taken = 0;
  for (let at = 0; at < literal.length; ) {
    const given = pattern.charCodeAt(own);
    if (given === star) {
      own += 1;
      afterStar = own;
      taken = at;
    } else if (given === questionMark || isSame(given, literal.charCodeAt(at))) {
      own += 1;
      at += 1;
    } else if (afterStar !== -1) {
      own = afterStar;
      taken += 1;
      at = taken;
    } else return false;
  }
  while (pattern.charCodeAt(own) === star) own += 1;
  return own === pattern.length;
}

const isOne = (given: number, wanted: number): boolean => given === questionMark || isSame(given, wanted);

/** Whether some text is both: told from the end, for each rest of the form and each rest of the pattern. `text` stands for one without wildcards. */
function meets(pattern: string, form: string, text = -1): boolean {
  let after: Uint8Array = new Uint8Array(pattern.length + 2);
  let row: Uint8Array = new Uint8Array(pattern.length + 2);
  // Nothing is left of the form: only what may be empty may be left of the pattern.
  after[pattern.length] = 1;
  for (let own = pattern.length - 1; own >= 0; own -= 1) {
    const given = pattern.charCodeAt(own);
    if (given !== star && given !== text) break;
    after[own] = 1;
  }
  for (let at = form.length - 1; at >= 0; at -= 1) {
    fill(row, after, pattern, form.charCodeAt(at), text);
    [row, after] = [after, row];
  }
  return after[0] === 1;
}

/** For each rest of the pattern, whether it meets the form from `wanted` on; `after` says it of the form behind that. */
function fill(row: Uint8Array, after: Uint8Array, pattern: string, wanted: number, text: number): void {
  for (let own = pattern.length; own >= 0; own -= 1) {
    const given = pattern.charCodeAt(own);
    const behind = row[own + 1] as number;
    const before = after[own] as number;
    if (wanted === star) row[own] = given === colon ? before : before | behind;
    else if (given === star) row[own] = before | behind;
    else if (given === text) row[own] = wanted === nobodys ? behind : before | behind;
    else row[own] = isOne(given, wanted) ? (after[own + 1] as number) : 0;
  }
}
