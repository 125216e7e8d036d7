/**
 * JSON Schema (draft 2020-12) of `rampart.yaml`. Shipped at `dist/schemas/system.schema.json` for editors, and compiled into
 * the validator `readSystem` is given. Every `title` of a constrained string reads as "… is not <title>" in an error message.
 * The meaning a schema cannot hold (unique names, regions inside the boundary, the high-water mark) is in
 * `src/plan/system-meaning.ts`.
 */
import { impacts } from './baseline.js';
import { certificationDefinitions, certificationSchema } from './certification-schema.js';
import { eksVllm } from './eks-vllm-schema.js';
import { offeredKinds } from './endpoint.js';
import { azureOpenai, bedrock, bedrockMantle, modelId, region, sagemaker, vertexAi } from './endpoint-schema.js';
import { gateSchema } from './gate-schema.js';
import { modelRecord } from './model-record-schema.js';
import { network } from './network-schema.js';
import { day, text, waiverProperties } from './waiver-schema.js';

/**
 * Options the schema must be compiled with: every error is wanted, a setting may have one of several types, and what is shared
 * is checked by shared code.
 */
export const systemSchemaOptions = { allErrors: true, allowUnionTypes: true, inlineRefs: false } as const;

const account = (description: string) => ({
  type: 'string',
  title:
    'a 12-digit account id in quotes, the id of a subscription or project, or env:NAME to read it from the environment',
  description,
  pattern:
    '^([0-9]{12}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[a-z][a-z0-9-]{4,28}[a-z0-9]|env:[A-Z_][A-Z0-9_]{0,63})$',
  examples: ['env:RAMPART_ACCOUNT'],
});

const level = (objective: string) => ({
  enum: impacts,
  description: `FIPS 199 impact of a loss of ${objective}.`,
});

