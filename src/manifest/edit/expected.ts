import type { Scalar } from '#model/fix.js';
import type { Raw } from '../yaml/tree.js';
import type { NodePath } from './places.js';

/** A tree without places: what a text says. */
export type Said = string | number | boolean | null | Said[] | Map<string, Said>;

export function saidBy(raw: Raw): Said {
  if (raw.kind === 'scalar') return raw.value;
  if (raw.kind === 'seq') return raw.items.map(saidBy);
  return new Map([...raw.entries].map(([key, { value }]) => [key, saidBy(value)]));
}

/** Writes a value into a tree, as the change of the text is meant to. False where the tree has no such place. */
export function write(root: Said, path: NodePath, order: { set?: Scalar; add?: Scalar }, value: Scalar): boolean {
  let place = root;
  for (const key of path.slice(0, -1)) {
    let next: Said | undefined;
    if (typeof key === 'number') next = Array.isArray(place) ? place[key] : undefined;
    else if (place instanceof Map) next = childOf(place, key);
    if (next === undefined || next === null || typeof next !== 'object') return false;
    place = next;
  }
  const last = path.at(-1);
  if (!(place instanceof Map) || typeof last !== 'string') return false;
  if (order.add === undefined) place.set(last, value);
  else {
    const list = place.get(last) ?? [];
    if (!Array.isArray(list)) return false;
    place.set(last, [...list, value]);
  }
  return true;
}

/** What stands under a key; an object is put there where nothing does. */
function childOf(map: Map<string, Said>, key: string): Said {
  const child = map.get(key);
  if (child !== undefined && child !== null) return child;
  const made: Said = new Map();
  map.set(key, made);
  return made;
}

/** Whether two trees say the same; the order of keys says nothing. */
export function same(left: Said, right: Said): boolean {
  if (Array.isArray(left)) {
    return (
      Array.isArray(right) &&
      left.length === right.length &&
      left.every((item, index) => same(item, right[index] as Said))
    );
  }
  if (left instanceof Map) {
    if (!(right instanceof Map) || left.size !== right.size) return false;
    for (const [key, value] of left) {
      const other = right.get(key);
      if (other === undefined || !same(value, other)) return false;
    }
    return true;
  }
  return left === right;
}
