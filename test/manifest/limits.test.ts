import assert from 'node:assert/strict';
import { check } from '#check/check.js';
import { RampartError } from '#model/error.js';
import type { Finding } from '#model/finding.js';
import { readManifest } from '../../src/manifest/read.js';
import { against } from '../check/gate.js';
import { given } from '../fuzz/verdicts.js';

/** Judges a text; it must end within some seconds of CPU time, one way or the other. */
function judge(text: string, file: string, seconds: number): Finding[] {
  const began = process.cpuUsage();
  try {
    const manifest = readManifest(file, text, given);
    if (!('resources' in manifest)) throw new Error(manifest.reason);
    const findings = check([manifest], against);
    JSON.stringify(findings);
    assert.deepEqual(
      findings
        .filter(({ verdict }) => verdict === 'error')
        .map(({ reason }) => reason)
        .slice(0, 3),
      [],
    );
    return findings;
  } finally {
    const { user } = process.cpuUsage(began);
    assert.ok(user < seconds * 1e6, `${user / 1e6} s`);
  }
}

const refused = (text: string, file: string, said: RegExp): void => {
  assert.throws(
    () => judge(text, file, 2),
    (error) => error instanceof RampartError && error.exit === 'input' && error.next !== '' && said.test(error.message),
  );
};

const deep = (open: string, close: string, depth: number, inner = '1'): string =>
  open.repeat(depth) + inner + close.repeat(depth);

const plan = (after: string, more = ''): string =>
  `{"format_version":"1.2","terraform_version":"1.9.0","resource_changes":[{"address":"aws_kms_key.k","mode":"managed","type":"aws_kms_key","name":"k","change":{"actions":["create"],"before":null,"after":${after},"after_unknown":{},"after_sensitive":{}}}]${more}}`;

describe('what is too deep, too much or too large', function () {
  this.timeout(60_000);
  const key = (value: string): string =>
    `Resources:\n  K: {Type: AWS::KMS::Key, Properties: {EnableKeyRotation: ${value}}}\n`;
  const arm = (value: string): string =>
    `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "resources": [{"type": "Microsoft.KeyVault/vaults", "apiVersion": "2023-07-01", "name": "v", "location": "usgovvirginia", "properties": {"x": ${value}}}]}`;

  const depths: readonly [what: string, text: string, file: string][] = [
    ['YAML', key(deep('[', ']', 10_000)), 't.yaml'],
    [
      'YAML of blocks',
      `a:\n${Array.from({ length: 2000 }, (_, index) => `${' '.repeat(index + 1)}a:\n`).join('')}`,
      't.yaml',
    ],
    [
      'a template in JSON',
      `{"Resources": {"K": {"Type": "AWS::KMS::Key", "Properties": ${deep('{"a":', '}', 50_000)}}}}`,
      't.json',
    ],
    ['functions', key(deep('!If [A, ', ', 1]', 5000)), 't.yaml'],
    ['an ARM template', arm(deep('[', ']', 20_000)), 'main.json'],
    ['Kubernetes', `apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: ${deep('{a: ', '}', 20_000)}`, 'p.yaml'],
    ['a Terraform plan', plan(deep('{"a":', '}', 100_000)), 'plan.json'],
    ['a Terraform plan of lists', plan(deep('[', ']', 100_000)), 'plan.json'],
    [
      'configuration of a Terraform plan',
      plan('{}', `,"configuration":{"root_module":${deep('{"module_calls":{"m":{"module":', '}}}', 20_000, '{}')}}`),
      'plan.json',
    ],
    [
      'modules of a Terraform state',
      `{"format_version":"1.0","terraform_version":"1.9.0","values":{"root_module":${deep('{"child_modules":[', ']}', 20_000, '{}')}}}`,
      'state.json',
    ],
    ['an expression of an ARM template', arm(JSON.stringify(`[${deep('concat(', ')', 20_000, "'a'")}]`)), 'main.json'],
  ];
  for (const [what, text, file] of depths)
    it(`${what} nested beyond measure is ${/Terraform|expression/.test(what) ? 'judged or ' : ''}refused`, () => {
      if (!/Terraform|expression/.test(what)) return refused(text, file, /deep|nest/);
      try {
        judge(text, file, 3);
      } catch (error) {
        assert.ok(error instanceof RampartError && error.exit === 'input', String(error));
      }
    });

  it('a text that doubles itself ends', () => {
    const doubled = Array.from({ length: 28 }).reduce((inner) => `!Sub ["\${a}\${a}", {a: ${inner}}]`, '"xxxxxxxx"');
    judge(key(String(doubled)), 't.yaml', 5);
  });

  const names = Array.from({ length: 10_000 }, (_, index) => `C${index}`);
  const conditions = (each: (index: number) => string): string =>
    `Parameters: {P: {Type: String}}\nConditions:\n${names.map((name, index) => `  ${name}: ${each(index)}`).join('\n')}\nResources:\n  K: {Type: AWS::KMS::Key, Condition: C9999, Properties: {EnableKeyRotation: !If [C9998, true, true]}}\n`;

  it('10,000 conditions that build on each other are judged', () => {
    judge(
      conditions((index) => (index === 0 ? '!Equals [!Ref P, a]' : `!Not [!Condition C${index - 1}]`)),
      't.yaml',
      5,
    );
  });

  it('10,000 conditions that double each other are judged, or too many to follow', () => {
    const text = conditions((index) =>
      index === 0 ? '!Equals [!Ref P, a]' : `!And [!Condition C${index - 1}, !Condition C${index - 1}]`,
    );
    judge(text, 't.yaml', 5);
  });

  it('a condition of 10,000 parts is judged', () => {
    judge(
      conditions((index) =>
        index < 9998
          ? '!Equals [!Ref P, a]'
          : `!Or [${names
              .slice(0, 9000)
              .map((name) => `!Condition ${name}`)
              .join(', ')}]`,
      ),
      't.yaml',
      5,
    );
  });

  it('a circle of conditions ends', () => {
    judge(
      conditions((index) => `!Or [!Condition C${(index + 1) % 10_000}, !Condition C${(index * 7 + 3) % 10_000}]`),
      't.yaml',
      5,
    );
  });

  it('a parameter compared with 10,000 values is more than is followed', () => {
    const findings = judge(
      conditions((index) => `!Equals [!Ref P, v${index}]`).replace('[C9998, true, true]', '[C9998, true, false]'),
      't.yaml',
      5,
    );
    assert.notEqual(findings.find(({ requirement }) => requirement === 'kms-key-rotation')?.verdict, 'pass');
  });

  it('10,000 resources that point at each other are judged', () => {
    const buckets = names.map(
      (name, index) =>
        `  ${name}: {Type: AWS::S3::Bucket, Properties: {BucketName: b${index}, X: !GetAtt C${(index + 1) % 10_000}.Arn}}`,
    );
    judge(`Resources:\n${buckets.join('\n')}\n`, 't.yaml', 30);
  });

  it('text beyond 16 MiB that is no plan is refused', () => {
    refused(`${key('true')}# ${'x'.repeat(17 * 1024 * 1024)}`, 't.yaml', /larger than/);
  });

  it('one line of 8 MiB is judged', () => {
    judge(key(JSON.stringify('x'.repeat(8 * 1024 * 1024))), 't.yaml', 10);
  });
});
