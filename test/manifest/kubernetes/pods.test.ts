import assert from 'node:assert/strict';
import { plainWorld } from '#model/value.js';
import { addresses, property, read, resource } from './stream.js';

const pod = '{spec: {containers: [{name: c}], initContainers: [{name: i}]}}';
const bare = '{containers: [{name: c}]}';

/** A kind → its spec, and the containers found in it. */
const kinds: Readonly<Record<string, [apiVersion: string, spec: string, containers: string[]]>> = {
  Pod: ['v1', '{containers: [{name: c}], ephemeralContainers: [{name: e}]}', ['/container/c', '/ephemeral/e']],
  Deployment: ['apps/v1', `{template: ${pod}}`, ['/init/i', '/container/c']],
  StatefulSet: ['apps/v1', `{template: ${pod}}`, ['/init/i', '/container/c']],
  DaemonSet: ['apps/v1', `{template: ${pod}}`, ['/init/i', '/container/c']],
  ReplicaSet: ['apps/v1', `{template: ${pod}}`, ['/init/i', '/container/c']],
  ReplicationController: ['v1', `{template: ${pod}}`, ['/init/i', '/container/c']],
  Job: ['batch/v1', `{template: ${pod}}`, ['/init/i', '/container/c']],
  CronJob: ['batch/v1', `{jobTemplate: {spec: {template: ${pod}}}}`, ['/init/i', '/container/c']],
  'Rollout.argoproj.io': ['argoproj.io/v1alpha1', `{template: ${pod}}`, ['/init/i', '/container/c']],
  'LeaderWorkerSet.leaderworkerset.x-k8s.io': [
    'leaderworkerset.x-k8s.io/v1',
    `{leaderWorkerTemplate: {leaderTemplate: {spec: ${bare}}, workerTemplate: {spec: ${bare}}}}`,
    ['/leader/container/c', '/worker/container/c'],
  ],
  'RayCluster.ray.io': [
    'ray.io/v1',
    `{headGroupSpec: {template: {spec: ${bare}}}, workerGroupSpecs: [{groupName: gpu, template: {spec: ${bare}}}]}`,
    ['/head/container/c', '/worker/gpu/container/c'],
  ],
  'RayService.ray.io': [
    'ray.io/v1',
    `{rayClusterConfig: {headGroupSpec: {template: {spec: ${bare}}}, workerGroupSpecs: [{template: {spec: ${bare}}}]}}`,
    ['/head/container/c', '/worker/0/container/c'],
  ],
  'RayJob.ray.io': [
    'ray.io/v1',
    `{rayClusterSpec: {headGroupSpec: {template: {spec: ${bare}}}}, submitterPodTemplate: {spec: ${bare}}}`,
    ['/head/container/c', '/submitter/container/c'],
  ],
  'TFJob.kubeflow.org': [
    'kubeflow.org/v1',
    `{tfReplicaSpecs: {Worker: {template: {spec: ${bare}}}}}`,
    ['/Worker/container/c'],
  ],
  'Notebook.kubeflow.org': ['kubeflow.org/v1', `{template: {spec: ${bare}}}`, ['/container/c']],
  'Job.batch.volcano.sh': [
    'batch.volcano.sh/v1alpha1',
    `{tasks: [{name: leader, template: {spec: ${bare}}}, {template: {spec: ${bare}}}]}`,
    ['/leader/container/c', '/1/container/c'],
  ],
  'InferenceService.serving.kserve.io': [
    'serving.kserve.io/v1beta1',
    `{predictor: {model: {modelFormat: {name: huggingface}}}, transformer: ${bare}}`,
    ['/predictor/container/model', '/transformer/container/c'],
  ],
  'LLMInferenceService.serving.kserve.io': [
    'serving.kserve.io/v1alpha1',
    `{template: ${bare}, worker: ${bare}}`,
    ['/container/c', '/worker/container/c'],
  ],
  'LLMInferenceServiceConfig.serving.kserve.io': [
    'serving.kserve.io/v1alpha1',
    `{template: ${bare}, prefill: {worker: ${bare}}}`,
    ['/container/c', '/prefill/worker/container/c'],
  ],
};

