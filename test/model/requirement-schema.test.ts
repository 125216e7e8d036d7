import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { requirementSchema } from '#model/requirement-schema.js';

const folder = new URL('../../controls/requirements/', import.meta.url);
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.yaml'));
const read = (path: string): Record<string, unknown> => parse(readFileSync(new URL(path, folder), 'utf8'));

describe('the schema of requirement files', () => {
  const valid = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(requirementSchema);

  it('accepts every requirement', () => {
    assert.ok(files.length >= 48, `only ${files.length} requirements`);
    for (const path of files) assert.ok(valid(read(path)), `${path}: ${JSON.stringify(valid.errors)}`);
  });

  const spoil: Record<string, Record<string, unknown>> = {
    'a field nobody knows': { sevrity: 'high' },
    'a severity nobody knows': { severity: 'urgent' },
    'a control id in its printed form': { controls: [{ id: 'SC-28(1)', basis: 'own' }] },
    'a sourced mapping without its source': { controls: [{ id: 'sc-28.1', basis: 'sourced' }] },
    'an own mapping that borrows a source': { controls: [{ id: 'sc-28.1', basis: 'own', source: 'somebody' }] },
    'an expectation without `must`': { expect: { cloudformation: [{ each: 'AWS::KMS::Key' }] } },
    'an endpoint kind nobody knows': { endpoints: ['bedrok'] },
    'fewer than two failing examples': { examples: { cloudformation: { pass: ['a'], fail: ['b'], unknown: ['c'] } } },
  };
  for (const [what, change] of Object.entries(spoil)) {
    it(`refuses ${what}`, () => {
      const [first] = files;
      assert.ok(first);
      assert.equal(valid({ ...read(first), ...change }), false);
    });
  }
});
