import fc from 'fast-check';
import { scriptHoldsSecret } from '#model/secret-script.js';
import { exampleTrees } from './examples.js';
import { at, isTree, type Json, type Path, pick, places, poolOf, put, remove, type Tree } from './tree.js';
import { assertSettled, findingsOn, given } from './verdicts.js';

const trees = exampleTrees('cloudformation').map(([tree]) => tree as Tree);
const pool = poolOf(trees);
const texts = pool.filter((value) => typeof value === 'string');

const edits = [
  'param',
  'list-param',
  'number-param',
  'if',
  'if-nothing',
  'sub',
  'join',
  'select',
  'map',
  'json',
  'replace',
  'delete',
  'repeat',
  'condition',
  'loop',
  'open-loop',
  'retype',
  'text',
  'import',
  'graft',
  'resolve',
] as const;

export const template = fc.record({
  seeds: fc.array(fc.nat(trees.length - 1), { minLength: 1, maxLength: 3 }),
  edits: fc.array(fc.tuple(fc.constantFrom(...edits), fc.nat(5000), fc.nat(5000)), { maxLength: 6 }),
  settled: fc.array(fc.nat(5000), { minLength: 12, maxLength: 12 }),
});

type Case = typeof template extends fc.Arbitrary<infer T> ? T : never;

/** Judges a template with open parameters, and again with values for all of them. */
export function judgeTemplate({ seeds, edits: wanted, settled }: Case): void {
  const tree = merged(seeds.map((seed) => structuredClone(trees[seed] as Tree)));
  const writer = new Writer(tree);
  for (const [kind, where, what] of wanted) writer.edit(kind, where, what);
  const text = JSON.stringify(tree, null, 1);
  const open = findingsOn('t.yaml', text);
  const parameters = writer.values(settled);
  if (!open || !parameters) return;
  const regions = [pick(given.regions, settled[11] ?? 0) as string];
  const told = { ...given, parameters, regions, account: '123456789012' };
  const closed = findingsOn('t.yaml', text, told);
  if (closed) assertSettled(open, closed, () => `${text}\n${JSON.stringify(parameters)} in ${regions}`);
}

function merged(some: readonly Tree[]): Tree {
  const whole: Tree = {};
  for (const tree of some)
    for (const [section, value] of Object.entries(tree))
      whole[section] = isTree(value) && isTree(whole[section]) ? { ...whole[section], ...value } : value;
  return whole;
}

class Writer {
  private made = 0;

  constructor(private readonly tree: Tree) {
    this.tree.Resources ??= {};
  }

  edit(kind: (typeof edits)[number], where: number, what: number): void {
    const resources = this.tree.Resources as Json;
    const inside = places(resources).filter((path) => path.length > 2 && path[1] === 'Properties');
    const path = pick(inside, where);
    if (kind === 'condition' || kind === 'loop' || kind === 'open-loop' || kind === 'retype') {
      this.whole(kind, where, what);
      return;
    }
    if (!path) return;
    const value = at(resources, path) as Json;
    const next = this.instead(kind, value, what, path);
    if (next === undefined) remove(resources, path);
    else put(resources, path, next);
  }

  private instead(kind: string, value: Json, what: number, path: Path): Json | undefined {
    const other = pick(pool, what) as Json;
    switch (kind) {
      case 'param':
        return { Ref: this.parameter('String', what, [value, other]) };
      case 'number-param':
        return { Ref: this.parameter('Number', what, [value, other]) };
      case 'list-param':
        return { Ref: this.parameter('CommaDelimitedList', what, [value, other]) };
      case 'if':
        return { 'Fn::If': [this.condition(what), value, other] };
      case 'if-nothing':
        return { 'Fn::If': [this.condition(what), value, { Ref: 'AWS::NoValue' }] };
      case 'sub': {
        const text = String(value);
        const cut = what % (text.length + 1);
        const name = this.parameter('String', what, [text.slice(cut), other]);
        return typeof value === 'object'
          ? value
          : { 'Fn::Sub': `${text.slice(0, cut).replaceAll('${', '$ {')}\${${name}}` };
      }
      case 'join':
        return typeof value === 'object'
          ? value
          : {
              'Fn::Join': [
                '',
                [String(value).slice(0, 3), { Ref: this.parameter('String', what, [String(value).slice(3), other]) }],
              ],
            };
      case 'select':
        return { 'Fn::Select': [what % 3, [value, other, { Ref: this.parameter('String', what, [value]) }]] };
      case 'map':
        return {
          'Fn::FindInMap': [
            this.mapping(value, other),
            { Ref: this.parameter('String', what, ['a', 'b', 'c']) },
            'v',
            ...(what % 2 ? [{ DefaultValue: value }] : []),
          ],
        };
      case 'json':
        return typeof value === 'object' ? { 'Fn::ToJsonString': value } : value;
      case 'replace':
        return other;
      case 'repeat':
        return Array.isArray(value) ? [...value, ...value] : [value];
      case 'text':
        return typeof value === 'object' ? value : String(value);
      case 'import':
        return { 'Fn::ImportValue': 'net' };
      case 'resolve':
        return typeof value === 'object' ? value : `${String(value).slice(0, what % 5)}{{resolve:ssm:/x}}`;
      case 'graft': {
        const from = pick(trees, what) as Tree;
        return structuredClone(
          at(
            from,
            pick(
              places(from).filter((each) => each[3] === path[2]),
              what,
            ) ?? [],
          ) ?? other,
        );
      }
      default:
        return undefined;
    }
  }

