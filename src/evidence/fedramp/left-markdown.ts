import { markup } from '../oscal/text.js';
import type { LeftForPeople } from './left-for-people.js';

/** The list as people read it. */
export function leftMarkdown({ about, documents, toComplete }: LeftForPeople): string {
  return [
    '# Left for people',
    '',
    about,
    '',
    ...documents.flatMap(({ path, schema, state, problems, fields }) => [
      `## ${markup(path)}`,
      '',
      `${state === 'valid' ? 'Valid' : 'A draft, not valid yet'} by ${markup(schema)}.`,
      '',
      ...problems.map((problem) => `- ${markup(problem)}`),
      ...(problems.length > 0 ? [''] : []),
      '| Field | Required | By | Give | Of |',
      '| --- | --- | --- | --- | --- |',
      ...fields.map(({ field, required, by, give = '', of = [] }) =>
        row([`\`${field}\``, required ? 'yes' : 'no', by, give === '' ? '' : `\`${give}\``, of.map(markup).join(', ')]),
      ),
      '',
      ...fields.flatMap(({ field, known = [] }) =>
        known.length > 0 ? [`Known to Rampart of \`${field}\`: ${known.map(markup).join('; ')}`, ''] : [],
      ),
    ]),
    '## Filled with what Rampart knows, to be completed',
    '',
    ...toComplete.map(({ type, field, why }) => `- ${markup(type)} \`${field}\`: ${markup(why)}`),
    '',
  ].join('\n');
}

const row = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
