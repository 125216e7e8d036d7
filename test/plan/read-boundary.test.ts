import assert from 'node:assert/strict';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { boundarySchema } from '#model/boundary-schema.js';
import type { RampartError } from '#model/error.js';
import { overlayBoundary } from '../../src/plan/overlay-boundary.js';
import { readBoundary } from '../../src/plan/read-boundary.js';
import { base } from '../controls/base.js';

const compiled = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(boundarySchema);
const validate = (data: unknown) => (compiled(data) ? [] : (compiled.errors ?? []));
const read = (text: string) => readBoundary(text, 'boundary.yaml', validate, base.boundary);

/** `line:column message` of everything a file is refused for. */
function refused(text: string): string[] {
  try {
    read(text);
  } catch (error) {
    const { code, exit, next, problems } = error as RampartError;
    assert.match(code, /^RAMPART_BOUNDARY_/);
    assert.equal(exit, 'input');
    assert.ok(next);
    return problems.map(({ message, position }) => `${position?.line}:${position?.column} ${message}`);
  }
  return [];
}

const dated = 'source: the console, date: "2026-11-01"';

describe('a boundary file', () => {
  it('states what the shipped data do not know', () => {
    const file = read(`types: [{ids: [AWS::Bedrock::Flow2], regions: [us-gov-west-1], ${dated}}]\n`);
    assert.deepEqual(file.types?.[0]?.ids, ['AWS::Bedrock::Flow2']);
  });

  const faults: [what: string, text: string, expected: RegExp][] = [
    [
      'a row without source',
      'families: [{ids: [g7], regions: [], date: "2026-11-01"}]',
      /^1:\d+ families\[0\]: source is missing/,
    ],
    ['a row without date', 'families: [{ids: [g7], regions: [], source: me}]', /^1:\d+ families\[0\]: date is missing/],
    [
      'an empty source',
      'families: [{ids: [g7], regions: [], source: "", date: "2026-11-01"}]',
      /families\[0\]\.source: "" is not one line/,
    ],
    [
      'a day that is none',
      'families: [{ids: [g7], regions: [], source: me, date: yesterday}]',
      /"yesterday" is not a date written YYYY-MM-DD/,
    ],
    [
      'a misspelt list',
      `familys: [{ids: [g7], regions: [], ${dated}}]`,
      /^1:1 unknown key familys\. Did you mean families\?/,
    ],
    [
      'a type that is a family',
      `families: [{ids: [g7.xlarge], regions: [], ${dated}}]`,
      /"g7\.xlarge" is not an instance family such as g6/,
    ],
    [
      'a region of no partition',
      `types: [{ids: [AWS::A::B], regions: [us-gov-north-1], ${dated}}]`,
      /types\[0\]\.regions\[0\]: "us-gov-north-1" is a region of no partition .*State its partition.*under partitions/,
    ],
    [
      'a region that lacks what it has',
      `types: [{ids: [AWS::A::B], regions: [us-gov-west-1], lacking: [us-gov-west-1], ${dated}}]`,
      /lacking\[0\]: .*a region has a thing or lacks it/,
    ],
    ['a file of nothing', '{}', /^1:1 a map that holds nothing/],
    ['a list', '[]', /is not a map/],
    ['keys of objects', `__proto__: [{ids: [g7], regions: [], ${dated}}]`, /__proto__/],
    ['text that is no YAML', 'types: [', /^1:/],
    [
      'control characters',
      `types: [{ids: [AWS::A::B], regions: [], source: "a\\u001b[2J", date: "2026-11-01"}]`,
      /types\[0\]\.source: .* is not one line of text/,
    ],
  ];
  for (const [what, text, expected] of faults) {
    it(`is refused with ${what}`, () => assert.match(refused(text)[0] ?? 'nothing', expected));
  }

  it('names all that is wrong', () => {
    const text = `types:\n  - {ids: [], regions: [x], ${dated}}\nfamilies:\n  - {ids: [g7], regions: []}\n`;
    assert.equal(refused(text).length, 4);
  });

  it('may bring a partition of its own, and then speak of its regions', () => {
    const file = read(
      `partitions: [{id: aws-iso, regions: [us-iso-east-1], dnsSuffix: c2s.ic.gov, ${dated}}]\ntypes: [{ids: [AWS::A::B], regions: [us-iso-east-1], ${dated}}]\n`,
    );
    assert.equal(file.partitions?.[0]?.id, 'aws-iso');
  });
});

describe('boundary data with a file over them', () => {
  const over = (text: string) => overlayBoundary(base.boundary, read(text), 'boundary.yaml');

  it('rows of the same id are replaced, others are added, and the file is named', () => {
    const {
      models,
      kinds = [],
      own,
    } = over(
      `models:\n  - {id: amazon.nova-lite-v1:0, regions: [us-gov-east-1], ${dated}}\n  - {id: vendor.new-v1, regions: [us-gov-west-1], ${dated}}\nkinds: [{kind: sagemaker, regions: [us-gov-east-1], ${dated}}]\n`,
    );
    assert.deepEqual(
      models.filter(({ id }) => id === 'amazon.nova-lite-v1:0').map(({ regions }) => regions),
      [['us-gov-east-1']],
    );
    assert.equal(models.length, base.boundary.models.length + 1);
    assert.deepEqual(
      kinds.filter(({ kind }) => kind === 'sagemaker').map(({ regions }) => regions),
      [['us-gov-east-1']],
    );
    assert.deepEqual(own, ['boundary.yaml']);
  });

  it('a family told anew leaves the list it stood in', () => {
    const { nvmeFamilies } = over(`nvmeFamilies: {families: [m5, x9], without: [g5], ${dated}}\n`);
    assert.ok(nvmeFamilies.families.includes('m5') && nvmeFamilies.families.includes('x9'));
    assert.ok(!nvmeFamilies.without?.includes('m5') && !nvmeFamilies.families.includes('g5'));
    assert.ok(nvmeFamilies.without?.includes('g5'));
  });

  it('leaves the shipped data as they were', () => {
    const before = JSON.stringify(base.boundary);
    over(`families: [{ids: [g5], regions: [us-gov-west-1], ${dated}}]\n`);
    assert.equal(JSON.stringify(base.boundary), before);
  });
});
