import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dataFaults, refuseBroken } from '../../src/build/data-files.js';
import { dataSchemas } from '../../src/build/data-schemas.js';

const root = new URL('../../', import.meta.url);
const text = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const paths = ['controls', 'templates']
  .flatMap((folder) =>
    readdirSync(new URL(`${folder}/`, root), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.yaml'))
      .map((path) => `${folder}/${path.replaceAll('\\', '/')}`),
  )
  .filter((path) => !/^templates\/(fleet|pipelines)\//.test(path));

/** A file of the checkout, with one thing in it changed. */
const broken = (path: string, from: string | RegExp, to: string): string[] => {
  const whole = text(path);
  const changed = whole.replace(from, to);
  assert.notEqual(changed, whole, `${path} no longer holds ${from}`);
  return dataFaults({ path, text: changed });
};

describe('every data file of the checkout', () => {
  it('fits the schema of its kind, and there are files of every kind', () => {
    assert.ok(paths.length > 150);
    for (const { kind, path } of dataSchemas)
      assert.ok(
        paths.some((each) => path.test(each)),
        kind,
      );
    refuseBroken(paths.map((path) => ({ path, text: text(path) })));
  });

  it('is refused with all that is wrong when it is of no known kind or no YAML', () => {
    assert.match(
      dataFaults({ path: 'controls/other/x.yaml', text: 'a: 1\n' })[0] ?? '',
      /^controls\/other\/x\.yaml: no schema/,
    );
    assert.throws(
      () => dataFaults({ path: 'controls/boundary/x.yaml', text: 'a: [1\n' }),
      /cannot be read as boundary data/,
    );
    const files = ['a', 'b'].map((name) => ({ path: `controls/boundary/${name}.yaml`, text: 'modles: []\n' }));
    assert.throws(() => refuseBroken(files), /a\.yaml:1:1 [^\n]*modles[^\n]*\ncontrols\/boundary\/b\.yaml:1:1/);
  });

  const faults: [what: string, path: string, from: string | RegExp, to: string, expected: RegExp][] = [
    [
      'a baseline whose control is no id',
      'controls/baselines/fedramp-rev5-high.yaml',
      '  - ac-10\n',
      '  - AC-10\n',
      /^controls\/baselines\/fedramp-rev5-high\.yaml:\d+:5 controls\[1\]: "AC-10" is not a control id in OSCAL form/,
    ],
    [
      'a baseline without a date',
      'controls/baselines/fedramp-rev5-low.yaml',
      /date: .*\n/,
      '',
      /fedramp-rev5-low\.yaml:\d+:1 date is missing/,
    ],
    [
      'a model without a source',
      'controls/boundary/models.yaml',
      / {4}source: .*\n/,
      '',
      /^controls\/boundary\/models\.yaml:\d+:\d+ models\[0\]: source is missing/,
    ],
    [
      'an impossible date in the boundary',
      'controls/boundary/partitions.yaml',
      'date: "2026-11-20"',
      'date: "2026-13-20"',
      /partitions\.yaml:\d+:\d+ partitions\[0\]\.date: "2026-13-20" is not a date written YYYY-MM-DD/,
    ],
    [
      'a misspelt key of the boundary',
      'controls/boundary/accelerators.yaml',
      'lacking: []',
      'laking: []',
      /accelerators\.yaml:\d+:\d+ families\[0\]: unknown key laking\. Did you mean lacking\?/,
    ],
    [
      'a resource type that is none',
      'controls/boundary/resource-types.yaml',
      'AWS::AccessAnalyzer::Analyzer',
      '"AWS AccessAnalyzer"',
      /resource-types\.yaml:\d+:\d+ types\[0\]\.ids\[\d+\]: "AWS AccessAnalyzer" is not a resource type such as/,
    ],
    [
      'an indicator with a class of its own',
      'controls/catalog/fedramp-rules.yaml',
      'classes: all',
      'classes: most',
      /fedramp-rules\.yaml:\d+:\d+ indicators\[0\]\.classes: "most" is not all/,
    ],
    [
      'a family of no control',
      'controls/catalog/nature.yaml',
      '  ac: configuration',
      '  access: configuration',
      /nature\.yaml:\d+:\d+ families: "access" is not a family of controls such as ac/,
    ],
    [
      'a threat that is not described',
      'controls/catalog/threats.yaml',
      /, description: "[^"]*"/,
      '',
      /threats\.yaml:\d+:\d+ threats\[0\]: description is missing/,
    ],
    [
      'a control with a label of another form',
      'controls/catalog/nist-800-53-rev5.yaml',
      'label: "AC-2(1)"',
      'label: "AC-2.1"',
      /nist-800-53-rev5\.yaml:\d+:\d+ controls\[2\]\.label: "AC-2\.1" is not a printed label/,
    ],
    [
      'a requirement of no severity',
      'controls/requirements/encryption/kms-key-rotation.yaml',
      /severity: \w+/,
      'severity: grave',
      /kms-key-rotation\.yaml:\d+:\d+ severity: "grave" is not one of critical, high, medium, low/,
    ],
    [
      'a system file with an endpoint of no kind',
      'templates/system/both.yaml',
      'kind: bedrock',
      'kind: bedrok',
      /both\.yaml:\d+:\d+ endpoints\[0\]\.kind: "bedrok" is not one of .*Did you mean bedrock\?/,
    ],
  ];
  for (const [what, path, from, to, expected] of faults) {
    it(`names ${what}`, () => {
      const [first = 'nothing'] = broken(path, from, to);
      assert.match(first, expected);
    });
  }
});
