import { below, type Fields, fields, isFields, list, member, onlyKeys, type Place, text } from './shape.js';

type Json = unknown;

/** What a profile does to one control: parts taken out and parts put in. */
export interface Alteration {
  removes: readonly Fields[];
  adds: readonly Fields[];
}

/** Control id → what the profile alters in it. */
export function alterationsOf(profile: Fields, place: Place): Map<string, Alteration> {
  const found = new Map<string, Alteration>();
  const at = below(place, 'modify', 'alters');
  list(member(profile.modify, 'alters'), at).forEach((given, index) => {
    const where = below(at, index);
    const one = fields(given, where);
    const id = text(one['control-id'], below(where, 'control-id'));
    onlyKeys(one, ['control-id', 'removes', 'adds'], where);
    const before = found.get(id) ?? { removes: [], adds: [] };
    found.set(id, {
      removes: [...before.removes, ...list(one.removes, below(where, 'removes')).filter(isFields)],
      adds: [...before.adds, ...list(one.adds, below(where, 'adds')).filter(isFields)],
    });
  });
  return found;
}

/** A control with parts and properties taken out, then added: a new value, the old one stays as it is. */
export function altered(control: Fields, { removes, adds }: Alteration): Fields {
  const kept = removes.length === 0 ? control : (without(control, removes, 0) as Fields);
  return adds.reduce<Fields>((sum, add) => added(sum, add, 0) as Fields, kept);
}

function without(value: Json, removes: readonly Fields[], depth: number): Json {
  if (depth > 60) return value;
  if (Array.isArray(value)) {
    return value
      .filter((item) => !removes.some((remove) => isMeant(item, remove)))
      .map((item) => without(item, removes, depth + 1));
  }
  if (!isFields(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, without(item, removes, depth + 1)]));
}

/** All criteria of a removal must fit; one without any removes nothing. */
function isMeant(item: Json, remove: Fields): boolean {
  const criteria = [
    ['by-name', 'name'],
    ['by-class', 'class'],
    ['by-id', 'id'],
    ['by-ns', 'ns'],
  ].filter(([criterion]) => remove[criterion as string] !== undefined);
  return (
    isFields(item) &&
    criteria.length > 0 &&
    criteria.every(([criterion, key]) => item[key as string] === remove[criterion as string])
  );
}

const kinds = ['params', 'props', 'links', 'parts'] as const;

function added(value: Json, add: Fields, depth: number): Json {
  if (depth > 60 || !isFields(value)) return value;
  const target = add['by-id'];
  if (target === undefined || value.id === target) return extended(value, add);
  const parts = value.parts;
  return Array.isArray(parts) ? { ...value, parts: parts.map((part) => added(part, add, depth + 1)) } : value;
}

function extended(value: Fields, add: Fields): Fields {
  const more = kinds.flatMap((kind) => {
    const items = add[kind];
    if (!Array.isArray(items)) return [];
    const there = Array.isArray(value[kind]) ? (value[kind] as readonly Json[]) : [];
    return [[kind, add.position === 'starting' ? [...items, ...there] : [...there, ...items]]];
  });
  return { ...value, ...Object.fromEntries(more) };
}
