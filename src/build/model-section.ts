import type { ControlBase } from '#model/base.js';
import { modelRecord } from '#model/model-record-schema.js';
import { code, type Inline, joined, paragraph, type Section, table } from '#report/explain/page.js';

const example = `endpoints:
  - kind: bedrock
    # …
    record:
      intendedUse: [Summaries of case files for caseworkers]
      forbiddenUse: [Decisions on benefits]
      biasTests: [{reference: Test report TR-12, date: "2026-09-01"}]
      retention: {mode: none, seen: "2026-11-01"}
      highImpact:
        determination: high-impact
        by: Chief AI Officer
        date: "2026-10-01"
        reason: Its summaries weigh in decisions on benefits.
        practices:
          impact-assessment: {reference: AIA-7, date: "2026-09-30"}
      riskManagement:
        govern: {reference: AI policy 3.1, date: "2026-02-01"}
`;

/** What the `record` of an endpoint may hold, what is asked of those who use AI, and what Rampart's data fill in. */
export const recordSection = ({ models, aiUse }: ControlBase): Section => ({
  title: 'The record of a model',
  blocks: [
    paragraph(
      'An endpoint of any kind may have a ',
      code('record'),
      ' of its model. All of it is optional and Rampart judges none of it: ',
      code('rampart plan'),
      ' counts what is missing, and evidence tells in ',
      code('results/model-record.json'),
      ' and in its report who says what, and names each gap.',
    ),
    { block: 'manifest', text: example },
    table(
      ['Field', 'What it says'],
      Object.entries(modelRecord.properties as Record<string, { description?: string }>).map(
        ([field, { description = '' }]): Inline[][] => [[code(field)], [description]],
      ),
    ),
    paragraph(
      `Minimum practices (${aiUse.highImpact.source}, ${aiUse.highImpact.date}), asked for where the use is high-impact: `,
      ...joined(Object.keys(aiUse.highImpact.practices).map((name) => code(name))),
      `. Functions (${aiUse.riskManagement.source}, ${aiUse.riskManagement.date}): `,
      ...joined(Object.keys(aiUse.riskManagement.functions).map((name) => code(name))),
      '.',
    ),
  ],
  sections: [
    {
      title: 'What Rampart fills in',
      blocks: [
        paragraph(
          'Where the system file says nothing of these; of the rows that fit a model, the last that states a field holds. Publications change: the day says how old the knowledge is.',
        ),
        table(
          ['Models', 'Field', 'Value', 'Source'],
          models.flatMap(({ ids, facts }) =>
            Object.entries(facts).map(([field, { value, source, date }], at): Inline[][] => [
              at === 0 ? joined(ids.map((id) => code(id))) : [],
              [code(field)],
              [value],
              [`${source} (${date})`],
            ]),
          ),
        ),
      ],
    },
  ],
});
