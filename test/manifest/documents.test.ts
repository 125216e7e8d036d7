import assert from 'node:assert/strict';
import { RampartError } from '#model/error.js';
import { readManifest } from '../../src/manifest/read.js';
import { readTemplateFile } from '../../src/manifest/template-file.js';
import { change } from './terraform/plan.js';

const given = { partition: 'aws-us-gov', regions: ['us-gov-west-1'], parameters: {} };
const template = 'Resources:\n  K: {Type: AWS::KMS::Key}\n';

const refused = (text: string, code: string, line: number): void =>
  assert.throws(
    () => readManifest('given', text, given),
    (error) =>
      error instanceof RampartError && error.exit === 'input' && error.code === code && error.position?.line === line,
  );

describe('a CloudFormation template among documents', () => {
  it('is read where the others hold nothing', () => {
    for (const text of [`---\n${template}---\n`, `---\n---\n${template}`, `${template}...\n`]) {
      const manifest = readManifest('given', text, given);
      assert.ok('resources' in manifest && manifest.resources.length === 1, text);
      assert.ok(readTemplateFile('given', text, given));
    }
  });

  it('is refused beside another, instead of being passed over as what is no manifest', () => {
    refused(`Description: x\n---\n${template}`, 'RAMPART_CFN_DOCUMENTS', 3);
    refused(`${template}---\n${template}`, 'RAMPART_CFN_DOCUMENTS', 1);
  });

  it('is one though all of its resources are written by a macro', () => {
    const manifest = readManifest('given', 'Resources: {"Fn::Transform": {Name: AWS::Include}}', given);
    assert.ok('resources' in manifest);
    assert.deepEqual(
      manifest.resources.map(({ type }) => type),
      ['UnreadResources'],
    );
  });
});

describe('a Terraform plan', () => {
  const plan = { format_version: '1.2', resource_changes: [change({ address: 'aws_kms_key.k' })] };

  it('is refused behind what is printed before it, instead of being passed over as what is no manifest', () => {
    for (const indent of [0, 2]) {
      const text = JSON.stringify(plan, null, indent);
      refused(`Acquiring state lock. This may take a few moments...\n${text}\n`, 'RAMPART_TERRAFORM_SYNTAX', 2);
      refused(`[command]/usr/bin/terraform-bin show -json plan.bin\n${text}\n`, 'RAMPART_TERRAFORM_SYNTAX', 2);
    }
  });

  it('is refused in a list of plans', () => {
    refused(JSON.stringify([plan, plan], null, 2), 'RAMPART_TERRAFORM_SYNTAX', 1);
    assert.ok('reason' in readManifest('given', JSON.stringify([{ plan }]), given));
  });

  it('is none where a text of an object holds one', () => {
    const held = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  plan: |\n    ${JSON.stringify(plan)}\n`;
    assert.ok('resources' in readManifest('given', held, given));
  });
});
