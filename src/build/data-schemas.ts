import { boundarySchema } from '#model/boundary-schema.js';
import { requirementSchema } from '#model/requirement-schema.js';
import { systemSchema } from '#model/system-schema.js';
import { aiUseSchema, changeRulesSchema, modelFactsSchema, waiverLimitsSchema } from './governance-schemas.js';
import { configRulesSchema, organizationPoliciesSchema } from './guardrail-schemas.js';

/** Every `title` of a constrained string reads as "… is not <title>" in an error message. */
const like = (pattern: string, title: string) => ({ type: 'string', title, pattern }) as const;

const text = { type: 'string', title: 'a text', minLength: 1 } as const;
const date = like('^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$', 'a date written YYYY-MM-DD');
const control = like('^[a-z]{2}-[1-9][0-9]*(\\.[1-9][0-9]*)?$', 'a control id in OSCAL form such as sc-28.1');
const controls = { type: 'array', items: control, uniqueItems: true } as const;
const family = '^[a-z]{2}$';

const record = (pattern: string, title: string, value: object) => ({
  type: 'object',
  propertyNames: like(pattern, title),
  additionalProperties: value,
});

const object = (required: readonly string[], properties: Readonly<Record<string, object>>) => ({
  type: 'object',
  required,
  additionalProperties: false,
  properties,
});

const rowsOf = (required: readonly string[], properties: Readonly<Record<string, object>>) => ({
  type: 'array',
  minItems: 1,
  items: object(required, properties),
});

const indicator = like('^KSI-[A-Z]{3}-[A-Z0-9]{3}$', 'an indicator id such as KSI-SVC-SIN');
const rule = like('^[A-Z]{3}-[A-Z0-9]{3}-[A-Z0-9]{3}$', 'a rule id such as VDR-TFR-MHR');
const force = { enum: ['MUST', 'MUST NOT', 'SHOULD', 'SHOULD NOT', 'MAY'] };
const byClass = (value: object) => ({
  type: 'object',
  additionalProperties: false,
  properties: { a: value, b: value, c: value, d: value },
});

const schema = (title: string, shape: object) => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title,
  ...shape,
});

const baseline = schema(
  'Rampart baseline',
  object(['id', 'title', 'source', 'date', 'controls', 'parameters'], {
    id: like('^[a-z0-9][a-z0-9-]{1,63}$', 'a baseline id such as fedramp-rev5-moderate'),
    title: text,
    impact: { enum: ['low', 'moderate', 'high'] },
    source: text,
    date,
    controls: { ...controls, minItems: 1 },
    parameters: record('^[a-z]{2}-[0-9].*_(odp|prm)', 'an OSCAL parameter id such as au-11_odp', {
      type: 'array',
      items: text,
      minItems: 1,
    }),
    indicators: record('^KSI-', 'an indicator id such as KSI-SVC-SIN', { enum: ['required', 'optional'] }),
  }),
);

const catalog = schema(
  'Rampart catalog',
  object(['source', 'controls'], {
    source: text,
    families: record(family, 'a family of controls such as ac', text),
    controls: rowsOf(['id', 'label', 'title'], {
      id: control,
      label: like('^[A-Z]{2}-[1-9][0-9]*(\\([1-9][0-9]*\\))?$', 'a printed label such as SC-28(1)'),
      title: text,
      titleSource: { const: 'by-hand' },
      parameters: { const: 'none' },
    }),
  }),
);

const threats = schema(
  'Rampart threats',
  object(['threats'], {
    threats: rowsOf(['id', 'title', 'description'], {
      id: like('^[a-z]+(-[a-z]+)*$', 'an id such as credential-theft'),
      title: text,
      description: text,
    }),
  }),
);

const nature = schema(
  'Rampart natures of controls',
  object(['natures', 'families', 'exceptions'], {
    natures: record('^[a-z]+$', 'a kind of work in one word', text),
    families: record(family, 'a family of controls such as ac', text),
    exceptions: record(control.pattern, control.title, text),
  }),
);

const rules = schema(
  'FedRAMP Consolidated Rules',
  object(['version', 'date', 'source', 'indicators', 'families', 'rules'], {
    version: text,
    date,
    source: text,
    indicators: rowsOf(['id', 'theme', 'name', 'classes', 'controls'], {
      id: indicator,
      theme: text,
      name: text,
      classes: {
        anyOf: [{ const: 'all' }, byClass({ enum: ['required', 'optional'] })],
        title: 'all, or a map of classes',
      },
      controls,
    }),
    families: record('^[A-Z]{3}$', 'a family of rules such as VDR', text),
    rules: rowsOf(['id', 'name', 'appliesTo', 'force'], {
      id: rule,
      name: text,
      appliesTo: { enum: ['all', 'rev5', '20x'] },
      force: { anyOf: [force, byClass(force)], title: `${force.enum.join(', ')}, or a map of classes` },
      months: byClass({ type: 'integer', minimum: 1 }),
    }),
  }),
);

