import { type Assessment, type Json, originOf, property } from './assessment.js';
import { line, markup } from './text.js';
import { uuidOf } from './uuid.js';

const observationUuid = ({ run }: Assessment, file: string, at: number): string => uuidOf(run, 'not-read', file, at);

/** One observation of each file that could not be read: nothing may look as if all had been judged. */
export const notReadObservations = (assessment: Assessment): Json[] =>
  (assessment.input.notRead ?? []).map(({ file, why }, at) => ({
    uuid: observationUuid(assessment, file, at),
    title: `${markup(file)}: not read`,
    description: markup(why),
    props: [property('verdict', 'error'), property('file', line(file))],
    methods: ['EXAMINE'],
    types: ['finding'],
    origins: [originOf(assessment)],
    subjects: [{ 'subject-uuid': assessment.system, type: 'component' }],
    collected: assessment.input.time,
    remarks: 'The file could not be read, so nothing of what it declares was judged. It is treated as not met.',
  }));

/** The risk of all of them: no control is known that they speak against, and tools count what is open by its risks. */
export function notReadRisks(assessment: Assessment): Json[] {
  const { notRead = [] } = assessment.input;
  if (notRead.length === 0) return [];
  const files = notRead.length === 1 ? 'A file' : `${notRead.length} files`;
  return [
    {
      uuid: uuidOf(assessment.lasting, 'risk', 'not-read'),
      title: `${files} could not be read`,
      description: notRead.map(({ file, why }) => `${markup(file)}: ${markup(why)}`).join('; '),
      statement: 'What was not read may hold anything, so it is treated as not met.',
      props: [property('verdict', 'error')],
      status: 'open',
      origins: [originOf(assessment)],
      'related-observations': notRead.map(({ file }, at) => ({
        'observation-uuid': observationUuid(assessment, file, at),
      })),
    },
  ];
}
