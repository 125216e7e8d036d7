import { endpointKinds } from './endpoint.js';
import { modelId, partitionPattern, region } from './endpoint-schema.js';

/** Every `title` of a constrained string reads as "… is not <title>" in an error message. */
const line = (title = 'one line of text', maxLength = 400) =>
  ({
    type: 'string',
    title,
    minLength: 1,
    maxLength,
    pattern: '^(?=.*\\S)[^\\u0000-\\u001f\\u007f-\\u009f\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069]*$',
  }) as const;

const like = (pattern: string, title: string) => ({ type: 'string', title, pattern }) as const;

const listOf = <Items>(items: Items, minItems = 0, maxItems = 5000) =>
  ({ type: 'array', items, minItems, maxItems, uniqueItems: true }) as const;

const partition = like(partitionPattern, 'a partition such as aws-us-gov');
const regions = listOf(like(region.pattern, region.title), 0, 40);

/** Each fact says where and when it was seen. */
const dated = {
  source: line(),
  date: like('^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$', 'a date written YYYY-MM-DD'),
} as const;

const row = <Required extends string, Properties extends object>(required: Required[], properties: Properties) =>
  ({
    type: 'object',
    required: [...required, 'source', 'date'],
    additionalProperties: false,
    properties: { ...properties, ...dated },
  }) as const;

const offers = (id: object) =>
  listOf(row(['ids', 'regions'], { ids: listOf(id, 1), regions, lacking: regions }), 1, 500);

const whole = (maximum: number) => ({ type: 'integer', minimum: 1, maximum }) as const;

const family = like('^(ml\\.)?[a-z][a-z0-9-]{1,19}$', 'an instance family such as g6, or ml.g6 for SageMaker alone');
/** What requirements ask of the managed policies of AWS. */
export const policyGrants = [
  'administrator',
  'service-wildcard',
  'escalation',
  'pass-role',
  'decryption',
  'bedrock-models',
  'model-profiles',
  'invocation',
  'bedrock-api-keys',
  'own-api-keys',
  'mantle-inference',
  'mantle-api-keys',
  'data-retention',
] as const;

const host = like('^[a-z0-9{}.-]{1,200}$', 'a host name, with {region} for the region');

/**
 * JSON Schema (draft 2020-12) of a boundary file: the user's, and each of those under `controls/boundary/`. Shipped at
 * `dist/schemas/boundary.schema.json` for editors. What a schema cannot hold is in `src/plan/read-boundary.ts`.
 */
export const boundarySchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Rampart boundary file',
  description: 'What exists where, each row with its source and date. Rows of the same id replace what Rampart ships.',
  type: 'object',
  minProperties: 1,
  additionalProperties: false,
  properties: {
    partitions: listOf(
      row(['id', 'regions', 'dnsSuffix'], {
        id: partition,
        title: line(),
        regions: { ...regions, minItems: 1 },
        dnsSuffix: like('^[a-z0-9.-]{3,60}$', 'a domain such as amazonaws.com'),
      }),
      1,
      20,
    ),
    kinds: listOf(
      row(['kind', 'regions'], { kind: { enum: endpointKinds }, regions, limits: listOf(line(), 1, 20) }),
      1,
      20,
    ),
    services: listOf(
      row(['id', 'fips', 'privatelink'], {
        id: like('^[a-z0-9][a-z0-9-]{1,60}$', 'a service such as bedrock-runtime'),
        fips: { anyOf: [host, { type: 'null' }], title: 'a host name with {region}, or null where none is known' },
        privatelink: listOf(like('^[a-z0-9][a-z0-9.-]{1,80}$', 'a name such as sagemaker.api'), 0, 20),
      }),
      1,
      500,
    ),
    types: offers(
      like('^[A-Za-z][A-Za-z0-9_:]{2,200}\\*?$', 'a resource type such as AWS::Bedrock::Agent or aws_macie2_*'),
    ),
    families: offers(family),
    models: listOf(
      row(['id', 'regions'], {
        id: like(modelId, 'a Bedrock model id such as openai.gpt-oss-120b-1:0'),
        kind: { const: 'bedrock' },
        provider: line('one line of text', 80),
        title: line('one line of text', 120),
        regions,
        lacking: regions,
        geoProfile: like('^us-gov\\.[A-Za-z0-9][A-Za-z0-9._:-]{2,120}$', 'a us-gov. inference profile id'),
      }),
      1,
      2000,
    ),
    mantleModels: listOf(
      row(['id', 'regions'], {
        id: like(modelId, 'a model id of Bedrock’s OpenAI-compatible plane such as openai.gpt-oss-120b'),
        regions,
        lacking: regions,
      }),
      1,
      2000,
    ),
    nvmeFamilies: row(['families'], { families: listOf(family), without: listOf(family) }),
    registries: listOf(
      row(['region', 'account'], {
        region: like(region.pattern, region.title),
        account: like('^[0-9]{12}$', 'a 12-digit account id in quotes'),
      }),
      1,
      40,
    ),
    serviceAccounts: listOf(
      row(['account', 'service'], {
        account: like('^[0-9]{12}$', 'a 12-digit account id in quotes'),
        service: line('one line of text', 120),
      }),
      1,
      500,
    ),
    managedPolicies: listOf(
      row(['ids', 'grants'], {
        ids: listOf(
          like(
            '^[A-Za-z0-9+=,.@_/-]{1,200}\\*?$',
            'the path of a policy behind policy/, such as service-role/AWSBatchServiceRole',
          ),
          1,
        ),
        grants: listOf({ enum: policyGrants }, 0, policyGrants.length),
        roleOf: listOf(
          like('^[a-z][a-z0-9.-]{1,100}\\.amazonaws\\.com$', 'a service such as batch.amazonaws.com'),
          1,
          10,
        ),
      }),
      1,
      500,
    ),
    accelerators: listOf(
      row(['ids', 'device', 'devices', 'cpus', 'memoryGib'], {
        ids: listOf(like('^[a-z][a-z0-9-]{1,16}\\.[a-z0-9]{2,16}$', 'an EC2 instance type such as g6.12xlarge'), 1),
        device: { enum: ['nvidia', 'neuron'] },
        devices: whole(64),
        cores: whole(1024),
        cpus: whole(2048),
        memoryGib: whole(65_536),
      }),
      1,
      500,
    ),
    clouds: listOf(
      row(['id', 'title', 'language', 'locations'], {
        id: like('^[a-z][a-z0-9-]{1,40}$', 'an id such as azure-us-gov'),
        title: line(),
        language: { enum: ['cloudformation', 'terraform', 'kubernetes', 'arm'] },
        locations: listOf(like('^[a-z0-9-]{2,40}$', 'a location such as usgovvirginia'), 1, 200),
        environment: { type: 'object' },
        models: listOf(
          row(['id', 'versions'], {
            id: like('^[A-Za-z0-9][A-Za-z0-9._-]{1,63}$', 'a model such as gpt-4.1'),
            versions: listOf(like('^[0-9][A-Za-z0-9._-]{0,31}$', 'a version such as 2025-04-14, in quotes'), 1, 50),
          }),
          1,
          200,
        ),
      }),
      1,
      20,
    ),
  },
} as const;