const answers = schema(
  'What a bundle says of FedRAMP’s rules',
  object(['answers'], { answers: rowsOf(['rule', 'says'], { rule, says: text, checked: text }) }),
);

const related = schema(
  'What Rampart relates to FedRAMP’s indicators',
  object(['related'], {
    related: rowsOf(['indicator', 'controls', 'because'], { indicator, controls, because: text }),
  }),
);

const days = { type: 'integer', title: 'a number of days', minimum: 1 } as const;

const retention = schema(
  'Rampart retention profiles',
  object(['profiles'], {
    profiles: rowsOf(['id', 'title', 'asks', 'kept', 'source', 'date'], {
      id: like('^[a-z0-9][a-z0-9.-]{1,63}$', 'a profile id such as nara-grs-3.2'),
      title: text,
      asks: text,
      searchable: days,
      kept: days,
      source: text,
      date,
    }),
  }),
);

const onNetwork = { enum: ['created', 'existing'] };
/** One text, or one for each kind of network. */
const said = {
  anyOf: [text, object(['created', 'existing'], { created: text, existing: text })],
  title: 'a text, or one for each network',
};
const onInference = { enum: ['real-time', 'async'] };
const diagram = schema(
  'Diagram of an endpoint kind',
  object(['parts', 'flows'], {
    over: text,
    parts: record('^[a-z][a-z-]*$', 'a name of a part such as trail-bucket', {
      ...object(['role', 'place', 'label'], {
        role: { enum: ['people', 'application', 'gateway', 'compute', 'model', 'key', 'store', 'log', 'guard'] },
        place: { enum: ['outside', 'network', 'account', 'provider'] },
        label: text,
        detail: said,
        sealed: { const: true },
        network: onNetwork,
        inference: onInference,
      }),
    }),
    flows: rowsOf(['from', 'to', 'carries', 'protection'], {
      from: text,
      to: text,
      carries: text,
      protection: said,
      network: onNetwork,
      inference: onInference,
    }),
  }),
);

/** Which files of the checkout hold which kind of data: the first pattern that fits decides. */
export const dataSchemas: readonly { path: RegExp; kind: string; schema: object }[] = [
  { path: /^controls\/baselines\/[^/]+\.yaml$/, kind: 'a baseline', schema: baseline },
  { path: /^controls\/boundary\/[^/]+\.yaml$/, kind: 'boundary data', schema: boundarySchema },
  { path: /^controls\/catalog\/fedramp-rules\.yaml$/, kind: 'FedRAMP’s rules', schema: rules },
  { path: /^controls\/catalog\/fedramp-answers\.yaml$/, kind: 'what a bundle says of rules', schema: answers },
  { path: /^controls\/catalog\/fedramp-related\.yaml$/, kind: 'what Rampart relates to indicators', schema: related },
  { path: /^controls\/catalog\/nature\.yaml$/, kind: 'the natures of controls', schema: nature },
  { path: /^controls\/catalog\/threats\.yaml$/, kind: 'the threats', schema: threats },
  { path: /^controls\/catalog\/[^/]+\.yaml$/, kind: 'a catalog of controls', schema: catalog },
  { path: /^controls\/governance\/ai-use\.yaml$/, kind: 'what is asked of the use of AI', schema: aiUseSchema },
  { path: /^controls\/governance\/waivers\.yaml$/, kind: 'the limits of waivers', schema: waiverLimitsSchema },
  { path: /^controls\/governance\/significant-change\.yaml$/, kind: 'kinds of changes', schema: changeRulesSchema },
  { path: /^controls\/guardrails\/config-rules\.yaml$/, kind: 'rules of AWS Config', schema: configRulesSchema },
  {
    path: /^controls\/guardrails\/organization-policies\.yaml$/,
    kind: 'organization policies',
    schema: organizationPoliciesSchema,
  },
  { path: /^controls\/models\/[^/]+\.yaml$/, kind: 'facts on models', schema: modelFactsSchema },
  { path: /^controls\/requirements\/[^/]+\/[^/]+\.yaml$/, kind: 'a requirement', schema: requirementSchema },
  { path: /^controls\/retention\/[^/]+\.yaml$/, kind: 'retention profiles', schema: retention },
  { path: /^templates\/(blocks\/diagram\/[^/]+|[^/]+\/diagram)\.yaml$/, kind: 'a diagram', schema: diagram },
  { path: /^templates\/system\/[^/]+\.yaml$/, kind: 'a system file', schema: systemSchema },
];
