import fc from 'fast-check';
import { Lines } from '#model/position.js';
import type { Result } from '#model/result.js';
import { severities } from '#model/severity.js';
import { verdicts } from '#model/verdict.js';

/** What has a meaning somewhere: in a terminal, a shell, a spreadsheet, a page, a workflow, XML. */
const fragments = [
  '\u001b[31m',
  '\u009b2J',
  '\u202e',
  '\u200b',
  '\u0000',
  '\ud800',
  '\ufffe',
  '\r\n',
  '\n::error::forged',
  '::error file=x::forged',
  '%0A',
  '%25',
  ',line=1',
  '|',
  '`',
  '``',
  '```\n',
  '<script>alert(1)</script>',
  '<!-- ',
  ' -->',
  '@everyone',
  '#1',
  '![x](http://evil/x.png)',
  '[x](javascript:x)',
  'https://evil.example',
  'www.evil.example',
  '- item',
  '\n# heading',
  '\n- **pass**',
  '=cmd()',
  '+1',
  '-1',
  '@SUM(A1)',
  '"',
  "'",
  ',',
  ';',
  ']]>',
  '&amp;',
  '&#0;',
  '</testcase>',
  '__proto__',
  '{{x}}',
  '💥',
];

export const hostile: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(...fragments), fc.string({ unit: 'binary', maxLength: 6 }), fc.string()), {
    maxLength: 6,
  })
  .map((parts) => parts.join(''));

const position = (file: fc.Arbitrary<string>) =>
  fc.record({ file, line: fc.integer({ min: 1, max: 40 }), column: fc.integer({ min: 1, max: 400 }) });

const id = fc.constantFrom('log-group-retention', 'kms-key-rotation', 's3-versioning');

const waiver = fc.record({
  requirement: id,
  resource: hostile,
  owner: hostile,
  approver: hostile,
  reason: hostile,
  expires: fc.constant('2027-01-31'),
});

/** A result in which everything a manifest or a system file can name is hostile. */
export const hostileResult: fc.Arbitrary<{ result: Result; sources: Map<string, Lines> }> = fc
  .uniqueArray(hostile, { minLength: 1, maxLength: 3 })
  .chain((files) => {
    const file = fc.constantFrom(...files);
    const finding = fc
      .record({
        requirement: id,
        title: hostile,
        severity: fc.constantFrom(...severities),
        resource: hostile,
        type: hostile,
        verdict: fc.constantFrom(...verdicts),
        reason: hostile,
        branch: fc.option(hostile, { nil: undefined }),
        position: fc.option(position(file), { nil: undefined }),
        remediation: hostile,
        waiver,
      })
      .map(({ branch, position, waiver, ...rest }) => ({
        ...rest,
        controls: [{ id: 'au-11', basis: 'own' as const }],
        ...(branch === undefined ? {} : { branch }),
        ...(position === undefined ? {} : { position }),
        ...(rest.verdict === 'waived' ? { waiver } : {}),
      }));
    const row = fc.record({
      file,
      status: fc.constantFrom('judged' as const, 'not-a-manifest' as const, 'not-readable' as const),
      resources: fc.nat(3),
      notes: fc.array(fc.record({ message: hostile, position: position(file) }), { maxLength: 2 }),
      next: hostile,
    });
    return fc.record({
      result: fc.record({
        tool: fc.constant({ name: 'rampart' as const, version: '0.1.0' }),
        baseline: fc.constant('fedramp-rev5-moderate'),
        controlData: fc.constant('c0ffee'),
        boundary: fc.constant({ partition: 'aws-us-gov', regions: ['us-gov-west-1'] }),
        files: fc.array(row, { maxLength: 3 }),
        withoutRequirement: fc.dictionary(hostile, fc.integer({ min: 1, max: 3 }), { maxKeys: 2 }),
        findings: fc.array(finding, { maxLength: 6 }),
        unusedWaivers: fc.array(fc.record({ waiver, why: hostile }), { maxLength: 1 }),
      }),
      sources: hostile.map((text) => new Map(files.map((each) => [each, new Lines(each, text)]))),
    });
  });
