import fc from 'fast-check';
import { exampleTrees } from './examples.js';
import { at, isTree, type Json, type Path, pick, places, poolOf, put, remove, type Tree } from './tree.js';
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
  const writer = new Writer(structuredClone(templates[seed] as Tree), settled);
  for (const [index, [kind, where, what]] of edits.entries()) writer.edit(kind, where, what, index);
  const text = JSON.stringify(writer.tree, null, 1);
  const found = findingsOn('main.json', text);
  const later = findingsOn('main.json', text, { ...given, values: writer.values });
  if (found && later) assertSettled(found, later, () => `${text}\n${JSON.stringify(writer.values)}`);
}

class Writer {
  readonly values: Record<string, Json> = {};
  private readonly parameters: Tree;

  constructor(
    readonly tree: Tree,
    private readonly settled: readonly number[],
  ) {
    this.parameters = isTree(tree.parameters) ? tree.parameters : {};
    tree.parameters = this.parameters;
  }

  edit(kind: string, where: number, what: number, index: number): void {
    const resources = this.tree.resources ?? [];
    const isStructure = (path: Path): boolean => path.some((key) => structure.has(String(key)));
    const path = pick(
      places(resources).filter((each) => each.length > 1 && !isStructure(each)),
      where,
    );
    if (!path) return;
    const value = at(resources, path) as Json;
    const resource = at(resources, path.slice(0, 1));
    if (kind === 'condition' && isTree(resource))
      resource.condition = `[parameters('${this.open(what % 2 === 0, index)}')]`;
    else if (kind === 'delete') remove(resources, path);
    else put(resources, path, this.instead(kind, value, what, index));
  }

  private instead(kind: string, value: Json, what: number, index: number): Json {
    const other = pick(pool, what) as Json;
    if (kind === 'nothing') return null;
    if (kind === 'replace') return other;
    if (kind === 'repeat' && Array.isArray(value)) return [...value, ...structuredClone(value)];
    if (typeof value === 'object' || (typeof value === 'string' && value.startsWith('['))) return value;
    if (kind === 'param') return `[parameters('${this.open(value, index)}')]`;
    if (typeof value !== 'string') return value;
    if (kind === 'if')
      return `[if(parameters('${this.open(true, index)}'), ${quoted(value)}, ${quoted(String(other))})]`;
    const cut = what % 4;
    return `[concat(${quoted(value.slice(0, cut))}, parameters('${this.open(value.slice(cut), index)}'))]`;
  }

  private open(value: Json, index: number): string {
    const name = `p${index}`;
    const number = this.settled[index] ?? 0;
    const others = [value, ...pool.filter((other) => typeof other === typeof value)];
    this.parameters[name] = { type: kinds[typeof value] ?? 'object' };
    this.values[name] = number % 2 === 0 ? value : (pick(others, number) as Json);
    return name;
  }
}
