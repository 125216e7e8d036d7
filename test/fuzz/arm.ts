import fc from 'fast-check';
import { exampleTrees } from './examples.js';
import { at, type Json, pick, places, poolOf, put, remove, type Tree } from './tree.js';
import { assertSettled, findingsOn, given } from './verdicts.js';

const templates = exampleTrees('arm').map(([tree]) => tree as Tree);
const pool = poolOf(templates).filter((value) => typeof value !== 'string' || !value.startsWith('['));

export const armTemplate = fc.record({
  seed: fc.nat(templates.length - 1),
  edits: fc.array(
    fc.tuple(
      fc.constantFrom('param', 'param', 'if', 'concat', 'replace', 'delete', 'condition', 'nothing', 'repeat'),
      fc.nat(5000),
      fc.nat(5000),
    ),
    { maxLength: 5 },
  ),
  settled: fc.array(fc.nat(5000), { minLength: 5, maxLength: 5 }),
});

type Case = typeof armTemplate extends fc.Arbitrary<infer T> ? T : never;

const structure = new Set(['type', 'apiVersion', '$schema', 'contentVersion', 'copy']);
const kinds: Readonly<Record<string, string>> = { string: 'string', number: 'int', boolean: 'bool' };
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Judges a template with open parameters, and again with values for those that were put in. */
export function judgeArm({ seed, edits, settled }: Case): void {
  const tree = structuredClone(templates[seed] as Tree);
  const parameters = (tree.parameters ??= {}) as Tree;
  const values: Record<string, Json> = {};
  const open = (value: Json, index: number, type = kinds[typeof value] ?? 'object'): string => {
    const name = `p${index}`;
    parameters[name] = { type };
    const others = [value, ...pool.filter((other) => typeof other === typeof value)];
    values[name] =
      typeof value === 'object'
        ? value
        : (((settled[index] ?? 0) % 2 ? pick(others, settled[index] ?? 0) : value) as Json);
    return name;
  };
  for (const [index, [kind, where, what]] of edits.entries()) {
    const inside = places(tree.resources ?? []).filter(
      (path) => path.length > 1 && !path.some((key) => structure.has(String(key))),
    );
    const path = pick(inside, where);
    if (!path) continue;
    const value = at(tree.resources as Json, path) as Json;
    const isPlain = typeof value !== 'object' && !(typeof value === 'string' && value.startsWith('['));
    const set = (next: Json): void => put(tree.resources as Json, path, next);
    const other = pick(pool, what) as Json;
    if (kind === 'param' && isPlain) set(`[parameters('${open(value, index)}')]`);
    if (kind === 'if' && typeof value === 'string' && isPlain)
      set(`[if(parameters('${open(true, index)}'), ${quoted(value)}, ${quoted(String(other))})]`);
    if (kind === 'concat' && typeof value === 'string' && isPlain)
      set(`[concat(${quoted(value.slice(0, what % 4))}, parameters('${open(value.slice(what % 4), index)}'))]`);
    if (kind === 'nothing') set(null);
    if (kind === 'replace') set(other);
    if (kind === 'repeat' && Array.isArray(value)) set([...value, ...structuredClone(value)]);
    if (kind === 'delete') remove(tree.resources as Json, path);
    const resource = at(tree.resources as Json, path.slice(0, 1));
    if (kind === 'condition' && typeof resource === 'object' && resource !== null)
      (resource as Tree).condition = `[parameters('${open(what % 2 === 0, index)}')]`;
  }
  const text = JSON.stringify(tree, null, 1);
  const found = findingsOn('main.json', text);
  const later = findingsOn('main.json', text, { ...given, values });
  if (found && later) assertSettled(found, later, () => `${text}\n${JSON.stringify(values)}`);
}
