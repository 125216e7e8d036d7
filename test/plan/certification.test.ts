import assert from 'node:assert/strict';
import validateSystem from '#generated/validate-system.js';
import { RampartError } from '#model/error.js';
import { readSystem } from '../../src/plan/read-system.js';
import { goodSystem, smallBase } from './small-base.js';

const section = `certification:
  website: https://example.com
  serviceAcronym: RA
  serviceDescription: |
    Two lines.
    Of text.
  logo: https://example.com/logo.png
  serviceType: [SaaS]
  businessCategory: [Artificial Intelligence (AI)]
  trustCenter:
    repositoryType: [Trust Center]
    url: https://trust.example.com
    repositoryDescription: Files.
    authenticationRequired: false
  assessor: {name: Example Assessors, assessorID: "123456"}
  portsAndProtocols:
    - {serviceName: API, portNumber: "443", transportProtocol: TCP}
  contactInformation:
    - {contactType: Security, contactPhone: 202-555-0123}
  ongoingReport:
    reportPeriod: {from: 2026-09-01, to: 2026-11-30}
    activeAgencies: []
`;

/** The messages a section is refused with, by the validator the program ships. */
function refused(from: string, to: string): string[] {
  assert.ok(section.includes(from), from);
  try {
    readSystem(`${goodSystem}${section.replace(from, to)}`, 'rampart.yaml', validateSystem, smallBase);
  } catch (error) {
    assert.ok(error instanceof RampartError);
    return error.problems.map(({ message }) => message);
  }
  return [];
}

describe('the certification section of a system file', () => {
  it('is read as it stands', () => {
    const { certification } = readSystem(`${goodSystem}${section}`, 'rampart.yaml', validateSystem, smallBase);
    assert.equal(certification?.serviceDescription, 'Two lines.\nOf text.\n');
    assert.deepEqual(certification?.ongoingReport?.activeAgencies, []);
  });

  for (const [from, to, message] of [
    ['website:', 'webside:', 'certification: unknown key webside. Did you mean website?'],
    ['contactPhone:', 'phone:', /contactInformation\[0\]: unknown key phone/],
    ['activeAgencies', 'activeAgency', /ongoingReport: unknown key activeAgency. Did you mean activeAgencies\?/],
    [
      'https://example.com\n',
      'javascript:alert(1)\n',
      'certification.website: "javascript:alert(1)" is not an https address.',
    ],
    ['https://example.com\n', '5\n', 'certification.website: 5 is not an https address. Put it in quotes.'],
    ['RA\n', '"R\\u202eA"\n', /certification\.serviceAcronym: "R.*A" is not one line of text\./],
    ['RA\n', '7\n', 'certification.serviceAcronym: 7 is not one line of text. Put it in quotes.'],
    ['SaaS', 'SAAS', 'certification.serviceType[0]: "SAAS" is not one of SaaS, PaaS, IaaS. Did you mean SaaS?'],
    ['202-555-0123', '5550123', /contactPhone: .* is not a phone number written 202-555-0123/],
    ['2026-09-01', '2026-9-1', /reportPeriod\.from: "2026-9-1" is not a date written YYYY-MM-DD\./],
    ['activeAgencies: []', 'activeAgencies: ["a\\tb"]', /activeAgencies\[0\]: .* is not a text of at most 4000/],
    ['activeAgencies: []', 'activeAgencies: none', /activeAgencies: "none" is not a list\./],
    [
      '"123456"',
      '123456',
      'certification.assessor.assessorID: 123456 is not six digits in quotation marks. Put it in quotes.',
    ],
    ['"443"', '"https"', /portNumber: "https" is not a port or a range/],
    ['Artificial Intelligence (AI)', 'AI', /businessCategory\[0\]: "AI" is not one of Accounting, /],
    [
      'authenticationRequired: false',
      'authenticationRequired: "no"',
      /trustCenter\.authenticationRequired: "no" is not/,
    ],
    ['    url: https://trust.example.com\n', '', /certification\.trustCenter: .*url/],
    ['RA\n', '""\n', 'certification.serviceAcronym: "" is not one line of text.'],
  ] as const)
    it(`refuses ${to.trim()}`, () => {
      const [first, ...more] = refused(from, to);
      if (typeof message === 'string') assert.equal(first, message);
      else assert.match(first ?? '', message);
      for (const each of more) assert.match(each, /^certification/);
    });
});
