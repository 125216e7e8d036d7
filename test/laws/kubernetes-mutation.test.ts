import assert from 'node:assert/strict';
import { eksPlan } from '../render/eks-plans.js';
import { judged, rendered } from '../render/kubernetes/judged.js';

/** A weaker line of the workload or its namespace, and the requirement that must notice. */
const weakened: readonly [file: string, from: string | RegExp, to: string, requirement: string][] = [
  [
    'namespace',
    'pod-security.kubernetes.io/enforce: restricted',
    'pod-security.kubernetes.io/enforce: baseline',
    'namespace-pod-security',
  ],
  ['namespace', 'policyTypes: [Ingress, Egress]', 'policyTypes: [Ingress]\n  ingress: [{}]', 'pod-default-deny'],
  ['namespace', 'cidr: "198.51.100.0/24"', 'cidr: 0.0.0.0/0', 'pod-default-deny'],
  ['namespace', 'cidr: "198.51.100.0/24"', 'cidr: 0.0.0.0/0', 'network-policy-not-open'],
  ['namespace', 'resources: [replicasets]', 'resources: ["*"]', 'rbac-least-privilege'],
  ['namespace', 'verbs: [get, list, watch]', 'verbs: ["*"]', 'rbac-least-privilege'],
  ['workload', 'serviceAccountName: "vllm"', 'serviceAccountName: default', 'pod-service-account'],
  ['workload', /automountServiceAccountToken: false/g, 'automountServiceAccountToken: true', 'pod-no-api-token'],
  ['workload', 'hostIPC: false', 'hostIPC: true', 'pod-host-namespaces'],
  ['workload', 'runAsNonRoot: true\n        runAsUser: 10001', 'runAsUser: 0', 'container-non-root'],
  ['workload', 'seccompProfile: {type: RuntimeDefault}', 'seccompProfile: {type: Unconfined}', 'container-seccomp'],
  ['workload', 'topologyKey: topology.kubernetes.io/zone', 'topologyKey: kubernetes.io/os', 'model-server-zones'],
  [
    'workload',
    'allowPrivilegeEscalation: false',
    'allowPrivilegeEscalation: true',
    'container-no-privilege-escalation',
  ],
  ['workload', 'privileged: false', 'privileged: true', 'container-not-privileged'],
  ['workload', 'readOnlyRootFilesystem: true', 'readOnlyRootFilesystem: false', 'container-read-only-root'],
  ['workload', 'capabilities: {drop: [ALL]}', 'capabilities: {drop: [NET_RAW]}', 'container-drop-capabilities'],
  [
    'workload',
    'capabilities: {drop: [ALL]}',
    'capabilities: {drop: [ALL]}\n            procMount: Unmasked',
    'container-proc-mount',
  ],
  [
    'workload',
    'seccompProfile: {type: RuntimeDefault}',
    'seccompProfile: {type: RuntimeDefault}\n        appArmorProfile: {type: Unconfined}',
    'container-confined',
  ],
  [
    'workload',
    'seccompProfile: {type: RuntimeDefault}',
    'seccompProfile: {type: RuntimeDefault}\n        sysctls: [{name: net.core.somaxconn, value: "1024"}]',
    'pod-safe-sysctls',
  ],
  [
    'workload',
    'limits: {cpu: "1", memory: 2Gi, ephemeral-storage: 60Gi}',
    'limits: {cpu: "1"}',
    'container-resource-limits',
  ],
  ['workload', /nvidia.com\/gpu: 4, /g, '', 'container-whole-accelerator'],
  ['workload', /(?<=name: AWS_REGION\s+value: )\S+/, '"us-east-1"', 'environment-in-boundary'],
  [
    'workload',
    'AWS_USE_FIPS_ENDPOINT, value: "true"',
    'AWS_USE_FIPS_ENDPOINT, value: "false"',
    'container-fips-endpoints',
  ],
  ['workload', /aws-cli@sha256:[0-9a-f]+/, 'aws-cli:latest', 'container-image-digest'],
  [
    'workload',
    '111122223333.dkr.ecr.us-gov-west-1.amazonaws.com/vllm',
    'docker.io/vllm/vllm-openai',
    'container-image-registry',
  ],
  ['workload', '--host=127.0.0.1', '--host=0.0.0.0', 'vllm-tls'],
  ['workload', 'listen 8443 ssl;', 'listen 8443;', 'vllm-tls'],
  ['workload', 'listen 8443 ssl;', 'listen 8443 ssl;\n        listen 8080;', 'vllm-tls'],
  ['workload', 'ssl_protocols TLSv1.2 TLSv1.3;', 'ssl_protocols TLSv1 TLSv1.2;', 'vllm-tls'],
  ['workload', 'proxy_pass http://127.0.0.1:8000;', 'proxy_pass http://vllm.other:8000;', 'vllm-tls'],
  ['workload', 'proxy_set_header Connection "";', 'proxy_set_header Authorization "Bearer x";', 'vllm-api-key'],
  ['workload', '- --max-model-len=32768', '- --enforce-eager', 'vllm-request-limits'],
  ['workload', '- --max-num-seqs=64', '- --trust-remote-code', 'model-no-remote-code'],
  ['workload', '- --max-num-seqs=64', '- --load-format=pt', 'model-no-remote-code'],
  ['workload', '- --max-num-seqs=64', '- --enable-log-requests', 'vllm-no-prompt-logs'],
  ['workload', /sha256sum|printf .*/g, 'true', 'model-weights-compared'],
  ['workload', 'aws s3 cp --only-show-errors', 'huggingface-cli download --quiet', 'model-weights-local'],
  ['workload', 'vllm serve /weights', 'vllm serve openai/gpt-oss-20b', 'model-weights-local'],
  ['workload', '{name: HF_HUB_OFFLINE, value: "1"}', '{name: HF_HUB_OFFLINE, value: "0"}', 'model-weights-local'],
  ['workload', '{name: DO_NOT_TRACK, value: "1"}', '{name: VLLM_SERVER_DEV_MODE, value: "1"}', 'vllm-no-debug-surface'],
  [
    'workload',
    '{name: DO_NOT_TRACK, value: "1"}',
    '{name: NVIDIA_VISIBLE_DEVICES, value: all}',
    'container-no-device-environment',
  ],
  [
    'workload',
    '{name: DO_NOT_TRACK, value: "1"}',
    '{name: HF_TOKEN, value: hf_abcdefghijklmnopqrstuvwxyz}',
    'no-inline-secrets',
  ],
  ['workload', /(VLLM_NO_USAGE_STATS|DO_NOT_TRACK), value: "1"/g, '$1, value: "0"', 'vllm-no-usage-stats'],
  ['workload', /readinessProbe:\n {12}exec:/, 'unreadProbe:\n            exec:', 'model-server-probes'],
  ['workload', 'replicas: 2', 'replicas: 1', 'model-server-replicas'],
  ['workload', 'minAvailable: 1', 'minAvailable: 0', 'model-server-disruption-budget'],
  ['workload', 'medium: Memory, sizeLimit: 40Gi', 'medium: Memory', 'memory-volume-limit'],
  ['workload', 'emptyDir: {sizeLimit: 40Gi}', 'hostPath: {path: /weights}', 'pod-no-host-path'],
  ['workload', 'emptyDir: {sizeLimit: 40Gi}', 'persistentVolumeClaim: {claimName: w}', 'model-weights-read-only'],
  ['workload', 'type: ClusterIP', 'type: NodePort', 'service-not-exposed'],
  [
    'workload',
    'node.kubernetes.io/instance-type: "g6.12xlarge"',
    'node.kubernetes.io/instance-type: "g5.12xlarge"',
    'instance-type-in-region',
  ],
  ['workload', '# Ends TLS', `token: hf_${'a'.repeat(34)}\n  # Ends TLS`, 'config-map-no-secrets'],
];

