import type { Dict, Value } from '#model/value.js';

/** A live answer has no text to point into. */
const at = 0;

/**
 * An observation's answer (JSON) as the predicates see properties. `{$unknown: "…"}` stands for a field that could not be
 * asked for, and names what would settle it; `undefined` is absent.
 */
export function toValue(json: unknown): Value {
  if (json === undefined) return { kind: 'absent', at };
  if (json === null || typeof json === 'string' || typeof json === 'number' || typeof json === 'boolean') {
    return { kind: 'scalar', value: json, at };
  }
  if (Array.isArray(json)) return { kind: 'list', items: json.map(toValue), at };
  if (typeof json === 'object') {
    const settledBy = (json as { $unknown?: unknown }).$unknown;
    return typeof settledBy === 'string' ? { kind: 'unknown', settledBy, at } : toDict(json);
  }
  throw new TypeError(`an answer holds a ${typeof json}, which is not JSON`);
}

/** Own keys only: `constructor` is as absent as any other name. */
export function toDict(json: object): Dict {
  const entries = new Map(Object.entries(json).filter(([, value]) => value !== undefined));
  return {
    kind: 'dict',
    keys: () => [...entries.keys()],
    get: (key) => toValue(entries.get(key)),
    at,
  };
}
