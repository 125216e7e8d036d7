import canonicalize from 'canonicalize';
import { RampartError } from '#model/error.js';
import { visible } from '#model/unseen.js';

/** Deeper nesting is refused before any recursive code sees it. Evidence documents need fewer than ten levels. */
const deepest = 64;

const refuse = (message: string): never => {
  // A place in the value is made of its keys, which say what their writer wants.
  throw new RampartError('RAMPART_JSON_NOT_CANONICAL', visible(message), {
    exit: 'input',
    next: 'Give plain JSON: objects, lists, strings, finite numbers, true, false and null, each key once.',
  });
};

/** Refuses what `JSON.stringify` would drop, round or rename without a word. */
const assertPlain = (value: unknown, at: string, depth: number): void => {
  if (depth > deepest) refuse(`JSON at ${at.slice(0, 40)} is nested more than ${deepest} levels deep`);
  if (value === null || typeof value === 'boolean') return;
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) refuse(`${at} is ${value}, which JSON can't say`);
    return;
  }
  if (typeof value === 'string') {
    // With the `u` flag a surrogate is only matched where its other half is missing.
    if (/\p{Surrogate}/u.test(value)) refuse(`${at} holds half of a surrogate pair`);
    return;
  }
  if (typeof value !== 'object') refuse(`${at} is ${typeof value}, which JSON can't say`);
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) assertPlain(value[i], `${at}[${i}]`, depth + 1);
    return;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) refuse(`${at} is not a plain object`);
  for (const [key, item] of Object.entries(value as object)) {
    if (/\p{Surrogate}/u.test(key)) refuse(`a key of ${at} holds half of a surrogate pair`);
    assertPlain(item, `${at}.${key}`, depth + 1);
  }
};

/**
 * The one spelling of a JSON value (RFC 8785). Stricter than `canonicalize` alone, which drops undefined members, turns
 * them into null in lists and follows `toJSON`.
 */
export const canonicalJson = (value: unknown): string => {
  assertPlain(value, '$', 0);
  return canonicalize(value) ?? refuse('the value has no JSON form');
};

/** UTF-8 of `canonicalJson`. */
export const canonicalBytes = (value: unknown): Uint8Array => Buffer.from(canonicalJson(value), 'utf8');

/** Text of the bytes; throws on anything that is not UTF-8. A byte order mark is kept, so that JSON refuses it. */
export const decodeUtf8 = (bytes: Uint8Array, what: string): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return refuse(`${what} is not UTF-8`);
  }
};

const parseText = (text: string, what: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the input, which may hold a secret.
    return refuse(`${what} is not JSON`);
  }
};

/**
 * Parses bytes that must be in canonical form already. That kills duplicate keys, integers a double can't hold, and every
 * other way in which two parsers read the same bytes differently.
 */
export const parseCanonical = (bytes: Uint8Array, what: string): unknown => {
  const text = decodeUtf8(bytes, what);
  const value = parseText(text, what);
  if (canonicalJson(value) !== text) {
    refuse(`${what} is not canonical JSON (RFC 8785): spacing, key order, a duplicate key or a number's spelling`);
  }
  return value;
};

const countKeys = (value: unknown): number => {
  if (typeof value !== 'object' || value === null) return 0;
  const items: unknown[] = Object.values(value);
  return (Array.isArray(value) ? 0 : items.length) + items.reduce<number>((sum, item) => sum + countKeys(item), 0);
};

/** Parses JSON written by people: any layout, but no key twice in one object. */
export const parseUniqueJson = (bytes: Uint8Array, what: string): unknown => {
  const text = decodeUtf8(bytes, what);
  const value = parseText(text, what);
  assertPlain(value, '$', 0);
  // The text is JSON, so a string before a colon is a key. A key given twice is there twice, but parsed once.
  let written = 0;
  // Each string is passed over whole: one begun again at each quote in it would take the square of its length.
  for (const [, colon] of text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)) if (colon !== undefined) written += 1;
  if (written !== countKeys(value)) refuse(`${what} has the same key twice in one object`);
  return value;
};
