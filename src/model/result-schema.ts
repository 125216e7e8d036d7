import { exitCodes } from './error.js';
import { onUnknown } from './gate.js';
import { categories } from './requirement.js';
import { languages } from './requirement-schema.js';
import { resultSchemaVersion } from './result.js';
import { severities } from './severity.js';
import { verdicts } from './verdict.js';
import { waiverFaults } from './waiver.js';

const text = { type: 'string' } as const;
const count = { type: 'integer', minimum: 0 } as const;

/** Members may be added in a later version of the same first number, so readers ignore those they do not know. */
const object = <const Properties extends object>(properties: Properties, required: readonly (keyof Properties)[]) =>
  ({ type: 'object', properties, required }) as const;

const position = object(
  { file: text, line: { type: 'integer', minimum: 1 }, column: { type: 'integer', minimum: 1 } },
  ['file', 'line', 'column'],
);

const problem = object({ message: text, position: { $ref: '#/$defs/position' } }, ['message']);

const mapping = object(
  {
    id: { description: 'OSCAL id of the control, such as sc-28.1.', type: 'string' },
    basis: { description: 'sourced: a publication maps it. own: Rampart does.', enum: ['sourced', 'own'] },
    source: text,
  },
  ['id', 'basis'],
);

const day = { type: 'string', pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' } as const;

const waiver = object(
  {
    requirement: text,
    resource: { description: 'An address; * in it stands for any characters.', type: 'string' },
    type: text,
    file: text,
    owner: text,
    approver: text,
    approved: day,
    reason: text,
    expires: day,
    ticket: text,
    pin: { description: 'What was found when it was approved; it holds for nothing else.', type: 'array', items: text },
    position: { $ref: '#/$defs/position' },
  },
  ['requirement', 'resource', 'owner', 'approver', 'reason', 'expires'],
);

/** What the findings of a requirement have in common. */
const common = {
  title: text,
  severity: { enum: severities },
  controls: { type: 'array', items: mapping },
  remediation: text,
} as const;
const said = ['title', 'severity', 'controls', 'remediation'] as const;

const finding = object(
  {
    requirement: text,
    ...common,
    resource: text,
    type: text,
    verdict: { description: 'fail, unknown and error block; unknown is never a pass.', enum: verdicts },
    reason: text,
    branch: {
      description: 'The branch of the manifest the verdict stands on, when there are several.',
      type: 'string',
    },
    position: { $ref: '#/$defs/position' },
    evidence: {
      description: 'For a pass: every place it rests on.',
      type: 'array',
      items: { $ref: '#/$defs/position' },
    },
    construct: { description: 'Path of the construct that made the resource, where a program did.', type: 'string' },
    sensitive: { description: 'The lines it points at may hold a secret: do not show them.', const: true },
    waiver: { $ref: '#/$defs/waiver' },
    undecided: {
      description: 'Of what is waived: it could not be decided; nothing was shown to be wrong.',
      const: true,
    },
    inherited: object(
      {
        requirement: text,
        from: { description: 'Who provides what is missing here, as the system file says.', type: 'string' },
        reference: text,
        seen: day,
      },
      ['requirement', 'from', 'reference', 'seen'],
    ),
    toleratedBy: {
      description: 'Why it does not block though its verdict could. The verdict stays.',
      enum: ['fail-on', 'unknown', 'baseline-file'],
    },
  },
  ['requirement', 'resource', 'type', 'verdict', 'reason'],
);

const severity = { enum: severities } as const;

const accepted = object(
  { requirement: text, type: text, resource: text, file: text, verdict: text, reason: text, count },
  ['requirement', 'type', 'resource', 'file', 'verdict', 'reason', 'count'],
);

const gate = object(
  {
    exit: { description: 'Row of the exit table.', enum: Object.keys(exitCodes) },
    exitCode: count,
    thresholds: object(
      {
        failOn: severity,
        unknown: { enum: onUnknown },
        categories: { type: 'object', properties: Object.fromEntries(categories.map((each) => [each, severity])) },
      },
      ['failOn', 'unknown', 'categories'],
    ),
    blocked: object({ fail: count, unknown: count, error: count, waivers: count, files: count }, [
      'fail',
      'unknown',
      'error',
      'waivers',
      'files',
    ]),
    warned: object({ fail: count, unknown: count, accepted: count }, ['fail', 'unknown', 'accepted']),
  },
  ['exit', 'exitCode', 'thresholds', 'blocked', 'warned'],
);

const file = object(
  {
    file: text,
    status: { enum: ['judged', 'not-a-manifest', 'not-readable', 'ignored'] },
    resources: count,
    notes: { type: 'array', items: problem },
    language: { description: 'Of a file that was judged.', enum: languages },
    partOf: {
      description: 'Of a nested template: the files it was judged as a part of, and not by itself.',
      type: 'array',
      items: text,
    },
    assembly: {
      description: 'Of a stack of a cloud assembly of the CDK: the manifest of the assembly, which says where it goes.',
      type: 'string',
    },
    next: text,
    sha256: {
      description: 'In evidence: SHA-256 of a file that an ignore file left out.',
      type: 'string',
      pattern: '^[0-9a-f]{64}$',
    },
  },
  ['file', 'status', 'resources', 'notes'],
);

/**
 * JSON Schema (draft 2020-12) of what `check --format json` prints, and of the findings a bundle holds: there, what the findings of a
 * requirement have in common stands once.
 */
export const resultSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Rampart result',
  ...object(
    {
      schemaVersion: { const: resultSchemaVersion },
      tool: object({ name: { const: 'rampart' }, version: text }, ['name', 'version']),
      baseline: text,
      controlData: { description: 'SHA-256 of the control data stood on.', type: 'string' },
      system: { description: 'Absent without a system file; then nothing is called missing.', type: 'string' },
      boundary: object(
        { partition: text, regions: { type: 'array', items: text }, data: { type: 'array', items: text } },
        ['partition', 'regions'],
      ),
      files: { type: 'array', items: file },
      withoutRequirement: {
        description:
          'Number of resources by type, of the types that no requirement judged against names: nothing is said of them. Absent when only some requirements were judged.',
        type: 'object',
        additionalProperties: count,
      },
      requirements: {
        description:
          'Only in a bundle: by requirement, what a finding of it says where it does not say it itself. Without this member every finding says all of it.',
        type: 'object',
        additionalProperties: object(common, said),
      },
      findings: { type: 'array', items: finding },
      unusedWaivers: {
        type: 'array',
        items: object({ waiver: { $ref: '#/$defs/waiver' }, why: text }, ['waiver', 'why']),
      },
      waiverProblems: {
        description: 'Waivers with something wrong; each blocks.',
        type: 'array',
        items: object({ fault: { enum: waiverFaults }, waiver: { $ref: '#/$defs/waiver' }, why: text, next: text }, [
          'fault',
          'waiver',
          'why',
          'next',
        ]),
      },
      profile: {
        description: 'Set when only some requirements were judged: nothing is said of the others.',
        ...object({ requirements: { type: 'array', items: text }, of: count }, ['requirements', 'of']),
      },
      accepted: object(
        {
          file: text,
          date: day,
          otherControlData: text,
          known: count,
          otherFiles: { const: true },
          fixed: { type: 'array', items: accepted },
          changed: { type: 'array', items: accepted },
        },
        ['file', 'date', 'known', 'fixed', 'changed'],
      ),
      gate,
      summary: object(Object.fromEntries(verdicts.map((verdict) => [verdict, count])), verdicts),
    },
    ['schemaVersion', 'tool', 'baseline', 'controlData', 'boundary', 'files', 'findings', 'summary'],
  ),
  anyOf: [
    { properties: { requirements: true }, required: ['requirements'] },
    { properties: { findings: { type: 'array', items: object(common, said) } } },
  ],
  $defs: { position, waiver },
} as const;