describe('law 2: weakening a line of a workload makes the gate fail on what it serves', () => {
  const plan = eksPlan();
  const files = rendered(plan, 'kubernetes');

  for (const [file, from, to, requirement] of weakened) {
    it(`${requirement}: ${to.split('\n')[0]}`, () => {
      const after = files.map(({ path, text }) => {
        if (!path.endsWith(`/${file}.yaml`)) return { path, text };
        const changed = text.replace(from, () => to);
        assert.notEqual(changed, text, `${path} does not say ${from}`);
        return { path, text: changed };
      });
      // The server's weights are mounted read-only; only the claim written to is what must be noticed.
      if (requirement === 'model-weights-read-only')
        for (const each of after)
          each.text = each.text.replace('mountPath: /weights, readOnly: true', 'mountPath: /weights');
      const failed = judged(after, plan).filter(({ verdict }) => verdict === 'fail');
      assert.ok(
        failed.some((finding) => finding.requirement === requirement),
        failed.map((each) => `${each.requirement}: ${each.reason}`).join('\n'),
      );
    });
  }

  it('has a weaker line for every requirement that is judged, but those that ask for what the others make sure of', () => {
    const told = new Set(judged(files, plan).map(({ requirement }) => requirement));
    const tried = new Set(weakened.map(([, , , requirement]) => requirement));
    assert.deepEqual(
      [...told].filter((id) => !tried.has(id)).sort(),
      // The annotation of a role is not used; containers are there.
      ['service-account-role', 'workload-containers-known'],
    );
  });
});
