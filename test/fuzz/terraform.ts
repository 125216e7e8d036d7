import fc from 'fast-check';
import { typed } from '../manifest/terraform/typed-form.js';
import { exampleTrees } from './examples.js';
import { at, isTree, type Json, type Path, pick, places, poolOf, put, remove, type Tree } from './tree.js';
import { assertSettled, findingsOn } from './verdicts.js';

const plans = exampleTrees('terraform').map(([tree]) => tree as Tree);

/** Plans whose resources are the objects of the examples of Kubernetes, one for each stream. */
const streams = (resourceOf: (object: Json) => { type: string; after: Json }): Tree[] =>
  exampleTrees('kubernetes').map((objects, index): Tree => {
    const resource_changes = objects.map((object, number): Tree => {
      const { type, after } = resourceOf(object);
      const name = `x${index}_${number}`;
      const change = { actions: ['create'], after, after_unknown: {} };
      return { address: `${type}.${name}`, type, name, change };
    });
    return { format_version: '1.2', resource_changes };
  });

const held = (manifest: Json) => ({ type: 'kubernetes_manifest', after: { manifest } });
const holding = streams(held);
const spelling = streams((object) => (isTree(object) && (typed(object) as ReturnType<typeof held>)) || held(object));
const pool = poolOf([...plans, ...holding]);

const from = (some: readonly Tree[]) =>
  fc.array(
    fc.nat(some.length - 1).map((index) => some[index] as Tree),
    { minLength: 1, maxLength: 2 },
  );

const planFrom = (some: readonly Tree[]) =>
  fc.record({
    seeds: from(some),
    edits: fc.array(
      fc.tuple(
        fc.constantFrom('replace', 'delete', 'repeat', 'secret', 'hide', 'hide', 'hide'),
        fc.nat(5000),
        fc.nat(5000),
      ),
      { maxLength: 6 },
    ),
    settled: fc.array(fc.nat(5000), { minLength: 6, maxLength: 6 }),
  });

export const plan = planFrom(plans);
export const planOfObjects = planFrom(holding);
export const planOfTyped = planFrom(spelling);

type Case = typeof plan extends fc.Arbitrary<infer T> ? T : never;

interface Hidden {
  change: number;
  path: Path;
}

/** Judges a plan in which some values are known after apply only, and again with values in their place. */
export function judgePlan({ seeds, edits, settled }: Case): void {
  const closed = merged(seeds.map((seed) => structuredClone(seed)));
  const hidden = edits.flatMap(([kind, where, what]) => edited(closed, kind, where, what));
  const open = structuredClone(closed);
  for (const [index, each] of hidden.entries()) hide(open, closed, each, settled[index % settled.length] as number);
  for (const tree of [open, closed]) mention(tree);
  const found = findingsOn('plan.json', JSON.stringify(open));
  const later = findingsOn('plan.json', JSON.stringify(closed));
  if (found && later) assertSettled(found, later, () => `${JSON.stringify(open)}\n${JSON.stringify(closed)}`);
}

const changeAt = (tree: Tree, number: number): Tree | undefined => {
  const change = at(tree, ['resource_changes', number, 'change']);
  return isTree(change) && isTree(change.after) ? change : undefined;
};

/** Changes a value both plans have, or names one to hide. */
function edited(tree: Tree, kind: string, where: number, what: number): Hidden[] {
  const changes = Array.isArray(tree.resource_changes) ? tree.resource_changes.length : 0;
  const number = where % Math.max(1, changes);
  const change = changeAt(tree, number);
  const after = change?.after as Json;
  const path = change && pick(places(after), what);
  if (!path) return [];
  const value = at(after, path);
  // A plan that does not know what an object is says so by itself; what other objects lack is judged without it.
  const isObject = /^manifest(?:,apiVersion|,kind)?$/.test(path.join());
  if (kind === 'hide') return isObject ? [] : [{ change: number, path }];
  if (kind === 'replace') put(after, path, pick(pool, what) as Json);
  if (kind === 'delete') remove(after, path);
  if (kind === 'repeat' && Array.isArray(value)) put(after, path, [...value, ...structuredClone(value)]);
  if (kind === 'secret') change.after_sensitive = markedAt(change.after_sensitive, after, path);
  return [];
}

