import { onUnknown } from './gate.js';
import { categories } from './requirement.js';
import { severities } from './severity.js';

const severity = (description: string) => ({ enum: severities, description });

/** JSON Schema of the `gate` section of a system file. */
export const gateSchema = {
  type: 'object',
  description: 'What every run of the gate keeps to. A command line may be stricter, never looser.',
  additionalProperties: false,
  properties: {
    failOn: severity('Findings of this severity and worse block. Left out: all of them.'),
    unknown: { enum: onUnknown, description: 'Whether what could not be decided blocks or is only warned of.' },
    categories: {
      type: 'object',
      description: 'Thresholds of single categories.',
      additionalProperties: false,
      properties: Object.fromEntries(
        categories.map((category) => [category, severity(`Findings on ${category} of this severity and worse block.`)]),
      ),
    },
    waivers: {
      type: 'object',
      description: 'Stricter limits for waivers than Rampart’s own.',
      additionalProperties: false,
      properties: {
        maxDays: {
          type: 'object',
          description: 'Days from approval to the last day, by severity of the requirement.',
          additionalProperties: false,
          properties: Object.fromEntries(
            severities.map((each) => [
              each,
              {
                type: 'integer',
                title: 'a whole number of days',
                description: `Most days a waiver of ${each} severity may last.`,
                minimum: 1,
                maximum: 3650,
              },
            ]),
          ),
        },
        mostFindings: {
          type: 'integer',
          title: 'a whole number of findings',
          description: 'Most findings one waiver may stand for.',
          minimum: 1,
          maximum: 1000,
        },
      },
    },
  },
} as const;
