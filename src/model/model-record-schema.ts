import { determinations, minimumPractices, riskFunctions } from './model-record.js';
import { day, text } from './waiver-schema.js';

const line = (description: string, limit = 400) =>
  text(`one line of text of at most ${limit} characters`, description, limit);

const object = (
  description: string,
  properties: Readonly<Record<string, object>>,
  required: readonly string[] = [],
) => ({
  type: 'object',
  description,
  ...(required.length > 0 ? { required } : {}),
  additionalProperties: false,
  properties,
});

const reference = (description: string, more: Readonly<Record<string, object>> = {}) =>
  object(
    description,
    {
      reference: line('Where it can be read: the name of a document, or an address.'),
      date: day('Day of that document, YYYY-MM-DD.'),
      ...more,
    },
    ['reference', 'date'],
  );

const several = (title: string, description: string, items: object) => ({
  type: 'array',
  title,
  description,
  minItems: 1,
  maxItems: 50,
  items,
});

const uses = (description: string) => several('a list of texts', description, line('One use.'));

/** Names with one kind of thing each. Spelled as a map, since one schema for each name makes the validator half as large again. */
const each = (description: string, what: string, names: readonly string[], of: object) => ({
  type: 'object',
  description,
  propertyNames: { title: `${what}: ${names.join(', ')}`, enum: names },
  additionalProperties: of,
});

/** The `record` of an endpoint in a system file: JSON Schema, where every `title` reads as "… is not <title>". */
export const modelRecord = object(
  'What is known of the model itself. All of it is optional; `rampart plan` counts what is missing, reports name it.',
  {
    provider: line('Who made the model.'),
    version: line('Version of the model.'),
    license: line('Licence of the model, or the terms it is used under.'),
    card: line('Its model or system card: the name of a document, or an address.'),
    usePolicy: line('The maker’s policy of what the model may not be used for.'),
    artifacts: several(
      'a list of artifacts',
      'Files the model is loaded from, beside those the endpoint names by digest already.',
      object(
        'One file.',
        {
          name: line('Name of the file.', 200),
          sha256: {
            type: 'string',
            title: 'a SHA-256 of 64 lower-case hex digits',
            description: 'Its SHA-256.',
            pattern: '^[0-9a-f]{64}$',
          },
          from: line('Where the endpoint loads it from, e.g. s3://bucket/key.', 1100),
        },
        ['name', 'sha256'],
      ),
    ),
    origin: line('Where the files came from, and who brought them here.'),
    intendedUse: uses('What the system uses the model for.'),
    forbiddenUse: uses('What the system does not let the model be used for.'),
    evaluations: several('a list of references', 'Evaluations of the model.', reference('An evaluation.')),
    biasTests: several('a list of references', 'Tests of the model for bias.', reference('A bias test.')),
    providerRetention: line('What the provider keeps of prompts and answers, and for how long.'),
    retention: object(
      'The data-retention mode in force, as somebody saw it.',
      {
        mode: {
          type: 'string',
          title: 'a data-retention mode such as none',
          description:
            'The mode that is set. Bedrock knows none, default, aws_review, provider_data_share and inherit.',
          pattern: '^[a-z][a-z0-9_-]{1,39}$',
          examples: ['none', 'default'],
        },
        seen: day('Day it was seen, YYYY-MM-DD.'),
      },
      ['mode', 'seen'],
    ),
    highImpact: object(
      'Whether the use is high-impact AI in the meaning of OMB M-25-21.',
      {
        determination: { enum: determinations, description: 'What was determined.' },
        by: line('Who determined it.'),
        date: day('Day of the determination, YYYY-MM-DD.'),
        reason: line('Why.', 1000),
        practices: each(
          'The minimum practices of M-25-21, section 4(b), each with where it can be read.',
          'a minimum practice',
          minimumPractices,
          reference('What shows that the practice is followed.', {
            waivedBy: line('Chief AI Officer who waived the practice; then the reference is the waiver.'),
          }),
        ),
      },
      ['determination'],
    ),
    riskManagement: each(
      'Where the functions of NIST’s AI Risk Management Framework are carried out for this use.',
      'a function of the framework',
      riskFunctions,
      reference('What shows it.'),
    ),
  },
);

/** Stands in the schema of each kind, which would refuse `record` otherwise; what it holds is said once for all kinds. */
export const recordPlace = {
  type: 'object',
  description: 'What is known of the model itself; the same for all kinds.',
};
