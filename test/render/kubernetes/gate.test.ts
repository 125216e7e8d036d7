import assert from 'node:assert/strict';
import type { Finding } from '#model/finding.js';
import { traceOf } from '../../../src/render/trace.js';
import { base } from '../../controls/base.js';
import { eksPlan, matrix } from '../eks-plans.js';
import { judged, rendered } from './judged.js';

const open = (findings: readonly Finding[]): string[] =>
  findings
    .filter(({ verdict }) => verdict !== 'pass')
    .map(({ requirement, resource, verdict, reason }) => `${verdict} ${requirement} ${resource}: ${reason}`);

/** Requirements that speak of objects the workload does not have. */
const nothingToJudge: Readonly<Record<string, string>> = {
  'nested-template-known': 'nothing is left to Helm or to a controller',
  'admission-fails-closed': 'the guards of a cluster are rendered by themselves',
  'arn-partition': 'no object names an ARN',
  'file-system-tls': 'no pod mounts NFS, and no volume of EFS is made',
  'dns-forwarding-private': 'pods take the resolver of the cluster',
  'device-plugin-strategy': 'the device plugin is part of the node image',
  'ingress-waf': 'callers are pods of the cluster: there is no Ingress',
  'instance-metadata-v2': 'nodes are made by the stack of the cluster',
  'instance-no-public-ip': 'nodes are made by the stack of the cluster',
  'load-balancer-internal': 'the Service is a ClusterIP',
  'load-balancer-logs': 'the Service is a ClusterIP',
  'load-balancer-tls': 'the Service is a ClusterIP',
  'node-class-fips': 'nodes are made by the stack of the cluster',
  'node-expiry': 'nodes are made by the stack of the cluster',
  'secret-not-in-manifest': 'Secrets are made by hand, as the runbook says',
  'security-group-ingress': 'the Service is a ClusterIP',
  'volume-kms': 'the workload has no volumes of its own',
  // Judged where the plan makes validated modules a must or a should.
  'container-fips-endpoints': 'the baseline does not ask for it',
};

describe('rendered vLLM on EKS before the gate', function () {
  this.timeout(60_000);

  it('has no failing and no open finding, and nothing planned goes unjudged, for every baseline and network', () => {
    assert.equal(matrix.length, 30);
    for (const { name, plan } of matrix) {
      const workload = judged(rendered(plan, 'kubernetes'), plan);
      assert.ok(workload.length > 60, `${name}: only ${workload.length} findings`);
      assert.deepEqual(open(workload), [], name);
      const told = new Set(workload.map(({ requirement }) => requirement));
      const planned = new Set(plan.endpoints.flatMap(({ requirements }) => requirements.map(({ id }) => id)));
      const silent = base.requirements.filter(
        ({ id, expect }) => planned.has(id) && expect.kubernetes && !told.has(id) && !(id in nothingToJudge),
      );
      assert.deepEqual(
        silent.map(({ id }) => id),
        [],
        name,
      );
      const cluster = judged(rendered(plan, 'cloudformation'), plan);
      assert.ok(cluster.length > 180, `${name}: only ${cluster.length} findings`);
      assert.deepEqual(open(cluster), [], name);
    }
  });

  it('traces every line a requirement rests on', () => {
    const plan = eksPlan();
    const files = rendered(plan, 'kubernetes');
    const findings = judged(files, plan);
    const served = (file: string, words: string): readonly string[] => {
      const { path = '', text = '' } = files.find((each) => each.path.endsWith(file)) ?? {};
      const line = text.split('\n').findIndex((each) => each.includes(words)) + 1;
      return traceOf(findings, path).find((each) => each.line === line)?.requirements ?? [];
    };
    assert.deepEqual(served('namespace.yaml', 'pod-security.kubernetes.io/enforce: restricted'), [
      'namespace-pod-security',
    ]);
    assert.ok(served('workload.yaml', 'readOnlyRootFilesystem: true').includes('container-read-only-root'));
    assert.ok(served('workload.yaml', '- --max-model-len=').includes('vllm-request-limits'));
    assert.ok(served('workload.yaml', '- --host=127.0.0.1').includes('vllm-tls'));
    const all = new Set(
      files.flatMap(({ path }) => traceOf(findings, path).flatMap(({ requirements }) => requirements)),
    );
    // The rest is met by what is not written.
    assert.ok(all.size > 25, [...all].join(' '));
  });
});
