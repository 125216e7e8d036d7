import { endpointKinds } from './endpoint.js';

/** A path, key or predicate name with anything under it: the language of conditions is checked where it is judged. */
const condition = { type: 'object' } as const;

const types = {
  anyOf: [
    { type: 'string', minLength: 1 },
    { type: 'array', items: { type: 'string', minLength: 1 }, minItems: 1 },
  ],
} as const;

const endpoints = {
  type: 'array',
  items: { enum: endpointKinds },
  minItems: 1,
  uniqueItems: true,
} as const;

const examples = (least: number) =>
  ({ type: 'array', items: { type: 'string', minLength: 1 }, minItems: least }) as const;

const examplesOf = (leastPasses: number) =>
  ({
    type: 'object',
    required: ['pass', 'fail', 'unknown'],
    additionalProperties: false,
    properties: { pass: examples(leastPasses), fail: examples(2), unknown: examples(1) },
  }) as const;

const each = {
  type: 'object',
  required: ['each', 'must'],
  additionalProperties: false,
  properties: { each: types, where: condition, must: condition },
} as const;

const exists = {
  type: 'object',
  required: ['exists'],
  additionalProperties: false,
  properties: { exists: types, must: condition, kinds: endpoints },
} as const;

const live = {
  type: 'object',
  required: ['probe', 'must'],
  additionalProperties: false,
  properties: { probe: { type: 'string', minLength: 1 }, where: condition, must: condition },
} as const;

const expectations = { type: 'array', items: { anyOf: [each, exists] }, minItems: 1 } as const;

const controlId = { type: 'string', pattern: '^[a-z]{2}-[1-9][0-9]*(\\.[1-9][0-9]*)?$' } as const;

const mapping = {
  anyOf: [
    {
      type: 'object',
      required: ['id', 'basis', 'source'],
      additionalProperties: false,
      properties: { id: controlId, basis: { const: 'sourced' }, source: { type: 'string', minLength: 1 } },
    },
    {
      type: 'object',
      required: ['id', 'basis'],
      additionalProperties: false,
      properties: { id: controlId, basis: { const: 'own' } },
    },
  ],
} as const;

const setting = {
  type: 'object',
  required: ['type', 'combine', 'default', 'description'],
  additionalProperties: false,
  properties: {
    type: { enum: ['boolean', 'integer', 'string', 'list'] },
    combine: { enum: ['max', 'min', 'all', 'union', 'intersection', 'equal', 'choice'] },
    default: { type: ['boolean', 'number', 'string', 'array'] },
    description: { type: 'string', minLength: 1 },
    range: { type: 'array', items: { type: 'integer' }, minItems: 2, maxItems: 2 },
    allowed: { type: 'array', items: { type: ['string', 'number'] }, minItems: 1 },
    byBaseline: { type: 'object', additionalProperties: { type: ['boolean', 'number', 'string', 'array'] } },
    parameter: { type: 'string', minLength: 1 },
    rule: { type: 'string', minLength: 1 },
    profile: {
      type: 'object',
      required: ['setting', 'days'],
      additionalProperties: false,
      properties: { setting: { type: 'string', minLength: 1 }, days: { enum: ['searchable', 'kept'] } },
    },
  },
} as const;

export const languages = ['cloudformation', 'terraform', 'kubernetes', 'arm'] as const;

const perLanguage = <Shape>(shape: Shape): Record<string, Shape> =>
  Object.fromEntries(languages.map((language) => [language, shape]));

/** JSON Schema (draft 2020-12) of a file under `controls/requirements/`. The category is the folder, not a field. */
export const requirementSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Rampart requirement',
  type: 'object',
  required: [
    'id',
    'title',
    'severity',
    'rationale',
    'remediation',
    'controls',
    'threats',
    'endpoints',
    'expect',
    'examples',
  ],
  additionalProperties: false,
  properties: {
    id: { type: 'string', pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' },
    title: { type: 'string', minLength: 1, maxLength: 120 },
    severity: { enum: ['critical', 'high', 'medium', 'low'] },
    rationale: { type: 'string', minLength: 1 },
    remediation: { type: 'string', minLength: 1 },
    controls: { type: 'array', items: mapping, minItems: 1, uniqueItems: true },
    threats: {
      type: 'array',
      items: {
        enum: [
          'credential-theft',
          'api-abuse',
          'supply-chain',
          'accidental-exposure',
          'container-vulnerabilities',
          'gpu-infrastructure',
          'industrial-espionage',
        ],
      },
      minItems: 1,
      uniqueItems: true,
    },
    endpoints,
    settings: {
      type: 'object',
      propertyNames: { pattern: '^[a-z]+(-[a-z]+)*\\.[a-z]+(-[a-z]+)*$' },
      additionalProperties: setting,
    },
    fix: { const: 'none' },
    sensitive: { const: true },
    expect: {
      type: 'object',
      minProperties: 1,
      additionalProperties: false,
      properties: { ...perLanguage(expectations), live: { type: 'array', items: live, minItems: 1 } },
    },
    examples: {
      type: 'object',
      additionalProperties: false,
      properties: {
        ...perLanguage(examplesOf(1)),
        // That a live fact is wrong may be certain where that it is right cannot be.
        live: examplesOf(0),
      },
    },
  },
} as const;
