import assert from 'node:assert/strict';
import { parse, stringify } from 'yaml';
import { Desk } from './command-line.js';

describe('a newcomer with vLLM on EKS', function () {
  this.timeout(120_000);
  const desk = new Desk('eks-vllm');
  after(() => desk.clear());
  const environment = { RAMPART_ACCOUNT: '111122223333' };
  const run = (...args: string[]) => desk.rampart(args, environment);
  const digest = 'ab'.repeat(32);
  const image = (name: string) => `111122223333.dkr.ecr.us-gov-west-1.amazonaws.com/${name}@sha256:${digest}`;

  it('answers init, plans, renders all three languages, and passes the gate', () => {
    const answers = {
      organization: 'Example Agency',
      contact: 'isso@agency.example',
      endpoint: 'eks-vllm',
      'vllm-image': image('vllm'),
      'proxy-image': image('nginx'),
      'loader-image': image('aws-cli'),
      weights: 's3://models-bucket/gpt-oss-20b',
      'weights-sha256': digest,
      's3-prefix-list': 'pl-0a1b2c3d',
      's3-range': '198.51.100.0/24',
      caller: 'case-assistant',
      deployer: 'ci/model-deployer',
    };
    const flags = Object.entries(answers).flatMap(([name, value]) => [`--${name}`, value]);
    const began = run('init', '--yes', '--force', ...flags);
    assert.equal(began.exit, 0, began.stderr);
    assert.match(run('plan').stdout, /encryption\.validated-modules/);
    for (const target of ['cloudformation', 'kubernetes', 'terraform']) {
      const { exit, stderr } = run('render', '--target', target, '--out', 'deploy');
      assert.equal(exit, 0, stderr);
    }
    const { exit, stdout } = run('check', 'deploy/eks-vllm.template.yaml', 'deploy/eks-vllm/kubernetes');
    assert.equal(exit, 0, stdout);
    assert.match(
      run('render', '--target', 'kubernetes', '--explain').stdout,
      /runAsNonRoot: true {2}# .*container-non-root \(AC-6/,
    );
  });

  it('is stopped where a line of the workload asks for less', () => {
    const path = 'deploy/eks-vllm/kubernetes/workload.yaml';
    desk.write('weak.yaml', desk.read(path).replace('--host=127.0.0.1', '--host=0.0.0.0'));
    const { exit, stdout } = run('check', 'weak.yaml', 'deploy/eks-vllm/kubernetes/namespace.yaml');
    assert.equal(exit, 1, stdout);
    assert.match(stdout, /vllm-tls/);
  });

  it('must acknowledge Inferentia and Trainium, have seen them, and is told of it each time', () => {
    const system = parse(desk.read('rampart.yaml'));
    system.endpoints[0].instanceType = 'trn1.32xlarge';
    desk.write('rampart.yaml', stringify(system));
    const refused = run('plan').stderr;
    assert.match(refused, /trn1, which us-gov-west-1 does not have/);
    assert.match(refused, /say acknowledge: \[neuron-not-seen-in-govcloud\]/);
    system.endpoints[0].acknowledge = ['neuron-not-seen-in-govcloud'];
    desk.write('rampart.yaml', stringify(system));
    assert.equal(run('plan').exit, 3);
    system.boundary.data = 'boundary.yaml';
    desk.write('rampart.yaml', stringify(system));
    const family = {
      ids: ['trn1'],
      regions: ['us-gov-west-1'],
      source: 'EC2 console of the account',
      date: '2026-11-20',
    };
    desk.write('boundary.yaml', stringify({ families: [family] }));
    const { exit, stderr } = run('plan');
    assert.equal(exit, 0, stderr);
    assert.match(stderr, /Caution: eks-vllm: GovCloud is not seen to have instances of family trn1/);
    for (const target of ['cloudformation', 'kubernetes'])
      assert.equal(run('render', '--target', target, '--out', `neuron-${target}`).exit, 0, target);
  });

  it('is told which endpoints have no Kubernetes form', () => {
    const other = new Desk('both');
    try {
      const { exit, stderr } = other.rampart(['render', '--target', 'kubernetes']);
      assert.equal(exit, 2);
      assert.match(stderr, /no kubernetes template for bedrock endpoints/);
    } finally {
      other.clear();
    }
  });
});
