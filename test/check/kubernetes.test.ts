import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { RampartError } from '#model/error.js';
import { judge } from './gate.js';

const digest = `@sha256:${'0123456789abcdef'.repeat(4)}`;

/** A model server as safe as people make them, in the forms they use. */
const hardened = `
apiVersion: v1
kind: Namespace
metadata: {name: models, labels: {pod-security.kubernetes.io/enforce: restricted}}
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: vllm
  namespace: models
  annotations: {eks.amazonaws.com/role-arn: "arn:aws-us-gov:iam::111122223333:role/vllm"}
automountServiceAccountToken: false
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: deny, namespace: models}
spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: vllm, namespace: models}
spec: {maxUnavailable: 1, selector: {matchLabels: {app: vllm}}}
---
apiVersion: v1
kind: Secret
metadata: {name: key, namespace: models}
data: {key: c2VjcmV0LXZhbHVl}
---
apiVersion: v1
kind: Service
metadata:
  name: vllm
  namespace: models
  annotations: {service.beta.kubernetes.io/aws-load-balancer-scheme: internal}
spec: {type: LoadBalancer, selector: {app: vllm}, ports: [{port: 443, targetPort: 8000}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: vllm, namespace: models}
spec:
  replicas: 2
  selector: {matchLabels: {app: vllm}}
  template:
    metadata: {labels: {app: vllm}}
    spec:
      serviceAccountName: vllm
      securityContext:
        runAsUser: 65532
        seccompProfile: {type: RuntimeDefault}
      topologySpreadConstraints:
      - {maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {app: vllm}}}
      volumes:
      - {name: weights, persistentVolumeClaim: {claimName: weights, readOnly: true}}
      - {name: shm, emptyDir: {medium: Memory, sizeLimit: 16Gi}}
      - {name: tls, secret: {secretName: tls}}
      containers:
      - name: vllm
        image: 111122223333.dkr.ecr.us-gov-west-1.amazonaws.com/vllm/vllm-openai:v1${digest}
        command: [sh, -c]
        args:
        - |
          # serve
          exec vllm serve /models/m --max-model-len 8192 \\
            --ssl-certfile=/tls/tls.crt --ssl-keyfile=/tls/tls.key
        env:
        - {name: HF_HUB_OFFLINE, value: "1"}
        - {name: VLLM_NO_USAGE_STATS, value: "1"}
        - {name: AWS_REGION, value: us-gov-west-1}
        - {name: AWS_USE_FIPS_ENDPOINT, value: "true"}
        - {name: VLLM_API_KEY, valueFrom: {secretKeyRef: {name: key, key: key}}}
        resources:
          limits: {cpu: "8", memory: 64Gi, ephemeral-storage: 20Gi, nvidia.com/gpu: 1}
        readinessProbe: {httpGet: {path: /health, port: 8000, scheme: HTTPS}}
        livenessProbe: {httpGet: {path: /health, port: 8000, scheme: HTTPS}}
        securityContext:
          allowPrivilegeEscalation: false
          readOnlyRootFilesystem: true
          capabilities: {drop: [ALL]}
        volumeMounts:
        - {name: weights, mountPath: /models}
        - {name: shm, mountPath: /dev/shm}
        - {name: tls, mountPath: /tls, readOnly: true}
`;

