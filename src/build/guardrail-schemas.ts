import { endpointKinds } from '#model/endpoint.js';

const ids = { type: 'array', minItems: 1, uniqueItems: true, items: { type: 'string', pattern: '^[a-z][a-z0-9-]+$' } };
const text = { type: 'string', minLength: 1 };
const dated = { source: text, date: { type: 'string', pattern: '^20[0-9]{2}-[0-9]{2}-[0-9]{2}$' } };
const schema = (title: string, properties: object, row: object, list: string, required: readonly string[]) => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title,
  type: 'object',
  required: ['source', 'date', 'limits', list],
  additionalProperties: false,
  properties: {
    ...dated,
    ...properties,
    [list]: {
      type: 'array',
      minItems: 1,
      items: { type: 'object', required, additionalProperties: false, properties: row },
    },
  },
});

const limits = (...names: readonly string[]) => ({
  type: 'object',
  required: names,
  additionalProperties: false,
  properties: Object.fromEntries(names.map((name) => [name, { type: 'integer', minimum: 1 }])),
});

const mapping = {
  type: 'object',
  required: ['id', 'basis'],
  additionalProperties: false,
  properties: { id: { type: 'string', pattern: '^[a-z]{2}-[1-9][0-9]*(\\.[1-9][0-9]*)?$' }, basis: { const: 'own' } },
};

export const organizationPoliciesSchema = schema(
  'Rampart organization policies',
  { limits: limits('characters', 'attached') },
  {
    sid: { type: 'string', pattern: '^[A-Za-z0-9]{1,64}$' },
    type: { enum: ['scp', 'rcp'] },
    requirements: ids,
    controls: { type: 'array', minItems: 1, items: mapping },
    kinds: { type: 'array', minItems: 1, items: { enum: endpointKinds } },
    unless: { const: 'local-storage' },
    statement: { type: 'object', minProperties: 2 },
  },
  'statements',
  ['sid', 'type', 'statement'],
);

export const configRulesSchema = schema(
  'Rampart rules of AWS Config',
  { limits: limits('bytes', 'rules') },
  {
    id: { type: 'string', pattern: '^[A-Z][A-Z0-9_]+$' },
    requirements: ids,
    parameters: { type: 'object', minProperties: 1 },
  },
  'rules',
  ['id', 'requirements'],
);
