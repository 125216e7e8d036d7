import { mostPins } from './waiver.js';

/** JSON Schema of a waiver, and of `rampart-waivers.yaml`, which holds them. Every `title` reads as "… is not <title>". */

export const text = (title: string, description: string, maxLength = 200) => ({
  type: 'string',
  title,
  description,
  minLength: 1,
  maxLength,
  // No control characters and none that reorder text: the text is printed to terminals and written into documents.
  // Written to match in linear time, since it runs before the length limit is known to hold.
  pattern: '^(?=.*\\S)[^\\u0000-\\u001f\\u007f-\\u009f\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069]*$',
});

export const day = (description: string) => ({
  type: 'string',
  title: 'a date written YYYY-MM-DD',
  description,
  pattern: '^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$',
});

export const waiverProperties = {
  requirement: {
    type: 'string',
    title: 'a requirement id such as kms-key-rotation',
    description: 'Requirement that is not met.',
    pattern: '^[a-z0-9]+(-[a-z0-9]+)*$',
    maxLength: 80,
  },
  resource: text(
    'one line of text',
    'Address of the resource, as findings print it; * stands for any characters, and then type or file is needed.',
    400,
  ),
  type: text('one line of text', 'Type of the resource, as findings print it.', 200),
  file: text('one line of text', 'File the resource is in, as findings print it; * stands for any characters.', 400),
  owner: text('one line of text', 'Who must put it right.'),
  approver: text('one line of text', 'Who accepted the risk; not the owner.'),
  approved: day('Day the risk was accepted, YYYY-MM-DD.'),
  reason: text('one line of text of at most 1000 characters', 'Why it is acceptable until then.', 1000),
  expires: day('Last day the waiver holds, YYYY-MM-DD.'),
  ticket: text('one line of text', 'Where the work is tracked, e.g. POAM-42.'),
  pin: {
    type: 'array',
    title: 'a list of digests as rampart waiver add --pin writes them',
    description:
      'What was found when the risk was accepted, as rampart waiver add --pin writes it; anything else is not waived.',
    minItems: 1,
    maxItems: mostPins,
    items: { type: 'string', title: 'a digest of 16 hex digits', pattern: '^[0-9a-f]{16}$' },
  },
} as const;

export const waiversSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Rampart waivers',
  description: 'Accepted deviations. Each names who accepted it and ends on a day; it stays visible in every output.',
  type: 'object',
  required: ['waivers'],
  additionalProperties: false,
  properties: {
    waivers: {
      type: 'array',
      description: 'The waivers.',
      maxItems: 500,
      items: {
        type: 'object',
        required: ['requirement', 'resource', 'owner', 'approver', 'approved', 'reason', 'expires', 'ticket'],
        additionalProperties: false,
        properties: waiverProperties,
      },
    },
  },
} as const;
