import type { HtmlReportInput } from '../../src/report/html.js';
import * as sample from '../evidence/oscal/sample.js';

export const report: HtmlReportInput = {
  plan: sample.plan,
  records: {
    sources: ['OMB M-25-21, section 4(b) (2025-04-03)', 'NIST AI 100-1 (2023-01-26)'],
    endpoints: [
      {
        endpoint: 'assistant',
        kind: 'bedrock',
        model: 'openai.gpt-oss-120b-1:0',
        rows: [
          {
            field: 'license',
            title: 'Licence',
            values: ['Apache-2.0'],
            from: { source: 'README of openai/gpt-oss', date: '2026-11-21' },
          },
          {
            field: 'intendedUse',
            title: 'Intended use',
            values: ['Summaries of case files', 'Drafts of letters'],
            from: 'system-file',
          },
          { field: 'origin', title: 'Where the files came from', values: [], notApplicable: 'No file is handed out.' },
          { field: 'biasTests', title: 'Bias tests', values: [] },
          { field: 'highImpact', title: 'High-impact determination', values: [] },
        ],
        gaps: [
          { field: 'biasTests', title: 'Bias tests' },
          { field: 'highImpact', title: 'High-impact determination' },
        ],
      },
      {
        endpoint: 'triage',
        kind: 'sagemaker',
        model: 'openai/gpt-oss-20b',
        rows: [{ field: 'version', title: 'Version', values: ['1'], from: 'system-file' }],
        gaps: [],
      },
    ],
  },
  findings: sample.findings,
  manifests: [
    { path: sample.bedrockFile, sha256: '5d'.repeat(32), resources: 3 },
    { path: sample.sagemakerFile, sha256: 'a7'.repeat(32), resources: 1 },
  ],
  observations: sample.observations,
  system: sample.system,
  baseline: {
    title: sample.baseline.title,
    controls: [
      'ac-3',
      'ac-4',
      'au-9',
      'au-11',
      'au-12',
      'ra-5',
      'sa-9.5',
      'sc-7',
      'sc-7.5',
      'sc-12',
      'sc-13',
      'sc-28',
      'sc-28.1',
    ],
  },
  indicators: [
    { id: 'KSI-SVC-VRI', theme: 'Service Configuration', controls: ['sc-13', 'sc-23'], force: 'required' },
    { id: 'KSI-SVC-ASM', theme: 'Service Configuration', controls: ['sc-12', 'sc-28.1'], force: 'required' },
    { id: 'KSI-CNA-RNT', theme: 'Cloud Native Architecture', controls: ['ac-3'], force: 'required' },
    { id: 'KSI-CNA-OFA', theme: 'Cloud Native Architecture', controls: [], force: 'optional' },
    { id: 'KSI-CED-RAT', theme: 'Cybersecurity Education', controls: ['at-2'], force: 'required' },
  ],
  families: {
    ac: 'Access Control',
    au: 'Audit and Accountability',
    ra: 'Risk Assessment',
    sa: 'System and Services Acquisition',
    sc: 'System and Communications Protection',
  },
  toolVersion: '0.1.0',
  controlDataDigest: sample.controlDataDigest,
  sources: ['FedRAMP rev 5 Moderate: GSA/fedramp-automation@c784140b (2024-09-24)', 'NIST SP 800-53 rev 5'],
  time: sample.time,
  notLookedAt: [
    'Nested stacks that are named by an address: two in deploy/triage-sagemaker.yaml.',
    'The account of the system, other than one key and the identity of the caller.',
  ],
};

/** A report in which one name stands wherever a name can stand. */
export function hostileReport(name: string): HtmlReportInput {
  const waiver = { ...sample.waiver, resource: name, owner: name, approver: name, reason: name, ticket: name };
  const [planned] = sample.plan.endpoints;
  if (!planned) throw new Error('The sample plan has no endpoint');
  const finding = {
    ...sample.finding('log-group-retention', 'waived', name, name, name, {
      position: sample.at(name, 1),
      branch: name,
      waiver,
    }),
    requirement: name,
    title: name,
    remediation: name || 'x',
    controls: [{ id: 'sc-7', basis: 'sourced', source: name } as const],
  };
  const { position: _, waiver: __, ...live } = finding;
  return {
    ...report,
    findings: [
      finding,
      { ...live, verdict: 'pass', evidence: [sample.at(name, 2)] },
      { ...live, verdict: 'not-applicable' },
    ],
    manifests: [{ path: name, sha256: name }],
    observations: sample.observations.map((fact) => ({
      ...fact,
      service: name,
      call: name,
      subject: name,
      detail: name,
      time: name,
    })),
    system: { id: name, name },
    baseline: { title: name },
    records: {
      sources: [name],
      endpoints: [
        {
          endpoint: name,
          kind: name,
          model: name,
          rows: [
            { field: name, title: name, values: [name, name], from: { source: name, date: name } },
            { field: name, title: name, values: [name], from: 'system-file' },
            { field: name, title: name, values: [], notApplicable: name },
          ],
          gaps: [{ field: name, title: name }],
        },
      ],
    },
    indicators: [{ id: name, theme: name, controls: ['sc-7'], force: 'optional' }],
    families: { sc: name },
    plan: {
      ...sample.plan,
      stoodOn: [],
      system: { ...sample.plan.system, waivers: [], owner: { organization: name, contact: name } },
      endpoints: [
        {
          ...planned,
          endpoint: { kind: 'bedrock', name, region: name, model: name },
          settings: [
            {
              id: name,
              value: [name],
              description: name,
              because: [
                { kind: 'parameter', requirement: name, parameter: name, text: name },
                { kind: 'requirement', requirement: name, controls: ['sc-7'], value: name },
                { kind: 'user', value: name },
              ],
            },
          ],
        },
      ],
    },
    toolVersion: name,
    controlDataDigest: name,
    sources: [name],
    notLookedAt: [name],
  };
}
