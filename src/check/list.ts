import type { List, Value } from '#model/value.js';

/** A value where a list is asked for: a single value counts as a list of one, as CloudFormation reads it. */
export function listOf(value: Value): List | undefined {
  if (value.kind === 'list') return value;
  if (value.kind === 'absent' || value.kind === 'unknown') return undefined;
  return { kind: 'list', items: [value], at: value.at };
}
