import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { render } from '../../../src/render/render.js';
import { base } from '../../controls/base.js';
import { plansOf } from '../clouds.js';
import { templates } from '../plans.js';

/** See resource-shapes.ts. */
type Shape =
  | string
  | { list: Shape }
  | { map: Shape }
  | { members: Record<string, Shape>; required: string[]; readOnly: string[]; open?: true };

const { types } = JSON.parse(readFileSync(new URL('resource-shapes.json', import.meta.url), 'utf8')) as {
  types: Record<string, { api: string; shape: Shape }>;
};

/** What a resource of a template has beside the body that the service is given. */
const ofTemplates = ['apiVersion', 'comments', 'dependsOn', 'metadata', 'name', 'scope', 'type', 'location', 'tags'];

const isExpression = (value: unknown): boolean => typeof value === 'string' && /^\[(?!\[).*\]$/s.test(value);

function faultsOf(value: unknown, shape: Shape, place: string): string[] {
  if (isExpression(value)) return [];
  if (shape === 'unused') return [`${place} is in no golden template; run resource-shapes.ts again`];
  if (typeof shape === 'string') return isOf(value, shape) ? [] : [`${place} is no ${shape}`];
  if ('list' in shape) {
    if (!Array.isArray(value)) return [`${place} is no list`];
    return value.flatMap((item, index) => faultsOf(item, shape.list, `${place}[${index}]`));
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${place} is no object`];
  if ('map' in shape)
    return Object.entries(value).flatMap(([key, item]) => faultsOf(item, shape.map, `${place}.${key}`));
  const { members, required, readOnly, open } = shape;
  const missing = required.filter((key) => !(key in value) && !readOnly.includes(key));
  return [
    ...missing.map((key) => `${place}.${key} is missing`),
    ...Object.entries(value).flatMap(([key, item]) => {
      if (!(key in members)) return open ? [] : [`${place}.${key} is not a member`];
      if (readOnly.includes(key)) return [`${place}.${key} is for Azure to set`];
      return faultsOf(item, members[key] as Shape, `${place}.${key}`);
    }),
  ];
}

function isOf(value: unknown, kind: string): boolean {
  if (kind.startsWith('one of ')) return kind.slice(7).split(' ').includes(String(value));
  if (kind === 'Number') return typeof value === 'number';
  if (kind === 'Boolean') return typeof value === 'boolean';
  if (kind === 'TimeSpan') return /^P(\d+[YMD])*(T(\d+[HMS])+)?$/.test(String(value));
  return kind === 'any' || typeof value === 'string';
}

interface Resource {
  type: string;
  apiVersion: string;
  [member: string]: unknown;
}

function faultsOfResource(resource: Resource): string[] {
  const shape = types[resource.type]?.shape;
  if (typeof shape !== 'object' || !('members' in shape)) return [`${resource.type} is in no library`];
  const body = Object.fromEntries(Object.entries(resource).filter(([key]) => !ofTemplates.includes(key)));
  const required = shape.required.filter((key) => !ofTemplates.includes(key));
  return faultsOf(body, { ...shape, required }, resource.type);
}

describe('rendered ARM templates against the members Azure’s client libraries know', () => {
  for (const { name, plan } of plansOf('azure-openai')) {
    const files = render(plan, 'arm', templates, base.boundary);
    const textOf = (ending: string): string => files.find(({ path }) => path.endsWith(ending))?.text ?? '';

    it(`set members there are, of their type, and all that are needed: ${name}`, () => {
      const resources: Resource[] = JSON.parse(textOf('.template.json')).resources;
      assert.ok(resources.length > 30);
      assert.deepEqual(resources.flatMap(faultsOfResource), []);
      for (const { type, apiVersion, name: own } of resources) {
        assert.match(apiVersion, /^20\d\d-\d\d-\d\d(-preview)?$/, type);
        assert.ok(apiVersion <= (types[type]?.api ?? ''), `${type} ${apiVersion} is later than what was looked at`);
        assert.equal(typeof own, 'string');
      }
    });

    it(`declare what they use, use what they declare, and describe what they ask for: ${name}`, () => {
      const template = JSON.parse(textOf('.template.json'));
      const keys = ['$schema', 'contentVersion', 'metadata', 'parameters', 'variables', 'resources', 'outputs'];
      assert.deepEqual(Object.keys(template), keys);
      const whole = JSON.stringify(template);
      for (const [key, parameter] of Object.entries(template.parameters)) {
        type Parameter = { type: string; defaultValue?: unknown; metadata: { description: string } };
        const { type, defaultValue, metadata } = parameter as Parameter;
        assert.ok(type === 'string' || (type === 'bool' && defaultValue === false), `${key} is ${type}`);
        assert.match(metadata.description, /\.$/, key);
      }
      for (const kind of ['parameters', 'variables'] as const) {
        const used = [...whole.matchAll(new RegExp(`${kind}\\('([^']*)'\\)`, 'g'))].map(([, key]) => key);
        const declared = Object.keys(template[kind]);
        assert.deepEqual([...new Set(used)].sort(), declared.sort());
      }
      const example = JSON.parse(textOf('.parameters.example.json'));
      assert.deepEqual(Object.keys(example.parameters), Object.keys(template.parameters));
    });
  }

  it('would tell a wrong one', () => {
    const sku = { family: 'A', name: 'premium' };
    const vault = (properties: object): string[] =>
      faultsOfResource({ type: 'Microsoft.KeyVault/vaults', apiVersion: '', name: 'v', properties }).map((fault) =>
        fault.replace('Microsoft.KeyVault/vaults.properties.', ''),
      );
    assert.deepEqual(vault({ tenantId: 't', sku }), []);
    assert.deepEqual(vault({ tenantId: 't', sku, enablePurge: true }), ['enablePurge is not a member']);
    assert.deepEqual(vault({ sku }), ['tenantId is missing']);
    assert.deepEqual(vault({ tenantId: 't', sku, enablePurgeProtection: 'yes' }), [
      'enablePurgeProtection is no Boolean',
    ]);
    assert.deepEqual(vault({ tenantId: 't', sku: { ...sku, name: 'gold' } }), [
      'sku.name is no one of standard premium',
    ]);
  });
});
