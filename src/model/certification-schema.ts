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

const repository = (description: string) =>
  record(description, ['repositoryType', 'url', 'repositoryDescription', 'authenticationRequired'], {
    repositoryType: {
      type: 'array',
      description: 'What it is a repository of.',
      minItems: 1,
      maxItems: 20,
      items: line('A type.'),
    },
    url: address('Where it is.'),
    repositoryDescription: line('What it holds.'),
    authenticationRequired: { type: 'boolean', description: 'Whether one has to log in.' },
    accessRequestInstructions: prose('How access is asked for; may be Markdown. Asked for where one has to log in.'),
  });

const records = (description: string, items: object) => ({ type: 'array', description, maxItems: 200, items });

const thirdParties = record('Third-party information resources in the minimum assessment scope.', [], {
  certified: records(
    'Those FedRAMP certified.',
    record('A resource.', ['fedRampCertifiedThirdPartyInformationResource', 'useCase'], {
      fedRampCertifiedThirdPartyInformationResource: line('Its id at FedRAMP.'),
      useCase: line('How it is used.'),
    }),
  ),
  nonCertified: records(
    'All others.',
    record('A resource.', ['name', 'provider', 'useCase'], {
      name: line('Its name.'),
      provider: line('Who provides it.'),
      website: address('Its website.'),
      useCase: line('How it is used.'),
    }),
  ),
});

/** As FedRAMP's schema of 2026-06-24 has them. */
const businessCategories = [
  'Accounting',
  'Analytics',
  'Artificial Intelligence (AI)',
  'Collaboration',
  'Communication',
  'Construction',
  'Contact Center',
  'Content Management System (CMS)',
  'Customer Relations Management (CRM)',
  'Customer Service',
  'Cybersecurity & Risk Management',
  'Data Management',
  'Design & Multimedia',
  'Development Tools',
  'Education & Training',
  'Finance',
  'Fleet Management',
  'Governance, Risk, and Compliance (GRC)',
  'Grant Management',
  'Health & Wellness',
  'Human Resources',
  'Law Enforcement',
  'Learning Management',
  'Legal & Policy',
  'Marketing & Sales',
  'Media',
  'Mobile Device Management (MDM)',
  'Network Management',
  'Operations Management',
  'Research',
  'Storage',
  'System Administration',
  'Talent Development',
  'Talent Management',
  'Travel Management',
  'Virtual Private Network (VPN)',
];

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
    businessCategory: {
      type: 'array',
      description: 'What business the service supports.',
      minItems: 1,
      maxItems: 10,
      uniqueItems: true,
      items: { enum: businessCategories },
    },
    trustCenter: repository('The trust center.'),
    secureConfigurationGuidance: repository('The secure configuration guide.'),
    additionalRepositories: records('Other repositories of documents.', repository('A repository.')),
    nextOngoingCertificationReportDate: date('Day of the next Ongoing Certification Report, YYYY-MM-DD.'),
    assessor: record('The independent assessor.', ['name', 'assessorID'], {
      name: line('Name of the assessor.'),
      assessorID: {
        type: 'string',
        title: 'six digits in quotation marks',
        description: 'Id FedRAMP gave the assessor.',
        pattern: '^[0-9]{6}$',
      },
    }),
    certifiedServices: records(
      'Services of the provider that are in the certification.',
      record('A service.', ['serviceName', 'serviceDescription', 'dateAvailable'], {
        serviceName: line('Its name as it is marketed.'),
        serviceDescription: prose('What it is; may be Markdown.'),
        dateAvailable: date('Day it became available or was certified, YYYY-MM-DD.'),
      }),
    ),
    thirdPartyInformationResources: thirdParties,
    portsAndProtocols: records(
      'Ports the service is reached by, for the Security Decision Record.',
      record('A port.', [], {
        serviceName: line('What listens there.'),
        portNumber: {
          type: 'string',
          title: 'a port or a range, in quotation marks: "443", "8000-8010"',
          description: 'Port, or a range of them.',
          pattern: '^[0-9]{1,5}(-[0-9]{1,5})?$',
        },
        transportProtocol: line('TCP or UDP.'),
        encryption: line('How it is encrypted, such as TLS.'),
        purpose: line('What it is for.'),
      }),
    ),
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
