import { changeKinds, signals } from '#model/change.js';
import { factFields, minimumPractices, riskFunctions } from '#model/model-record.js';
import { severities } from '#model/severity.js';

const text = { type: 'string', title: 'a text', minLength: 1 } as const;
const like = (pattern: string, title: string) => ({ type: 'string', title, pattern }) as const;
const date = like('^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$', 'a date written YYYY-MM-DD');
const rule = like('^[A-Z]{3}-[A-Z0-9]{3}-[A-Z0-9]{3}$', 'a rule id such as SCN-ADP-NTF');
const days = { type: 'integer', title: 'a whole number', minimum: 1 } as const;
const texts = { type: 'array', items: text, minItems: 1, uniqueItems: true } as const;

/** Members that have to be there, all of them, and those that may. */
const object = (required: Readonly<Record<string, object>>, optional: Readonly<Record<string, object>> = {}) => ({
  type: 'object',
  required: Object.keys(required),
  additionalProperties: false,
  properties: { ...required, ...optional },
});

const each = (names: readonly string[], value: object) =>
  object(Object.fromEntries(names.map((name) => [name, value])));

const schema = (title: string, shape: object) => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title,
  ...shape,
});

/** Schema of `controls/governance/waivers.yaml`. */
export const waiverLimitsSchema = schema(
  'Rampart limits of waivers',
  object({
    basis: { const: 'own' },
    date,
    maxDays: each(severities, days),
    mostFindings: days,
    inheritedMaxDays: days,
  }),
);

/** Schema of `controls/governance/significant-change.yaml`. */
export const changeRulesSchema = schema(
  'Rampart rules on significant changes',
  object({
    version: text,
    date,
    source: text,
    basis: { const: 'own' },
    kinds: each(
      changeKinds,
      object({
        title: text,
        definition: like('^FRD-[A-Z]{3}$', 'a definition’s id such as FRD-ADP'),
        notices: { type: 'array', minItems: 1, items: object({ rule, what: text }, { days, from: text }) },
      }),
    ),
    signals: each(
      signals,
      object({ kind: { enum: changeKinds }, certain: { type: 'boolean', title: 'true or false' }, rule, reason: text }),
    ),
    types: object({ ai: texts, orchestration: texts, providers: { type: 'object', additionalProperties: texts } }),
  }),
);

/** Schema of `controls/governance/ai-use.yaml`. */
export const aiUseSchema = schema(
  'What publications ask of those who use AI',
  object({
    highImpact: object({ source: text, date, practices: each(minimumPractices, text) }),
    riskManagement: object({ source: text, date, functions: each(riskFunctions, text) }),
  }),
);

const fact = object({ value: text, source: text, date });

/** Schema of `controls/models/*.yaml`: no fact without its source and date. */
export const modelFactsSchema = schema(
  'Rampart facts on models',
  object({
    records: {
      type: 'array',
      minItems: 1,
      items: object({
        ids: {
          ...texts,
          items: like('^[A-Za-z0-9][A-Za-z0-9._/:-]*\\*?$', 'a model id, which may end in *'),
        },
        facts: {
          ...object({}, Object.fromEntries(factFields.map((name) => [name, fact]))),
          minProperties: 1,
        },
      }),
    },
  }),
);
