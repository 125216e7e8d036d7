/** JSON of unknown shape. Keys are looked up as own properties only, so that `constructor` is a key like any other. */
export type Json = Readonly<Record<string, unknown>>;

export function asObject(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

export const asArray = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const asText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** A member of an object, or undefined for anything that has no such member of its own. */
export function member(value: unknown, key: string): unknown {
  const object = asObject(value);
  return object && Object.hasOwn(object, key) ? object[key] : undefined;
}

/** A member of a member: `at(plan, 'planned_values', 'root_module')`. */
export const at = (value: unknown, ...keys: readonly string[]): unknown => keys.reduce<unknown>(member, value);

/** Members that are objects, such as the entries of `resource_changes`; others are passed over. */
export const objectsIn = (value: unknown): Json[] =>
  asArray(value).filter((item): item is Json => asObject(item) !== undefined);
