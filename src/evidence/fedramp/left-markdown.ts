import { markup } from '../oscal/text.js';
import { type LeftDocument, type LeftForPeople, standingOf } from './left-for-people.js';

/** The list as people read it. */
export function leftMarkdown({ about, documents, toComplete }: LeftForPeople): string {
  return [
    '# Left for people',
    '',
    about,
    '',
    ...documents.flatMap(pageOf),
    '## Filled with what Rampart knows, to be completed',
    '',
    ...toComplete.map(({ type, field, why }) => `- ${markup(type)} \`${field}\`: ${markup(why)}`),
    '',
  ].join('\n');
}

function pageOf(document: LeftDocument): string[] {
  const { path, schema, problems, fields } = document;
  return [
    `## ${markup(path)}`,
    '',
    standingOf(document, markup(schema)),
    '',
    ...problems.map((problem) => `- ${markup(problem)}`),
    ...(problems.length > 0 ? [''] : []),
    ...(fields.length > 0 ? ['| Field | Required | By | Give | Of |', '| --- | --- | --- | --- | --- |'] : []),
    ...fields.map(({ field, required, by, give = '', of = [] }) =>
      row([`\`${field}\``, required ? 'yes' : 'no', by, give === '' ? '' : `\`${give}\``, of.map(markup).join(', ')]),
    ),
    ...(fields.length > 0 ? [''] : []),
    ...fields.flatMap(({ field, known = [] }) =>
      known.length > 0 ? [`Known to Rampart of \`${field}\`: ${known.map(sentence).join(' ')}`, ''] : [],
    ),
  ];
}

const sentence = (text: string): string => markup(text).replace(/[^.]$/, '$&.');

const row = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