describe('a hardened model server on Kubernetes', () => {
  it('passes everything it is judged by, and that is much', () => {
    const findings = judge(hardened) ?? [];
    const others = findings.filter((each) => each.verdict !== 'pass');
    // Its Secret stands there to see that nothing is said of what it holds.
    assert.deepEqual(
      others.map((each) => `${each.verdict} ${each.requirement} ${each.resource}: ${each.reason}`),
      ['fail secret-not-in-manifest Secret/models/key: spells out what it keeps'],
    );
    assert.ok(new Set(findings.map((each) => each.requirement)).size > 30);
  });

  it('says nothing of what its Secret holds', () => {
    assert.doesNotMatch(JSON.stringify(judge(hardened)), /c2VjcmV0LXZhbHVl/);
  });

  /** A line → what it is replaced by, and the requirement that then fails. */
  const weaker: readonly [line: RegExp, instead: string, requirement: string][] = [
    [/runAsUser: 65532/, 'runAsUser: 0', 'container-non-root'],
    [/seccompProfile: .*/, '', 'container-seccomp'],
    [/drop: \[ALL\]/, 'drop: []', 'container-drop-capabilities'],
    [/allowPrivilegeEscalation: false/, '', 'container-no-privilege-escalation'],
    [/readOnlyRootFilesystem: true/, '', 'container-read-only-root'],
    [/@sha256:[0-9a-f]*/, '', 'container-image-digest'],
    [/us-gov-west-1.amazonaws.com/, 'us-east-1.amazonaws.com', 'container-image-registry'],
    [/, ephemeral-storage: 20Gi/, '', 'container-resource-limits'],
    [/, nvidia.com\/gpu: 1/, '', 'container-whole-accelerator'],
    [/, Egress\]/, ']', 'pod-default-deny'],
    [/enforce: restricted/, 'enforce: privileged', 'namespace-pod-security'],
    [/--max-model-len 8192/, '--trust-remote-code', 'model-no-remote-code'],
    [/--max-model-len 8192/, '', 'vllm-request-limits'],
    [/valueFrom: .*\}\}\}/, 'value: abc}', 'no-inline-secrets'],
    [/claimName: weights, readOnly: true/, 'claimName: weights', 'model-weights-read-only'],
    [/automountServiceAccountToken: false/, '', 'pod-no-api-token'],
    [/serviceAccountName: vllm/, '', 'pod-service-account'],
    [/arn:aws-us-gov:iam/, 'arn:aws:iam', 'arn-partition'],
    [/scheme: internal/, 'scheme: internet-facing', 'load-balancer-internal'],
    [/replicas: 2/, 'replicas: 1', 'model-server-replicas'],
    [/readinessProbe/, 'otherProbe', 'model-server-probes'],
    [/, sizeLimit: 16Gi/, '', 'memory-volume-limit'],
    [/value: "1"/, 'value: "0"', 'model-weights-local'],
    [/--ssl-certfile=\S+/, '', 'vllm-tls'],
    [/AWS_USE_FIPS_ENDPOINT/, 'FIPS', 'container-fips-endpoints'],
    [/volumes:/, 'hostIPC: true\n      volumes:', 'pod-host-namespaces'],
  ];
  for (const [line, instead, requirement] of weaker) {
    it(`fails ${requirement} with ${line} made ${JSON.stringify(instead)}`, () => {
      assert.match(hardened, line);
      const findings = judge(hardened.replace(line, instead)) ?? [];
      assert.ok(
        findings.some((each) => each.requirement === requirement && each.verdict === 'fail'),
        findings
          .filter((each) => each.verdict !== 'pass')
          .map((each) => `${each.verdict} ${each.requirement}`)
          .join(', '),
      );
    });
  }
});

const corpus = new URL('../../../shared/corpus/kubernetes/', import.meta.url);

describe('every Kubernetes file of the corpus', () => {
  it('is judged, or refused with a code and a place', function () {
    this.timeout(120_000);
    if (!existsSync(corpus)) {
      process.stdout.write('      skipped: the corpus is not beside this checkout\n');
      this.skip();
    }
    const files = readdirSync(corpus, { recursive: true, encoding: 'utf8' }).filter((path) =>
      /\.(ya?ml|json)$/.test(path),
    );
    assert.ok(files.length > 300);
    let judged = 0;
    for (const file of files) {
      const began = performance.now();
      try {
        const findings = judge(readFileSync(new URL(file, corpus), 'utf8'), {}, file);
        assert.ok(findings, `${file} is not taken for a manifest`);
        assert.deepEqual(
          findings.filter((each) => each.verdict === 'error'),
          [],
          file,
        );
        judged += 1;
      } catch (error) {
        assert.ok(error instanceof RampartError && error.exit === 'input' && error.position, `${file}: ${error}`);
      }
      assert.ok(performance.now() - began < 5000, `${file} takes too long`);
    }
    assert.ok(judged / files.length > 0.95, `${judged} of ${files.length} were judged`);
  });
});
