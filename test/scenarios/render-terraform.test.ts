import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { Desk } from './command-line.js';

describe('render --target terraform', function () {
  this.timeout(120_000);
  const desk = new Desk();
  after(() => desk.clear());

  it('writes a module for each endpoint, says it is not judged, and writes over nothing', () => {
    const { exit, stderr } = desk.rampart(['render', '--target', 'terraform', '--out', 'infra']);
    assert.equal(exit, 0, stderr);
    for (const endpoint of ['chat', 'summarizer']) {
      for (const file of [
        'main.tf',
        'variables.tf',
        'outputs.tf',
        'versions.tf',
        'terraform.tfvars.example',
        'runbook.md',
      ])
        assert.ok(existsSync(desk.path(`infra/${endpoint}/${file}`)), `${endpoint}/${file}`);
    }
    assert.match(stderr, /Not judged yet/);
    assert.doesNotMatch(stderr, /The gate passed/);
    assert.match(readFileSync(desk.path('infra/chat/runbook.md'), 'utf8'), /rampart check \*\/tfplan\.json/);
    assert.equal(desk.rampart(['render', '--target', 'terraform', '--out', 'infra']).exit, 2);
    assert.equal(desk.rampart(['render', '--target', 'terraform', '--out', 'infra', '--force']).exit, 0);
  });

  it('explains each line that serves a requirement, with its controls, in comments of HCL', () => {
    const { stdout } = desk.rampart(['render', '--target', 'terraform', '--explain']);
    assert.match(stdout, /enable_key_rotation {6}= true {2}# .*kms-key-rotation \(.*SC-12/);
    assert.match(stdout, /enable_network_isolation = true {2}# .*sagemaker-network-isolation \(/);
  });

  it('gives files, digests and trace as JSON', () => {
    const { stdout } = desk.rampart(['render', '--target', 'terraform', '--json']);
    const { baseline, artifacts } = JSON.parse(stdout);
    assert.equal(baseline, 'fedramp-rev5-moderate');
    const main = artifacts.find((each: { path: string }) => each.path === 'summarizer/main.tf');
    const line = main.text.split('\n').findIndex((text: string) => text.includes('initial_instance_count')) + 1;
    const served = main.trace.find((each: { line: number }) => each.line === line);
    assert.deepEqual(served.requirements, ['sagemaker-two-instances']);
  });

  it('knows no other language', () => {
    const { exit, stderr } = desk.rampart(['render', '--target', 'pulumi']);
    assert.equal(exit, 2);
    assert.match(stderr, /cloudformation, kubernetes, terraform/);
  });
});
