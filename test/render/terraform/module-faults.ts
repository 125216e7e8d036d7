import { addressIn, type Body, expressionsIn, type Module, provider, referencesIn, type Shape } from './module.js';

/** Faults of a body against what the provider takes: arguments it does not know, lacks, or wants in another shape. */
export function faultsOf(body: Body, shape: Shape, place: string): string[] {
  const given = Object.keys(body).filter((name) => !meta.has(name));
  const missing = Object.entries(shape).filter(([name, kind]) => name !== '' && isRequired(kind) && !(name in body));
  return [
    ...given.flatMap((name) => faultsOfOne(body[name], shape[name], `${place}.${name}`)),
    ...missing.map(([name]) => `${place}.${name} is missing`),
  ];
}

function faultsOfOne(value: unknown, kind: string | Shape | undefined, place: string): string[] {
  if (kind === undefined) return [`${place} is not an argument`];
  if (typeof kind === 'string') return hasShape(value, kind.replace(' required', '')) ? [] : [`${place} is no ${kind}`];
  if (!Array.isArray(value)) return [`${place} is a block`];
  if (value.length > 1 && String(kind['']).startsWith('one')) return [`${place} is there twice`];
  return value.flatMap((block) => faultsOf(block, kind, place));
}

const isRequired = (kind: string | Shape): boolean =>
  String(typeof kind === 'object' ? (kind[''] ?? '') : kind).endsWith('required');

const meta = new Set(['depends_on', 'lifecycle', 'count']);

function hasShape(value: unknown, kind: string): boolean {
  // A reference may give anything; what it names is looked at below.
  if (typeof value === 'string' && expressionsIn(value).length > 0) return true;
  if (kind.endsWith(' list')) return Array.isArray(value) && value.every((item) => hasShape(item, kind.slice(0, -5)));
  if (kind === 'map') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === kind;
}

/** References to what is not declared, or to what the provider does not give. */
export function danglingIn({ resource, data, variables, locals, outputs, provider: aws }: Module): string[] {
  const declared = new Map([...resource, ...data].map(({ address, type }) => [address, provider[type]]));
  const everything = [resource, data, variables, locals, outputs, aws].flatMap((each) => referencesIn(each));
  return everything.filter((reference) => {
    const [head = '', name = ''] = reference.split('.');
    if (head === 'var') return !(name in variables);
    if (head === 'local') return !(name in locals);
    const known = declared.get(addressIn(reference));
    const attribute = reference.replace(/\[\d+\]/g, '').slice(addressIn(reference).length + 1);
    if (!known) return true;
    return (
      attribute !== '' && attribute !== 'id' && !(attribute in known.arguments) && !known.attributes.includes(attribute)
    );
  });
}

/** Variables, locals and data sources that nothing asks for: a setting that went nowhere. */
export function unusedIn({ resource, data, variables, locals, outputs, provider: aws }: Module): string[] {
  const declared = [
    ...Object.keys(variables).map((name) => `var.${name}`),
    ...Object.keys(locals).map((name) => `local.${name}`),
    ...data.map(({ address }) => address),
  ];
  const used = new Set([resource, data, locals, outputs, aws].flatMap((each) => referencesIn(each)));
  return declared.filter((each) => !used.has(each));
}

/** Resources that wait for themselves, which Terraform refuses. */
export function cyclesIn({ resource, data, locals }: Module): string[] {
  const needs = new Map<string, string[]>();
  for (const { address, body } of [...resource, ...data]) needs.set(address, nodesIn(body));
  for (const [name, value] of Object.entries(locals)) needs.set(`local.${name}`, nodesIn(value));
  const cycles: string[] = [];
  const done = new Set<string>();
  const visit = (node: string, path: readonly string[]): void => {
    if (path.includes(node)) cycles.push([...path.slice(path.indexOf(node)), node].join(' → '));
    if (path.includes(node) || done.has(node)) return;
    for (const next of needs.get(node) ?? []) visit(next, [...path, node]);
    done.add(node);
  };
  for (const node of needs.keys()) visit(node, []);
  return cycles;
}

const nodesIn = (value: unknown): string[] => [...new Set(referencesIn(value).map(nodeOf))];

const nodeOf = (reference: string): string => (/^(var|local)\./.test(reference) ? reference : addressIn(reference));
