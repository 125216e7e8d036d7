import { createHash } from 'node:crypto';
import { classOf } from '#model/fedramp-rules.js';
import type { Finding } from '#model/finding.js';
import { supportOf } from '../../../src/check/support.js';
import type { FedrampInput } from '../../../src/evidence/fedramp/input.js';
import { assessmentOf } from '../../../src/evidence/oscal/assessment.js';
import type { Certification } from '../../../src/model/certification.js';
import { base } from '../../controls/base.js';
import * as oscal from '../oscal/sample.js';

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

export interface Given {
  findings?: readonly Finding[];
  baseline?: string;
  certification?: Certification;
  earlier?: FedrampInput['earlier'];
  system?: Partial<FedrampInput['plan']['system']>;
}

/** The documents' input for the system in trouble of the OSCAL sample, with the real control base. */
export function inputOf(given: Given = {}): FedrampInput {
  const { findings = oscal.findings, certification, earlier } = given;
  const baseline = base.baselines.find(({ id }) => id === (given.baseline ?? 'fedramp-rev5-moderate'));
  if (!baseline) throw new Error('no such baseline');
  const system = { ...oscal.plan.system, ...given.system, ...(certification ? { certification } : {}) };
  const plan = { ...oscal.plan, system, baseline: baseline.id };
  const classed = base.baselines.find(({ id, impact }) => classOf(id) && impact === baseline.impact);
  const manifests = [oscal.bedrockFile, oscal.sagemakerFile].map((path) => ({ path, sha256: digest(path) }));
  return {
    assessment: assessmentOf({
      plan,
      findings,
      observations: oscal.observations,
      system: { id: system.id, name: system.name },
      baseline,
      toolVersion: '0.1.0',
      controlDataDigest: oscal.controlDataDigest,
      time: oscal.time,
    }),
    plan,
    baseline,
    indicators: base.rules.indicators.filter(({ id }) => Object.hasOwn(classed?.indicators ?? {}, id)),
    controls: base.controls,
    rules: base.rules,
    ...(baseline.id.startsWith('fedramp-rev5') ? { type: 'Rev5' as const } : {}),
    cited: {
      findings: { path: 'results/findings.json', sha256: digest('findings') },
      observations: { path: 'evidence/observations.json', sha256: digest('observations') },
      assessmentResults: { path: 'oscal/assessment-results.json', sha256: digest('oscal') },
      manifests,
    },
    present: {
      baseline: baseline.id,
      controls: supportOf(findings),
      state: {
        manifests: Object.fromEntries(manifests.map(({ path, sha256 }) => [path, sha256])),
        endpoints: { assistant: 'bedrock', triage: 'sagemaker' },
        regions: ['us-gov-west-1'],
        controlData: oscal.controlDataDigest,
        toolVersion: '0.1.0',
      },
    },
    ...(earlier ? { earlier } : {}),
  };
}

const repository = (type: string) => ({
  repositoryType: [type],
  url: 'https://trust.example.com/files',
  repositoryDescription: 'Files.',
  authenticationRequired: true,
  accessRequestInstructions: 'Ask us.',
});

/** Everything only people know, for a service that is made up. */
export const certification: Certification = {
  certificationPackageOverviewUri: 'https://trust.example.com/fedramp/overview.json',
  fedRampPackageId: 'FR2600000001',
  ueiNumber: 'ABCDEF123456',
  providerName: 'Example Provider',
  serviceName: 'Benefits Assistant',
  serviceAcronym: 'BA',
  serviceDescription: 'Answers questions on benefits.\n\nTwo model endpoints.',
  certificationType: 'Rev5',
  website: 'https://example.com/assistant',
  logo: 'https://example.com/logo.svg',
  serviceType: ['SaaS'],
  deploymentModel: 'Government Community Cloud',
  businessCategory: ['Artificial Intelligence (AI)'],
  trustCenter: repository('Trust Center'),
  secureConfigurationGuidance: repository('Secure Configuration Guidance'),
  additionalRepositories: [repository('Policies')],
  nextOngoingCertificationReportDate: '2027-02-28',
  assessor: { name: 'Example Assessors', assessorID: '123456' },
  certifiedServices: [
    { serviceName: 'Assistant', serviceDescription: 'Answers.\n\nCites.', dateAvailable: '2026-07-01' },
  ],
  thirdPartyInformationResources: {
    certified: [{ fedRampCertifiedThirdPartyInformationResource: 'FR0000000001', useCase: 'Runs the models.' }],
    nonCertified: [
      { name: 'Pager', provider: 'Example Alerts', website: 'https://alerts.example.com', useCase: 'Wakes people.' },
    ],
  },
  portsAndProtocols: [
    { serviceName: 'API', portNumber: '443', transportProtocol: 'TCP', encryption: 'TLS', purpose: 'Calls' },
  ],
  contactInformation: [
    { contactType: 'Security', contactName: 'SOC', contactEmail: 'soc@example.com', contactPhone: '202-555-0123' },
    { contactType: 'Sales', contactName: 'Desk', contactEmail: 'sales@example.com', contactPhone: '202-555-0124' },
  ],
  ongoingReport: {
    reportPeriod: { from: '2026-09-01', to: '2026-11-30' },
    certificationDataChanges: ['A new sub-processor.'],
    plannedCertificationDataChanges: { planningHorizonThrough: '2027-03-01', changes: [] },
    acceptedVulnerabilities: 'None elsewhere.',
    transformativeChanges: [],
    updatedRecommendations: ['Use the new guardrail.'],
    activeAgencies: ['Department of Examples'],
    reportableIncidents: [],
  },
};