/** Hides a value of the open plan; in the closed one it stays as it is, or becomes any other. */
function hide(open: Tree, closed: Tree, { change, path }: Hidden, number: number): void {
  const shut = changeAt(closed, change)?.after;
  const inner = changeAt(open, change);
  const value = at(shut as Json, path);
  if (!inner || value === undefined || at(inner.after as Json, path) === undefined) return;
  if (typeof value !== 'object' && number % 2 === 1) put(shut as Json, path, pick(pool, number) as Json);
  inner.after_unknown = markedAt(inner.after_unknown, inner.after as Json, path);
  if (Array.isArray(at(inner.after as Json, path.slice(0, -1)))) put(inner.after as Json, path, null);
  else remove(inner.after as Json, path);
}

function merged(some: readonly Tree[]): Tree {
  const [first = {}, ...rest] = some;
  const changes = some.flatMap((tree) => (Array.isArray(tree.resource_changes) ? tree.resource_changes : []));
  const seen = new Set<Json>();
  const once = changes.filter(
    (each) => isTree(each) && !seen.has(each.address as Json) && seen.add(each.address as Json),
  );
  const whole = { ...first, resource_changes: once };
  return rest.length === 0 ? whole : { ...whole, configuration: combined(some) };
}

function combined(some: readonly Tree[]): Json {
  // Of resources of one name the first is kept, with what its own configuration says.
  const seen = new Set<Json>();
  const resources = some.flatMap((tree) => {
    const listed = at(tree, ['configuration', 'root_module', 'resources']);
    const own = (Array.isArray(listed) ? listed : []).filter((each) => isTree(each) && !seen.has(each.address as Json));
    const changes = Array.isArray(tree.resource_changes) ? tree.resource_changes : [];
    for (const each of changes) if (isTree(each)) seen.add(each.address as Json);
    return own;
  });
  const provider = some.map((tree) => at(tree, ['configuration', 'provider_config'])).find(isTree);
  // What is marked as sensitive comes from a variable that says so.
  const variables = Object.assign({}, ...some.map((tree) => at(tree, ['configuration', 'root_module', 'variables'])));
  return { ...(provider ? { provider_config: provider } : {}), root_module: { resources, variables } };
}

/** The tree of marks with one more at a path. */
function markedAt(marks: Json | undefined, value: Json, path: Path): Json {
  const [key, ...rest] = path;
  if (key === undefined || marks === true) return true;
  const inner = at(value, [key]) ?? null;
  if (Array.isArray(value)) {
    const old = Array.isArray(marks) ? marks : [];
    return value.map((_, index) => (index === key ? markedAt(old[index], inner, rest) : (old[index] ?? false)));
  }
  const old = isTree(marks) ? marks : {};
  return { ...old, [key]: markedAt(old[key as string], inner, rest) };
}

/** An expression for every attribute, so that none counts as left to the provider. */
function mention(tree: Tree): void {
  const changes = Array.isArray(tree.resource_changes) ? tree.resource_changes : [];
  const listed = at(tree, ['configuration', 'root_module', 'resources']);
  const resources = (Array.isArray(listed) ? listed : []) as Tree[];
  for (const each of changes as Tree[]) {
    const { after, after_unknown } = (each.change ?? {}) as Tree;
    const names = [
      ...Object.keys(isTree(after) ? after : {}),
      ...Object.keys(isTree(after_unknown) ? after_unknown : {}),
    ];
    let resource = resources.find(({ address }) => address === each.address);
    if (!resource) {
      resource = {
        address: each.address as Json,
        mode: 'managed',
        type: each.type as Json,
        name: each.name as Json,
        expressions: {},
      };
      resources.push(resource);
    }
    const expressions = isTree(resource.expressions) ? resource.expressions : {};
    resource.expressions = {
      ...Object.fromEntries(names.map((name) => [name, { references: ['local.any'] }])),
      ...expressions,
    };
  }
  const configuration = isTree(tree.configuration) ? tree.configuration : {};
  const root = isTree(configuration.root_module) ? configuration.root_module : {};
  tree.configuration = { ...configuration, root_module: { ...root, resources } };
}