export const systemSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Rampart system file',
  description: 'What an agency runs: its identity, FIPS 199 impact, boundary, network and model endpoints.',
  type: 'object',
  required: ['name', 'id', 'owner', 'impact', 'boundary', 'network', 'endpoints'],
  additionalProperties: false,
  properties: {
    name: text('one line of text of at most 120 characters', 'Name of the system, as the security plan has it.', 120),
    id: {
      type: 'string',
      title: 'an id of 2 to 40 lower-case letters, digits and single hyphens that starts with a letter',
      description: 'Short stable id. It is used in file names, OSCAL and evidence, so do not change it later.',
      pattern: '^(?=.{2,40}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$',
    },
    owner: {
      type: 'object',
      description: 'Who answers for the system.',
      required: ['organization', 'contact'],
      additionalProperties: false,
      properties: {
        organization: text('one line of text', 'Agency or office that owns the system.'),
        contact: text('one line of text', 'Mail address or role that can be reached, e.g. isso@agency.example.'),
      },
    },
    impact: {
      type: 'object',
      description: 'FIPS 199 categorization. The highest of the three (the high-water mark) decides the baseline.',
      required: ['confidentiality', 'integrity', 'availability'],
      additionalProperties: false,
      properties: {
        confidentiality: level('confidentiality'),
        integrity: level('integrity'),
        availability: level('availability'),
      },
    },
    baseline: {
      type: 'string',
      title: 'a baseline id such as fedramp-rev5-moderate',
      description:
        'Baseline to meet. Left out, the high-water mark chooses it. A weaker one than the impact needs is refused.',
      pattern: '^[a-z0-9][a-z0-9-]{1,63}$',
      examples: ['fedramp-rev5-moderate', 'fedramp-rev5-high'],
    },
    boundary: {
      type: 'object',
      description: 'The authorization boundary: where data may be.',
      required: ['partition', 'regions'],
      additionalProperties: false,
      properties: {
        partition: {
          type: 'string',
          title: 'a partition such as aws-us-gov',
          description:
            'Partition every ARN and host must belong to: aws-us-gov, or one your boundary file states. Or another cloud: azure-us-gov, google-us.',
          pattern: '^[a-z]{3,12}(-[a-z]{1,8}){0,3}$',
          examples: ['aws-us-gov', 'azure-us-gov', 'google-us'],
        },
        data: {
          type: 'string',
          title: 'a path to a YAML file beside or below this one, such as boundary.yaml',
          description:
            'Boundary file of your own: what you have seen of regions, resource types, models and instance families that Rampart’s dated lists do not hold.',
          maxLength: 200,
          pattern: '^(?!.*(^|/)\\.\\.?(/|$))[A-Za-z0-9_][A-Za-z0-9._/-]*\\.ya?ml$',
          examples: ['boundary.yaml'],
        },
        regions: {
          type: 'array',
          description: 'Regions data may be stored and processed in.',
          minItems: 1,
          maxItems: 10,
          uniqueItems: true,
          items: region,
        },
        account: account(
          'AWS account the system runs in, 12 digits in quotes, Azure subscription in small letters, or project of Google Cloud; or env:NAME so that the file need not hold it.',
        ),
        trustedAccounts: {
          type: 'array',
          description:
            'Accounts beside it that policies, peerings and shares may name: of the same boundary, or of one there is an agreement with.',
          maxItems: 100,
          uniqueItems: true,
          items: {
            type: 'object',
            required: ['account', 'reason'],
            additionalProperties: false,
            properties: {
              account: account('12 digits in quotes, the id of a subscription or project, or env:NAME.'),
              reason: text('one line of text', 'What the account is, and why it is trusted.'),
            },
          },
        },
        models: {
          type: 'array',
          description: 'Bedrock models you have seen offered that Rampart’s dated list does not hold.',
          maxItems: 50,
          items: {
            type: 'object',
            required: ['id', 'regions', 'source', 'date'],
            additionalProperties: false,
            properties: {
              id: {
                type: 'string',
                title: 'a Bedrock model id such as openai.gpt-oss-120b-1:0',
                description: 'Bedrock model id, without a geographic prefix.',
                pattern: modelId,
              },
              regions: {
                type: 'array',
                description:
                  'Regions that serve the model in-Region; may be empty when only a geographic profile exists.',
                uniqueItems: true,
                maxItems: 10,
                items: region,
              },
              geoProfile: {
                type: 'string',
                title: 'a us-gov. inference profile id',
                description: 'Geographic inference profile of the model.',
                pattern: '^us-gov\\.[A-Za-z0-9][A-Za-z0-9._:-]{2,120}$',
              },
              source: text('one line of text', 'Where you have seen it.'),
              date: day('When you have seen it, YYYY-MM-DD.'),
            },
          },
        },
      },
    },
    network,
    endpoints: {
      type: 'array',
      description: 'The model endpoints of the system.',
      minItems: 1,
      maxItems: 50,
      items: {
        type: 'object',
        required: ['kind'],
        properties: { kind: { enum: offeredKinds, description: 'What serves the model.' }, record: modelRecord },
        allOf: [
          {
            if: { properties: { kind: { const: 'bedrock' } }, required: ['kind'] },
            // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
            then: bedrock,
          },
          {
            if: { properties: { kind: { const: 'sagemaker' } }, required: ['kind'] },
            // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
            then: sagemaker,
          },
          {
            if: { properties: { kind: { const: 'bedrock-mantle' } }, required: ['kind'] },
            // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
            then: bedrockMantle,
          },
          {
            if: { properties: { kind: { const: 'eks-vllm' } }, required: ['kind'] },
            // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
            then: eksVllm,
          },
          {
            if: { properties: { kind: { const: 'azure-openai' } }, required: ['kind'] },
            // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
            then: azureOpenai,
          },
          {
            if: { properties: { kind: { const: 'vertex-ai' } }, required: ['kind'] },
            // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
            then: vertexAi,
          },
        ],
      },
    },
    settings: {
      type: 'object',
      description: 'Your own values of settings, tighter than the plan’s only. `rampart plan` lists them.',
      maxProperties: 200,
      propertyNames: {
        type: 'string',
        title: 'a setting id such as logging.retention-days',
        pattern: '^[a-z][a-z0-9-]*(\\.[a-z0-9][a-z0-9-]*)+$',
        maxLength: 80,
      },
      additionalProperties: {
        type: ['boolean', 'integer', 'string', 'array'],
        title: 'a boolean, a whole number, a text or a list of texts',
        maxLength: 400,
        maxItems: 200,
        items: { type: 'string', maxLength: 400 },
      },
    },
    inherited: {
      type: 'array',
      description:
        'What the system needs and somebody else provides, such as the trail of an organization. It is then not called missing; Rampart does not look at it.',
      maxItems: 100,
      items: {
        type: 'object',
        required: ['requirement', 'from', 'reference', 'seen'],
        additionalProperties: false,
        properties: {
          requirement: { ...waiverProperties.requirement, description: 'Requirement that asks for it.' },
          from: text('one line of text', 'Who provides it: a landing zone, an office, an authorized service.'),
          reference: text(
            'one line of text',
            'Where it can be read: the package of an authorization, a security plan, an agreement.',
          ),
          seen: day('Day somebody last saw that it is there, YYYY-MM-DD. After a year it counts as unknown.'),
        },
      },
    },
    waivers: {
      type: 'array',
      description:
        'Accepted deviations. Each names who accepted it and ends on a day; it stays visible in every output.',
      maxItems: 500,
      items: {
        type: 'object',
        required: ['requirement', 'resource', 'owner', 'approver', 'reason', 'expires'],
        additionalProperties: false,
        properties: waiverProperties,
      },
    },
    gate: gateSchema,
    certification: certificationSchema,
  },
  $defs: certificationDefinitions,
} as const;
