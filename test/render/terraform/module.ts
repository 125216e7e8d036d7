import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import hcl2json from '@cdktf/hcl2json';
import type { EndpointPlan, Plan } from '#model/plan.js';
import { render } from '../../../src/render/render.js';
import { base } from '../../controls/base.js';
import { templates } from '../plans.js';

export type Shape = { [argument: string]: string | Shape };

/** What the provider's resources take and what it decides itself, by type. */
export const provider = Object.assign(
  {},
  ...['', '.azurerm', '.google'].map(
    (name) => JSON.parse(readFileSync(new URL(`provider-arguments${name}.json`, import.meta.url), 'utf8')).types,
  ),
) as { [type: string]: { arguments: Shape; computed: string[]; attributes: string[] } };

export type Body = { [key: string]: unknown };

/** A rendered root module as an HCL parser reads it: strings keep their `${…}`, blocks are lists. */
export interface Module {
  resource: { address: string; type: string; body: Body }[];
  data: { address: string; type: string; body: Body }[];
  variables: { [name: string]: Body };
  locals: Body;
  outputs: { [name: string]: Body };
  provider: Body;
}

export const textsOf = (plan: Plan, endpoint: string): Map<string, string> =>
  new Map(
    render(plan, 'terraform', templates, base.boundary)
      .filter((file) => file.endpoint === endpoint)
      .map(({ path, text }) => [path.slice(path.indexOf('/') + 1), text]),
  );

type Named = { [name: string]: Body[] };

export async function moduleOf(texts: ReadonlyMap<string, string>): Promise<Module> {
  const module: Module = { resource: [], data: [], variables: {}, locals: {}, outputs: {}, provider: {} };
  for (const [file, text] of texts) {
    if (!file.endsWith('.tf')) continue;
    const parsed = (await hcl2json.parse(file, text)) as { [key: string]: never };
    addAll(module, parsed);
    Object.assign(module.variables, Object.fromEntries(entriesOf(parsed.variable)));
    Object.assign(module.outputs, Object.fromEntries(entriesOf(parsed.output)));
    Object.assign(module.locals, ...((parsed.locals ?? []) as Body[]));
    for (const bodies of Object.values((parsed.provider as Named | undefined) ?? {}))
      Object.assign(module.provider, ...bodies);
  }
  return module;
}

function addAll(module: Module, parsed: { [key: string]: never }): void {
  for (const mode of ['resource', 'data'] as const) {
    for (const [type, named] of Object.entries((parsed[mode] ?? {}) as { [type: string]: Named }))
      for (const [name, body] of entriesOf(named)) {
        const prefix = mode === 'data' ? 'data.' : '';
        add(module[mode], { address: `${prefix}${type}.${name}`, type: `${prefix}${type}`, body });
      }
  }
}

/** Each name with its one body. */
const entriesOf = (named: Named = {}): [string, Body][] =>
  Object.entries(named).map(([name, bodies]) => {
    assert.equal(bodies.length, 1, `${name} is there twice`);
    return [name, bodies[0] as Body];
  });

function add(list: Module['resource'], item: Module['resource'][number]): void {
  assert.ok(!list.some(({ address }) => address === item.address), `${item.address} is there twice`);
  list.push(item);
}

/** Every endpoint of a plan with the module rendered for it. */
export const modulesOf = async (plan: Plan): Promise<{ endpoint: EndpointPlan; module: Module }[]> =>
  Promise.all(
    plan.endpoints.map(async (endpoint) => ({
      endpoint,
      module: await moduleOf(textsOf(plan, endpoint.endpoint.name)),
    })),
  );

/** What stands inside `${…}` of a string, or of all strings under a value. */
export function expressionsIn(value: unknown): string[] {
  if (typeof value === 'string') {
    if (isWhole(value)) return [value.slice(2, -1)];
    return [...value.matchAll(/\$\$\{|\$\{([^}]*)\}/g)].flatMap(([, inside]) => (inside === undefined ? [] : [inside]));
  }
  if (Array.isArray(value)) return value.flatMap(expressionsIn);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(expressionsIn) : [];
}

/** Whether a string is one expression and nothing else. */
export const isWhole = (text: string): boolean => /^\$\{(?:[^}"]|"(?:[^"\\]|\\.)*")*\}$/.test(text);

/** References of an expression, as `terraform show -json` lists them: each with what it is a part of. */
export function referencesIn(value: unknown): string[] {
  const found = new Set<string>();
  for (const expression of expressionsIn(value)) {
    const bare = expression.replace(/"(?:[^"\\]|\\.)*"/g, '""');
    for (const [reference] of bare.matchAll(
      /\b(?:(?:data\.)?(?:aws|azurerm|google)_\w+|var|local)(?:\.\w+)+(?:\[\d+\])?/g,
    )) {
      const steps = reference.replace('[', '.[').split('.');
      const least = steps[0] === 'data' ? 3 : 2;
      for (let end = steps.length; end >= least; end -= 1) found.add(steps.slice(0, end).join('.').replace('.[', '['));
    }
  }
  return [...found];
}

/** The resource or data source a reference names. */
export const addressIn = (reference: string): string =>
  reference
    .split('.')
    .slice(0, reference.startsWith('data.') ? 3 : 2)
    .join('.')
    .replace(/\[\d+\]$/, '');
