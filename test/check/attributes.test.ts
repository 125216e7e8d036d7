import assert from 'node:assert/strict';
import { check } from '#check/check.js';
import { ofResources } from '#live/resources.js';
import { readManifest } from '#manifest/read.js';
import type { Requirement } from '#model/requirement.js';
import { base } from '../controls/base.js';
import { against, judge } from './gate.js';

const verdict = (text: string) => {
  const found = (judge(text) ?? []).find(({ requirement }) => requirement === 'kms-key-retained');
  return found && [found.verdict, found.position?.line, found.branch, found.reason];
};

describe('what becomes of a resource when its stack lets it go', () => {
  it('is judged where it stands, and where the resource stands when it is not said', () => {
    assert.deepEqual(verdict('Resources:\n  K:\n    Type: AWS::KMS::Key\n    DeletionPolicy: Delete\n'), [
      'fail',
      4,
      undefined,
      'DeletionPolicy is "Delete"; must be "Retain" or "RetainExceptOnCreate"',
    ]);
    assert.deepEqual(verdict('Resources:\n  K:\n    Type: AWS::KMS::Key\n')?.slice(0, 2), ['fail', 2]);
  });

  it('is told from a property of the same name', () => {
    const text = 'Resources: {K: {Type: AWS::KMS::Key, Properties: {DeletionPolicy: Retain}}}';
    assert.equal(verdict(text)?.[0], 'fail');
  });

  it('is followed through every branch', () => {
    const text = (no: string) => `Transform: AWS::LanguageExtensions
Parameters:
  Stage: {Type: String, AllowedValues: [test, live]}
Conditions:
  IsLive: !Equals [!Ref Stage, live]
Resources:
  K: {Type: AWS::KMS::Key, DeletionPolicy: !If [IsLive, Retain, ${no}]}
`;
    assert.equal(verdict(text('RetainExceptOnCreate'))?.[0], 'pass');
    assert.deepEqual(verdict(text('Delete'))?.slice(0, 3), ['fail', 7, 'when parameter Stage is "test"']);
  });

  it('is not asked of what is read live, and cannot be asked of other languages', () => {
    assert.ok(!ofResources(base.requirements).some(({ id }) => id === 'kms-key-retained'));
    const [asking] = base.requirements.filter(({ id }) => id === 'kms-key-retained');
    const must = { attributes: { DeletionPolicy: { present: true } } };
    const elsewhere = { ...asking, expect: { kubernetes: [{ each: 'Pod', must }] } } as unknown as Requirement;
    const text = 'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\n';
    const manifest = readManifest('a.yaml', text, { ...against.boundary, parameters: {} });
    assert.ok('resources' in manifest);
    const [found] = check([manifest], { ...against, requirements: [elsewhere] });
    assert.equal(found?.verdict, 'error');
  });
});