  private whole(kind: 'condition' | 'loop' | 'open-loop' | 'retype', where: number, what: number): void {
    const resources = this.tree.Resources as Tree;
    const [id, resource] = pick(Object.entries(resources), where) ?? [];
    if (id === undefined || !isTree(resource)) return;
    if (kind === 'condition') resource.Condition = this.condition(what);
    if (kind === 'retype')
      resource.Type =
        (Object.values((pick(trees, what) as Tree).Resources as Tree)[0] as Tree | undefined)?.Type ?? 'AWS::X::Y';
    if (kind === 'condition' || kind === 'retype' || id.startsWith('Fn::')) return;
    delete resources[id];
    const list: Json =
      kind === 'loop' ? ['One', 'Two'] : { Ref: this.parameter('CommaDelimitedList', what, ['One,Two']) };
    resources[`Fn::ForEach::${id}`] = ['Turn', list, { [`${id}\${Turn}`]: resource }];
  }

  private parameter(Type: string, what: number, values: readonly Json[]): string {
    const name = `P${++this.made}`;
    const known = values.filter((value) => typeof value !== 'object').map(String);
    const fits = Type === 'Number' ? known.filter((value) => value !== '' && Number.isFinite(Number(value))) : known;
    const more: Tree = {};
    if (what % 3 === 1 && fits[0] !== undefined) more.Default = fits[0];
    if (what % 4 === 1 && fits.length > 0) more.AllowedValues = fits;
    if (what % 5 === 1) more.NoEcho = true;
    const parameters = this.section('Parameters');
    parameters[name] = { Type, ...more };
    return name;
  }

  private condition(what: number): string {
    const name = `C${++this.made}`;
    const conditions = this.section('Conditions');
    const names = Object.keys(conditions);
    const equal: Json = {
      'Fn::Equals': [{ Ref: this.parameter('String', what, ['yes', 'no']) }, what % 2 ? 'yes' : ''],
    };
    const older: Json = names.length > 0 ? { Condition: pick(names, what) as string } : equal;
    conditions[name] = (
      [
        equal,
        { 'Fn::Not': [equal] },
        { 'Fn::And': [equal, older] },
        { 'Fn::Or': [older, { 'Fn::Not': [equal] }] },
      ] as Json[]
    )[what % 4] as Json;
    return name;
  }

  private section(name: string): Tree {
    const section = this.tree[name];
    if (isTree(section)) return section;
    const made: Tree = {};
    this.tree[name] = made;
    return made;
  }

  private mapping(one: Json, other: Json): string {
    const name = `M${++this.made}`;
    const mappings = this.section('Mappings');
    mappings[name] = { a: { v: one }, b: { v: other } };
    return name;
  }

  /** A value for each parameter that its declaration allows; undefined where that cannot be told. */
  values(picks: readonly number[]): Record<string, string> | undefined {
    const values: Record<string, string> = {};
    const compared = [
      ...JSON.stringify(this.tree.Conditions ?? {}).matchAll(/"Fn::Equals":\[\{"Ref":"(\w+)"\},"([^"]*)"/g),
    ];
    const buckets = below(bucket, this.tree);
    const parts = below(text, this.tree);
    // S3 makes no bucket with another character in its name. A secret in the midst of a text is one whatever stands around it, and so may
    // be in every parameter: see the laws in ARCHITECTURE.
    const fitsIn = (name: string, value: string): boolean =>
      !(buckets.has(name) && /[^a-z0-9.-]/.test(value)) && !(parts.has(name) && scriptHoldsSecret(value));
    for (const [index, [name, declared]] of Object.entries((this.tree.Parameters ?? {}) as Tree).entries()) {
      if (!isTree(declared)) return undefined;
      const number = picks[index % picks.length] as number;
      const literals = compared.filter(([, parameter]) => parameter === name).map(([, , literal]) => literal as string);
      const known =
        typeof declared.Default === 'object' || declared.Default === undefined ? [] : [String(declared.Default)];
      const all = Array.isArray(declared.AllowedValues)
        ? declared.AllowedValues.map(String)
        : [...known, ...literals, ...texts.filter((_, each) => each % 7 === number % 7), 'a', 'b', '400', '1'];
      const fits = all.filter((value) => allowed(declared, value) && fitsIn(name, value));
      const value = pick(fits, Math.floor(number / 7));
      if (value === undefined || declared.AllowedPattern !== undefined) return undefined;
      values[name] = String(value);
    }
    return values;
  }
}

/** Parameters that are below some keys, by themselves or as parts of texts. */
function below(keys: ReadonlySet<string>, value: Json, isInside = false, found = new Set<string>()): Set<string> {
  if (isInside && typeof value === 'string')
    for (const [, name] of value.matchAll(/\$\{(\w+)\}/g)) found.add(name as string);
  if (typeof value !== 'object' || value === null) return found;
  for (const [key, item] of Object.entries(value)) {
    if (isInside && key === 'Ref') found.add(String(item));
    below(keys, item, isInside || keys.has(key), found);
  }
  return found;
}

const bucket = new Set(['Bucket', 'BucketName']);
const text = new Set(['Fn::Sub', 'Fn::Join']);

function allowed(declared: Tree, value: Json): boolean {
  const text = String(value);
  if (declared.Type === 'Number') return text.trim() !== '' && Number.isFinite(Number(text));
  // Nobody gives a policy variable as a parameter, and what is open is not taken for one: see the laws in ARCHITECTURE.
  if (text.includes('{{resolve:') || text.includes('${')) return false;
  if (
    declared.Type !== 'String' &&
    declared.Type !== 'CommaDelimitedList' &&
    !String(declared.Type).startsWith('List<')
  )
    return text !== '';
  return text.length >= Number(declared.MinLength ?? 0) && text.length <= Number(declared.MaxLength ?? 4096);
}
