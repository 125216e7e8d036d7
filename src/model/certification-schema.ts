import { day, text } from './waiver-schema.js';

/** Shared by the fields of the section, since each copy of a pattern is a copy of the code that checks it. */
export const certificationDefinitions = {
  line: text('one line of text', 'One line of text.'),
  day: day('YYYY-MM-DD.'),
  // As `line`, but with line ends; matched in linear time.
  prose: {
    type: 'string',
    title: 'a text of at most 4000 characters, without control characters but line ends',
    minLength: 1,
    maxLength: 4000,
    pattern: '^[^\\u0000-\\u0009\\u000b-\\u001f\\u007f-\\u009f\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069]*$',
  },
  proses: { type: 'array', maxItems: 200, items: { $ref: '#/$defs/prose' } },
  address: {
    type: 'string',
    title: 'an https address',
    maxLength: 400,
    pattern: "^https://[A-Za-z0-9.-]+(:[0-9]+)?(/[A-Za-z0-9._~!$&'()*+,;=:@%/-]*)?$",
  },
} as const;

const shared = (name: keyof typeof certificationDefinitions) => (description: string) => ({
  $ref: `#/$defs/${name}`,
  description,
});
const line = shared('line');
const date = shared('day');
const prose = shared('prose');
const proses = (description: string) => shared('proses')(`${description} An empty list states that there are none.`);
const address = shared('address');

const record = (description: string, required: readonly string[], properties: Readonly<Record<string, object>>) => ({
  type: 'object',
  description,
  required,
  additionalProperties: false,
  properties,
});

const ongoingReport = record('What of the next Ongoing Certification Report only people know.', [], {
  reportPeriod: record('Left out: from the earlier evidence (--since) to the day of this.', ['from', 'to'], {
    from: date('First day of the report, YYYY-MM-DD.'),
    to: date('Last day of the report, YYYY-MM-DD.'),
  }),
  certificationDataChanges: proses('Changes to certification data beside those evidence shows.'),
  plannedCertificationDataChanges: record('Changes that are planned.', ['planningHorizonThrough', 'changes'], {
    planningHorizonThrough: date('Day the plans reach to, three months from the end of the report at least.'),
    changes: proses('Each planned change.'),
  }),
  acceptedVulnerabilities: prose('Vulnerabilities accepted beside the waivers Rampart knows.'),
  transformativeChanges: proses('Transformative changes of the period.'),
  updatedRecommendations: proses('Recommendations to customers that are new.'),
  activeAgencies: proses('Agencies that use the service directly.'),
  reportableIncidents: proses('A brief summary of each FedRAMP Reportable Incident of the period.'),
});

/** JSON Schema of the `certification` section of a system file. */
export const certificationSchema = record(
  'What only people know of a FedRAMP certification; evidence fills FedRAMP’s documents with it.',
  [],
  {
    certificationPackageOverviewUri: address('Where the Certification Package Overview is published.'),
    fedRampPackageId: line('Id FedRAMP gave the service; without one, its name and acronym.'),
    ueiNumber: line('Unique Entity Identifier of the provider at SAM.gov.'),
    providerName: line('Provider of the service. Left out: owner.organization.'),
    serviceName: line('Full name of the service. Left out: the name of the system.'),
    serviceAcronym: line('Short name of the service.'),
    serviceDescription: prose('What the service is; may be Markdown.'),
    certificationType: {
      enum: ['20x', 'Rev5'],
      description: 'Type of certification. Left out: Rev5 where the baseline is one of rev 5.',
    },
    website: address('Website of the service.'),
    logo: address('Logo of the provider: an image file.'),
    serviceType: {
      type: 'array',
      description: 'Service models.',
      minItems: 1,
      uniqueItems: true,
      items: { enum: ['SaaS', 'PaaS', 'IaaS'] },
    },
    deploymentModel: {
      enum: ['Public Cloud', 'Government-Only Cloud', 'Hybrid Cloud', 'Community Cloud', 'Government Community Cloud'],
      description: 'Who the service is offered to.',
    },
    contactInformation: {
      type: 'array',
      description: 'Contacts that are published; FedRAMP asks for a Security and a Sales contact.',
      minItems: 1,
      maxItems: 20,
      items: record('A contact.', ['contactType'], {
        contactType: line('Security, Sales, Primary or another role.'),
        contactName: line('A person or a role.'),
        contactEmail: {
          type: 'string',
          title: 'a mail address',
          description: 'Mail address.',
          maxLength: 200,
          pattern: '^[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+$',
        },
        contactPhone: {
          type: 'string',
          title: 'a phone number written 202-555-0123',
          description: 'Phone number.',
          pattern: '^[0-9]{3}-[0-9]{3}-[0-9]{4}$',
        },
      }),
    },
    ongoingReport,
  },
);
