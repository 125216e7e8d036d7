import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { Desk } from './command-line.js';

const who = ['--organization', 'Example Agency', '--contact', 'isso@agency.example.gov'];

/** A newcomer's path, as docs/endpoints tells it. */
describe('from nothing to a checked manifest, in other clouds', function () {
  this.timeout(60_000);
  const desk = new Desk();
  after(() => desk.clear());
  const init = (...args: string[]) => {
    rmSync(desk.path('rampart.yaml'), { force: true });
    return desk.rampart(['init', '--yes', ...args, ...who]);
  };

  it('azure-openai: init, plan, render, check', () => {
    assert.equal(init('--endpoint', 'azure-openai').exit, 0);
    const planned = desk.rampart(['plan']);
    assert.match(planned.stdout, /azure-us-gov, usgovvirginia/);
    const rendered = desk.rampart(['render', '--target', 'arm', '--out', 'deploy']);
    assert.equal(rendered.exit, 0, rendered.stderr);
    assert.match(
      rendered.stderr,
      /Wrote deploy\/azure-openai\.parameters\.example\.json, .*The gate passed \d\d judgements/s,
    );
    const checked = desk.rampart(['check', 'deploy/azure-openai.template.json']);
    assert.equal(checked.exit, 0, checked.stdout);
    const text = desk.read('deploy/azure-openai.template.json');
    desk.write('weak.json', text.replace('"disableLocalAuth": true', '"disableLocalAuth": false'));
    const weak = desk.rampart(['check', 'weak.json']);
    assert.equal(weak.exit, 1);
    assert.match(weak.stdout, /azure-openai-local-auth/);
    // The boundary is one region: the other one of the same cloud is outside.
    desk.write('elsewhere.json', text.replaceAll('"usgovvirginia"', '"usgovarizona"'));
    const elsewhere = desk.rampart(['check', 'elsewhere.json']);
    assert.equal(elsewhere.exit, 1);
    assert.match(elsewhere.stdout, /azure-location/);
    const explained = desk.rampart(['render', '--explain']);
    assert.match(explained.stdout, /"disableLocalAuth": true, {2}# azure-openai-local-auth \(AC-2/);
  });

  it('azure-openai: Terraform, and a clear word on what there is not', () => {
    const rendered = desk.rampart(['render', '--target', 'terraform', '--out', 'module']);
    assert.equal(rendered.exit, 0, rendered.stderr);
    assert.match(desk.read('module/azure-openai/versions.tf'), /environment +?= "usgovernment"/);
    const other = desk.rampart(['render', '--target', 'cloudformation']);
    assert.equal(other.exit, 2);
    assert.match(other.stderr, /no cloudformation template for azure-openai endpoints/);
    assert.match(other.stderr, /Choose arm or terraform with --target/);
  });

  it('vertex-ai: init, plan, render', () => {
    assert.equal(init('--endpoint', 'vertex-ai').exit, 0);
    assert.match(desk.rampart(['plan']).stdout, /google-us, us-east4/);
    const rendered = desk.rampart(['render', '--target', 'terraform', '--out', 'vertex']);
    assert.equal(rendered.exit, 0, rendered.stderr);
    assert.match(rendered.stderr, /Not judged yet/);
    const explained = desk.rampart(['render', '--explain']);
    assert.match(explained.stdout, /protection_level = "HSM" {2}# gcp-key-hsm \(SC-12/);
    assert.match(desk.rampart(['render', '--target', 'arm']).stderr, /no arm template for vertex-ai endpoints/);
  });

  it('init keeps kinds of different clouds apart', () => {
    const { exit, stderr } = init('--endpoint', 'bedrock', '--endpoint', 'azure-openai');
    assert.equal(exit, 2);
    assert.match(stderr, /azure-openai is in another cloud than bedrock/);
  });
});
