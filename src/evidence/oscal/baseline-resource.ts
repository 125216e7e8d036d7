import type { Assessment, Json } from './assessment.js';
import { markup } from './text.js';
import { uuidOf } from './uuid.js';

export const baselineUuid = ({ input, lasting }: Assessment): string => uuidOf(lasting, 'baseline', input.baseline.id);

/** Where the list of controls was read, as a resource of the back matter. */
export const baselineResource = (assessment: Assessment): Json => {
  const { id, title, source } = assessment.input.baseline;
  return {
    uuid: baselineUuid(assessment),
    title: markup(title),
    description: `The baseline ${markup(id)}${source ? `, as read at ${markup(source)}` : ''}.`,
  };
};
