const line = { type: 'string', maxLength: 4000 } as const;

/** JSON Schema of the file `check --write-baseline-file` writes. */
export const acceptedSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Rampart accepted findings',
  description: 'Findings accepted on a day, so that only new ones block.',
  type: 'object',
  required: ['format', 'date', 'baseline', 'controlData', 'findings'],
  additionalProperties: false,
  properties: {
    format: { const: 'rampart-accepted-1' },
    date: { type: 'string', pattern: '^20[0-9]{2}-[0-9]{2}-[0-9]{2}$' },
    baseline: line,
    controlData: line,
    findings: {
      type: 'array',
      maxItems: 100_000,
      items: {
        type: 'object',
        required: ['requirement', 'type', 'resource', 'file', 'verdict', 'reason', 'count'],
        additionalProperties: false,
        properties: {
          requirement: line,
          type: line,
          resource: line,
          file: line,
          verdict: { enum: ['fail', 'unknown'] },
          reason: { type: 'string', maxLength: 20_000 },
          stands: { type: 'string', pattern: '^[0-9a-f]{16}$' },
          count: { type: 'integer', minimum: 1, maximum: 100_000 },
        },
      },
    },
  },
} as const;
