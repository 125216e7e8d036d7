import { isMarked, secretShapes } from '#model/secret-shape.js';

/** What secrets are called, at the end of the name of whatever holds one. */
const called = '(?:token|secret|password|passwd|api[-_]?key|access[-_]?key(?:[-_]?id)?|private[-_]?key|credentials?)';

/** Not a reference: those begin with `!`, `$`, `{` or a name of AWS. */
const value = `(?!!|\\$|arn:|alias/|\\{|:)([^\\s"',{}\\[\\]]{6,})`;

const named = new RegExp(`(${called}["']?\\s*[:=]\\s*["']?)${value}`, 'gi');
const listed = new RegExp(
  `(name["']?:\\s*["']?[\\w.-]{0,80}${called}["']?\\s*,\\s*["']?value["']?:\\s*["']?)${value}`,
  'gi',
);
const optional = new RegExp(`(--[\\w-]{0,40}${called}["']?[\\s,=]+["']?)${value}`, 'gi');

/** Credentials that are known by their own shape, some of them by less than it takes to refuse a bundle: here too much is covered at no cost. */
const shaped =
  /(?:AKIA|ASIA)[0-9A-Z]{16}|hf_[A-Za-z0-9]{20,}|ABSK[A-Za-z0-9+/=]{40,}|sk-[A-Za-z0-9_-]{20,}|nvapi-[A-Za-z0-9_-]{20,}|-----BEGIN .*/g;

/**
 * A line of a manifest with what looks like a secret covered, as long as it was. Requirements know better which lines hold one;
 * this is for the lines other requirements point at.
 */
export function masked(line: string): string {
  const cover = (text: string): string => '•'.repeat(text.length);
  const coverNamed = (_: string, name: string, secret: string): string => name + cover(secret);
  const plain = line
    .replace(listed, coverNamed)
    .replace(named, coverNamed)
    .replace(optional, coverNamed)
    .replace(shaped, cover);
  if (!isMarked(line)) return plain;
  return secretShapes.reduce((text, { pattern }) => text.replace(pattern, cover), plain);
}
