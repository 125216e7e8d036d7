import assert from 'node:assert/strict';
import { Cluster } from '#manifest/read.js';
import { addresses, property, read, resource } from './stream.js';

const runtime = (kind = 'ServingRuntime', namespace = 'namespace: n') => `---
apiVersion: serving.kserve.io/v1alpha1
kind: ${kind}
metadata: {name: r, ${namespace}}
spec:
  volumes: [{name: tmp, emptyDir: {}}]
  containers:
  - name: kserve-container
    image: server@sha256:1
    args: [--model_dir=/mnt/models]
    env: [{name: A, value: runtime}, {name: B, value: runtime}]
    securityContext: {privileged: false, readOnlyRootFilesystem: true}
    resources: {limits: {cpu: 1, memory: 1Gi}}
    volumeMounts: [{name: tmp, mountPath: /tmp}]
  - {name: beside, image: b}
`;
const service = (model: string, more = '') => `---
apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata: {name: s, namespace: n}
spec:
  predictor:
    serviceAccountName: a
    securityContext: {runAsNonRoot: true}
    model: {modelFormat: {name: f}, ${model}}
    ${more}
`;
const address = 'InferenceService.serving.kserve.io/n/s/predictor';
const laid =
  'runtime: r, storageUri: "pvc://m", args: [--max-model-len=8], env: [{name: B, value: model}], resources: {limits: {cpu: 4}}';

describe('a model of KServe and the runtime it names', () => {
  const seen = (text: string, path: string) => property(resource(read(text), `${address}/container/model`), path);

  it('are one container, the model laid over the runtime', () => {
    for (const text of [service(laid) + runtime(), runtime() + service(laid)]) {
      assert.equal(seen(text, 'image'), 'server@sha256:1');
      assert.deepEqual(seen(text, 'args'), ['--model_dir=/mnt/models', '--max-model-len=8']);
      assert.deepEqual(seen(text, 'environment'), { A: 'runtime', B: 'model' });
      assert.deepEqual(seen(text, 'resources.limits'), { cpu: 4, memory: '1Gi' });
      assert.deepEqual(seen(text, 'securityContext'), {
        privileged: false,
        readOnlyRootFilesystem: true,
        runAsNonRoot: true,
      });
      assert.deepEqual(seen(text, 'mounts'), [{ path: '/tmp', source: 'emptyDir', readOnly: false }]);
    }
  });

  it('are one pod', () => {
    const pod = resource(read(service(laid, 'hostNetwork: true') + runtime()), `${address}/pod`);
    assert.equal(property(pod, 'serviceAccountName'), 'a');
    assert.equal(property(pod, 'hostNetwork'), true);
    assert.equal(property(pod, 'hostPID'), undefined);
    assert.deepEqual(property(pod, 'volumes'), [{ name: 'tmp', emptyDir: {} }]);
  });

  it('stand where the model is, wherever the runtime is', () => {
    const cluster = new Cluster();
    const manifest = read(service(laid), cluster);
    read(`${'# far away\n'.repeat(99)}${runtime()}`, cluster, 'runtime.yaml');
    const container = resource(manifest, `${address}/container/model`);
    const image = container.properties({} as never).get('image');
    assert.equal(manifest.lines.position(image.at).line, 9);
  });

  it('may be of the cluster, and are unknown where the runtime is not here', () => {
    assert.equal(seen(service(laid) + runtime('ClusterServingRuntime', 'labels: {}'), 'image'), 'server@sha256:1');
    assert.equal(seen(service(laid) + runtime('ServingRuntime', 'namespace: other'), 'image'), '?');
    assert.equal(seen(service(laid) + runtime().replace('name: kserve-container', 'name: x'), 'image'), '?');
    assert.equal(seen(service('storageUri: "pvc://m"') + runtime(), 'image'), '?');
  });

  it('leave open what fetches the model, unless it is mounted', () => {
    const unread = (uri: string) =>
      addresses(read(service(laid.replace('pvc://m', uri)) + runtime()), 'UnreadWorkload');
    assert.deepEqual(unread('pvc://m'), []);
    assert.deepEqual(unread('s3://m'), ['InferenceService.serving.kserve.io/n/s/pods']);
  });

  it('are judged once: the runtime by itself only where nobody runs it here', () => {
    const own = (text: string) => addresses(read(text), 'Container').filter((each) => each.startsWith('Serving'));
    const base = 'ServingRuntime.serving.kserve.io/n/r';
    assert.deepEqual(own(service(laid) + runtime()), [`${base}/container/beside`]);
    assert.deepEqual(own(service('runtime: other') + runtime()).length, 2);
    const alone = resource(read(runtime()), `${base}/pod`);
    assert.equal(property(alone, 'serviceAccountName'), '?');
    assert.equal(property(alone, 'automountServiceAccountToken'), '?');
  });
});