describe('the pods of a workload', () => {
  for (const [type, [apiVersion, spec, expected]] of Object.entries(kinds)) {
    it(`of kind ${type}`, () => {
      const manifest = read(
        `apiVersion: ${apiVersion}\nkind: ${type.split('.')[0]}\nmetadata: {name: w}\nspec: ${spec}\n`,
      );
      assert.deepEqual(
        addresses(manifest, 'Container'),
        expected.map((each) => `${type}/default/w${each}`),
      );
    });
  }

  it('of a PodTemplate', () => {
    const manifest = read(`apiVersion: v1\nkind: PodTemplate\nmetadata: {name: w}\ntemplate: ${pod}\n`);
    assert.equal(addresses(manifest, 'Container').length, 2);
  });

  it('of a custom kind nobody knows are one unread workload, if it may have any', () => {
    const cr = (spec: string) => read(`apiVersion: x.io/v1\nkind: Thing\nmetadata: {name: w}\nspec: ${spec}\n`);
    assert.deepEqual(addresses(cr('{server: {image: a}}'), 'UnreadWorkload'), ['Thing.x.io/w/pods']);
    assert.deepEqual(addresses(cr('{size: 1}'), 'UnreadWorkload'), []);
    const preset = read(
      'apiVersion: kaito.sh/v1beta1\nkind: Workspace\nmetadata: {name: w}\ninference: {preset: {name: m}}\n',
    );
    assert.deepEqual(addresses(preset, 'UnreadWorkload'), ['Workspace.kaito.sh/w/pods']);
    const operator = read('apiVersion: nvidia.com/v1\nkind: ClusterPolicy\nmetadata: {name: c}\nspec: {driver: {}}\n');
    assert.deepEqual(addresses(operator, 'UnreadWorkload'), ['ClusterPolicy.nvidia.com/c/pods']);
    const run = read('apiVersion: tekton.dev/v1\nkind: TaskRun\nmetadata: {name: t}\nspec: {taskRef: {name: t}}\n');
    assert.deepEqual(addresses(run, 'UnreadWorkload'), ['TaskRun.tekton.dev/t/pods']);
  });

  it('are none where a policy only says what containers must be', () => {
    const rule = '{rules: [{validate: {pattern: {spec: {containers: [{image: "*@sha256:*"}]}}}}]}';
    for (const apiVersion of ['kyverno.io/v1', 'templates.gatekeeper.sh/v1', 'constraints.gatekeeper.sh/v1beta1']) {
      const policy = read(`apiVersion: ${apiVersion}\nkind: ClusterPolicy\nmetadata: {name: p}\nspec: ${rule}\n`);
      assert.deepEqual(addresses(policy, 'UnreadWorkload'), [], apiVersion);
    }
  });

  it('that are missing are said to be', () => {
    const config = read(
      'apiVersion: serving.kserve.io/v1alpha1\nkind: LLMInferenceServiceConfig\nmetadata: {name: w}\n',
    );
    assert.deepEqual(addresses(config, 'UnreadWorkload'), []);
    const manifest = read('apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: w}\nspec: {}\n');
    assert.match(manifest.notFollowed[0]?.what ?? '', /no pod template/);
    const [pods] = manifest.resources.filter(({ type }) => type === 'UnreadWorkload');
    const containers = pods?.properties(plainWorld).get('containers');
    assert.ok(containers?.kind === 'unknown');
    assert.equal(containers.settledBy, 'its pod template, which it does not hold');
  });

  it('of a KServe model may be filled in by its runtime', () => {
    const manifest = read(
      'apiVersion: serving.kserve.io/v1beta1\nkind: InferenceService\nmetadata: {name: w}\nspec: {predictor: {model: {}}}\n',
    );
    const model = resource(manifest, 'InferenceService.serving.kserve.io/default/w/predictor/container/model');
    assert.equal(property(model, 'image'), '?');
    assert.equal(property(model, 'securityContext.privileged'), '?');
  });
});

describe('what a container inherits', () => {
  const manifest = read(`apiVersion: v1
kind: Pod
metadata: {name: p}
spec:
  securityContext: {runAsNonRoot: true, runAsUser: 1000, fsGroup: 7, seccompProfile: {type: RuntimeDefault}}
  containers:
  - name: plain
  - name: other
    securityContext: {runAsNonRoot: false, runAsUser: null, privileged: true}
`);
  const seen = (name: string, path: string) => property(resource(manifest, `Pod/default/p/container/${name}`), path);

  it('comes from the pod', () => {
    assert.equal(seen('plain', 'securityContext.runAsNonRoot'), true);
    assert.equal(seen('plain', 'securityContext.seccompProfile.type'), 'RuntimeDefault');
  });

  it('is overridden by the container, but not by null', () => {
    assert.equal(seen('other', 'securityContext.runAsNonRoot'), false);
    assert.equal(seen('other', 'securityContext.runAsUser'), 1000);
    assert.equal(seen('other', 'securityContext.privileged'), true);
  });

  it('is each of the options of Windows by itself', () => {
    const windows = read(`apiVersion: v1
kind: Pod
metadata: {name: p}
spec:
  securityContext: {windowsOptions: {hostProcess: true, runAsUserName: a}}
  containers:
  - {name: c, securityContext: {windowsOptions: {runAsUserName: b}}}
`);
    assert.deepEqual(property(resource(windows, 'Pod/default/p/container/c'), 'securityContext.windowsOptions'), {
      hostProcess: true,
      runAsUserName: 'b',
    });
  });

  it('is nothing that only pods have', () => assert.equal(seen('plain', 'securityContext.fsGroup'), undefined));

  it('stands where it is written', () => {
    const value = resource(manifest, 'Pod/default/p/container/plain').at;
    assert.equal(manifest.lines.position(value).line, 7);
  });
});

describe('a service account', () => {
  const withAccount = (account: string, spec: string) =>
    property(
      resource(
        read(`${account}---\napiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: n}\nspec: ${spec}\n`),
        'Pod/n/p/pod',
      ),
      'automountServiceAccountToken',
    );
  const account =
    'apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: a, namespace: n}\nautomountServiceAccountToken: false\n';

  it('decides for a pod that does not', () => {
    assert.equal(withAccount(account, '{serviceAccountName: a, containers: [{name: c}]}'), false);
    assert.equal(
      withAccount(account, '{serviceAccountName: a, automountServiceAccountToken: true, containers: [{name: c}]}'),
      true,
    );
  });

  it('elsewhere is unknown, and the default one mounts its token', () => {
    assert.equal(withAccount(account, '{serviceAccountName: b, containers: [{name: c}]}'), '?');
    assert.equal(withAccount(account, '{containers: [{name: c}]}'), undefined);
  });
});
