import type { Assessment, Json } from './assessment.js';
import { line, markup } from './text.js';
import { uuidOf } from './uuid.js';

/** OSCAL release whose schema the documents follow. */
export const oscalVersion = '1.2.1';

/** What every document of one run says of itself; `what` completes its title. */
export function metadataOf({ input, lasting }: Assessment, what: string): Json {
  const owner = input.plan?.system.owner;
  const party = uuidOf(lasting, 'party');
  return {
    title: `${markup(input.system.name)}: ${what}`,
    'last-modified': input.time,
    version: line(input.time),
    'oscal-version': oscalVersion,
    ...(owner
      ? {
          roles: [{ id: 'prepared-for', title: 'Prepared for' }],
          parties: [
            {
              uuid: party,
              type: 'organization',
              name: line(owner.organization),
              remarks: `Contact: ${markup(owner.contact)}`,
            },
          ],
          'responsible-parties': [{ 'role-id': 'prepared-for', 'party-uuids': [party] }],
        }
      : {}),
    remarks:
      'Made by a tool, from manifests and, where it was allowed to look, from the live account. A person has not reviewed it.',
  };
}
