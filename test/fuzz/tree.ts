export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type Path = readonly (string | number)[];
export type Tree = Record<string, Json>;

export const isTree = (value: Json | undefined): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every place below a value, itself left out. */
export function places(value: Json, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [];
  const entries: [string | number, Json][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return entries.flatMap(([key, inner]) => [[...path, key], ...places(inner, [...path, key])]);
}

export function at(value: Json, path: Path): Json | undefined {
  let here: Json | undefined = value;
  for (const key of path) here = typeof here === 'object' && here !== null ? (here as Tree)[key as string] : undefined;
  return here;
}

export function put(value: Json, path: Path, inner: Json): void {
  const around = at(value, path.slice(0, -1));
  const key = path.at(-1);
  if (typeof around === 'object' && around !== null && key !== undefined) (around as Tree)[key as string] = inner;
}

export function remove(value: Json, path: Path): void {
  const around = at(value, path.slice(0, -1));
  const key = path.at(-1);
  if (Array.isArray(around)) around.splice(Number(key), 1);
  else if (isTree(around)) delete around[key as string];
}

export const pick = <Item>(items: readonly Item[], number: number): Item | undefined =>
  items.length === 0 ? undefined : items[number % items.length];

/** Scalars worth trying anywhere: those of the examples, and what tools stumble over. */
export function poolOf(trees: readonly Json[]): readonly Json[] {
  const scalars = new Set<Json>([
    '',
    '*',
    'true',
    'false',
    true,
    false,
    0,
    1,
    -1,
    1e12,
    'alias/aws/s3',
    'arn:aws:s3:::b',
    '{{resolve:ssm:x}}',
    '__proto__',
  ]);
  for (const tree of trees)
    for (const path of places(tree)) {
      const value = at(tree, path);
      if (value !== undefined && (typeof value !== 'object' || value === null)) scalars.add(value);
    }
  scalars.delete(null);
  return [...scalars];
}
