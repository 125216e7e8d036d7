import { highWaterMark } from '#model/baseline.js';
import type { Plan } from '#model/plan.js';
import { type Assessment, type Json, property } from './assessment.js';
import { networkText } from './system-part.js';
import { line, markup } from './text.js';
import { uuidOf } from './uuid.js';

/** What a system security plan says that no file Rampart reads holds. Each is named in the document, and none is guessed. */
const leftToPeople: readonly (readonly [name: string, what: string])[] = [
  ['information-types', 'The information the system processes, stores and transmits, with its types and their impact.'],
  ['mission', 'What the system is for and whom it serves.'],
  ['status', 'Whether the system is in operation, and whether and when it was authorized.'],
  ['boundary-diagram', 'The authorization boundary, its network and its data flows as their owner draws them.'],
  ['users', 'Who uses and who administers the system, in which roles, with which rights.'],
  ['responsible-parties', 'Who owns, authorizes and answers for the security of the system.'],
  ['leveraged-authorizations', 'Which authorized services the system stands on, and what it inherits from them.'],
  ['interconnections', 'Which other systems it is connected to, and under which agreements.'],
  ['other-controls', 'How every control and every part of a control that settings cannot show is implemented.'],
];

/** The system as its system file describes it: what only people know is a placeholder that says so. */
export function systemCharacteristics({ input, lasting }: Assessment, plan: Plan): Json {
  const { system } = plan;
  const { confidentiality, integrity, availability } = system.impact;
  const endpoints = plan.endpoints.map(
    ({ endpoint: { name, kind, region } }) => `${markup(name)} (${markup(kind)}, ${markup(region)})`,
  );
  const networks = [system.network, ...plan.endpoints.flatMap(({ endpoint }) => endpoint.network ?? [])];
  return {
    'system-ids': [{ id: line(system.id) }],
    'system-name': line(system.name),
    description:
      `Model endpoints of ${markup(system.name)}: ${endpoints.join(', ')}. ` +
      'Rampart knows nothing else of the system; what it is for is left to its owner.',
    props: [
      property('baseline', line(input.baseline.id)),
      ...leftToPeople.map(([name, what]) => ({ ...property('left-to-people', name), remarks: what })),
    ],
    'security-sensitivity-level': highWaterMark([confidentiality, integrity, availability]),
    'system-information': {
      'information-types': [
        {
          uuid: uuidOf(lasting, 'information-types'),
          title: 'Left to the owner of the system',
          description:
            'A placeholder, because OSCAL asks for at least one: Rampart does not know which types of information there are.',
          props: [property('placeholder', 'information-types')],
        },
      ],
    },
    'security-impact-level': {
      'security-objective-confidentiality': `fips-199-${confidentiality}`,
      'security-objective-integrity': `fips-199-${integrity}`,
      'security-objective-availability': `fips-199-${availability}`,
    },
    status: { state: 'other', remarks: 'Rampart does not know whether the system is in operation.' },
    'authorization-boundary': {
      description:
        `What the system file says of it: partition ${markup(system.boundary.partition)}` +
        `${system.boundary.regions.length > 0 ? `, regions ${system.boundary.regions.map(markup).join(', ')}` : ''}. ` +
        'The rest of the boundary is for its owner to describe.',
      props: [
        property('partition', line(system.boundary.partition)),
        ...system.boundary.regions.map((region) => property('region', line(region))),
      ],
    },
    'network-architecture': { description: [...new Set(networks.map(networkText))].join(' ') },
    remarks:
      'Only what the system file, the plan made of it and the findings of this run say. Properties name what is left to people.',
  };
}
