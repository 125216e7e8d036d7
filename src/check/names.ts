import type { Text, Unknown, Value } from '#model/value.js';
import { mayBe } from './equality.js';

type Part = Text['parts'][number];

/** Whether what a value names is not known yet, or in part. */
export const isOpen = (value: Value): boolean =>
  value.kind === 'unknown' || (value.kind === 'text' && value.parts.some((part) => isUnknown(part)));

const isUnknown = (part: Part): part is Unknown => typeof part === 'object' && part.kind === 'unknown';

/** Whether a name that is open, or partly, may turn out to be the one that is spelt out there. */
export const mayRead = (name: Value, spelt: string): boolean =>
  name.kind === 'unknown' ? !name.not?.includes(spelt) : name.kind === 'text' && mayBe(name, spelt);

/** The same name spelt out twice, such as `${AWS::StackName}-logs`: open parts are the same when the same input settles them. */
export function sameText(left: Value, right: Value): boolean {
  if (left.kind === 'scalar' && right.kind === 'scalar') return left.value === right.value;
  if (left.kind === 'unknown' && right.kind === 'unknown') return sameInput(left, right);
  if (left.kind !== 'text' || right.kind !== 'text' || left.parts.length !== right.parts.length) return false;
  return left.parts.every((part, index) => samePart(part, right.parts[index]));
}

function samePart(left: Part, right: Part | undefined): boolean {
  if (typeof left === 'string' || typeof right === 'string' || !right) return left === right;
  if (left.kind === 'unknown') return right.kind === 'unknown' && sameInput(left, right);
  return right.kind === 'reference' && left.to === right.to && left.attribute === right.attribute;
}

/** Results of expressions may differ although the same thing settles them. */
const sameInput = (left: Unknown, right: Unknown): boolean =>
  left.from === undefined && right.from === undefined && left.settledBy === right.settledBy;

/**
 * Whether two names differ whatever their open parts come to: `${Stage}-data` is not `${Stage}-logs`. The same input must settle what is
 * called the same in both. Of ARNs that is not said: a name stands in them, and a qualifier may follow it.
 */
export function areApart(left: Value, right: Value): boolean {
  const [ours, theirs] = [partsOf(left), partsOf(right)];
  if (!ours || !theirs) return false;
  if (isPath(ours) || isPath(theirs)) return false;
  return partAtBegin(ours, theirs) || partAtBegin(turned(ours), turned(theirs));
}

/** Whether what is known holds what sets the fields of an ARN apart. */
const isPath = (parts: readonly Part[]): boolean => parts.some((part) => typeof part === 'string' && /[:/]/.test(part));

function partsOf(value: Value): readonly Part[] | undefined {
  if (value.kind === 'scalar') return [String(value.value ?? '')];
  if (value.kind === 'text') return value.parts;
  return value.kind === 'unknown' ? [value] : undefined;
}

const turned = (parts: readonly Part[]): Part[] =>
  parts.map((part) => (typeof part === 'string' ? [...part].reverse().join('') : part)).reverse();

/** Whether two differ before the first part that is open in one of them and another one, or none, in the other. */
function partAtBegin(ours: readonly Part[], theirs: readonly Part[]): boolean {
  const [left, right] = [[...ours], [...theirs]];
  for (;;) {
    const [own, other] = [left[0], right[0]];
    if (own === undefined) return isLonger(other);
    if (other === undefined) return isLonger(own);
    if (typeof own === 'string' && typeof other === 'string') {
      const length = Math.min(own.length, other.length);
      if (own.slice(0, length) !== other.slice(0, length)) return true;
      rest(left, own, length);
      rest(right, other, length);
    } else if (samePart(own, other)) {
      left.shift();
      right.shift();
    } else return false;
  }
}

/** What is left of a part of which so much was compared. */
function rest(parts: Part[], part: string, length: number): void {
  if (part.length === length) parts.shift();
  else parts[0] = part.slice(length);
}

/** Whether a name goes on with this: a letter of its own, where a colon or a slash would set something else apart. */
const isLonger = (next: Part | undefined): boolean => typeof next === 'string' && /^[\w.-]/.test(next);
