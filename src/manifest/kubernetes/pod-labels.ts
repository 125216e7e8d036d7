import type { Raw, RawMap } from '../yaml/tree.js';
import { Later, orUnknown } from './later.js';
import type { KubernetesObject } from './objects.js';
import type { PodTemplate } from './pod-templates.js';
import { mapAt, unknown } from './value.js';

/** Labels by name and role of what makes a pod; null for one whose value is known only once the pod is there, if it is set at all. */
type Given = (name: string | null, role: string) => Readonly<Record<string, string | null>>;

const job: Given = (name) => ({
  'batch.kubernetes.io/controller-uid': null,
  'batch.kubernetes.io/job-completion-index': null,
  'batch.kubernetes.io/job-name': name,
  'controller-uid': null,
  'job-name': name,
});

const revision: Given = () => ({
  'apps.kubernetes.io/pod-index': null,
  'controller-revision-hash': null,
  'pod-template-generation': null,
  'statefulset.kubernetes.io/pod-name': null,
});

const ray: Given = (name, role) => ({
  'app.kubernetes.io/created-by': 'kuberay-operator',
  'app.kubernetes.io/name': 'kuberay',
  'ray.io/cluster': name,
  'ray.io/group': role === 'head' ? 'headgroup' : role.replace(/^worker\//, ''),
  'ray.io/identifier': null,
  'ray.io/is-ray-node': 'yes',
  'ray.io/node-type': role === 'head' ? 'head' : 'worker',
});

const knative: Given = (name) => ({
  app: null,
  'serving.knative.dev/configuration': name,
  'serving.knative.dev/configurationGeneration': null,
  'serving.knative.dev/configurationUID': null,
  'serving.knative.dev/revision': null,
  'serving.knative.dev/revisionUID': null,
  'serving.knative.dev/service': name,
  'serving.knative.dev/serviceUID': null,
});

const training: Given = (name, role) => ({
  'training.kubeflow.org/job-name': name,
  'training.kubeflow.org/job-role': null,
  'training.kubeflow.org/operator-name': null,
  'training.kubeflow.org/replica-index': null,
  'training.kubeflow.org/replica-type': role.toLowerCase(),
});

/** What controllers add to the labels of the template. */
const given: ReadonlyMap<string, Given> = new Map<string, Given>([
  ['Deployment', () => ({ 'pod-template-hash': null })],
  ['StatefulSet', revision],
  ['DaemonSet', revision],
  ['Job', job],
  // Each of its jobs has a name of its own.
  ['CronJob', () => job(null, '')],
  ['DeploymentConfig.apps.openshift.io', (name) => ({ deployment: null, deploymentconfig: name })],
  ['Rollout.argoproj.io', () => ({ 'rollouts-pod-template-hash': null })],
  ['Service.serving.knative.dev', knative],
  ['Configuration.serving.knative.dev', (name) => ({ ...knative(name, ''), 'serving.knative.dev/service': null })],
  [
    'JobSet.jobset.x-k8s.io',
    (name, role) => ({
      ...job(null, ''),
      'jobset.sigs.k8s.io/job-index': null,
      'jobset.sigs.k8s.io/job-key': null,
      'jobset.sigs.k8s.io/jobset-name': name,
      'jobset.sigs.k8s.io/replicatedjob-name': role,
    }),
  ],
  [
    'LeaderWorkerSet.leaderworkerset.x-k8s.io',
    (name) => ({
      ...revision(null, ''),
      'leaderworkerset.sigs.k8s.io/group-index': null,
      'leaderworkerset.sigs.k8s.io/group-key': null,
      'leaderworkerset.sigs.k8s.io/name': name,
      'leaderworkerset.sigs.k8s.io/template-revision-hash': null,
      'leaderworkerset.sigs.k8s.io/worker-index': null,
    }),
  ],
  ['RayCluster.ray.io', ray],
  // Both make a cluster, or several one after the other, and name it.
  ['RayService.ray.io', (_, role) => ray(null, role)],
  ['RayJob.ray.io', (_, role) => (role === 'submitter' ? job(null, '') : ray(null, role))],
  ...['JAXJob', 'MPIJob', 'PaddleJob', 'PyTorchJob', 'TFJob', 'XGBoostJob'].map((kind): [string, Given] => [
    `${kind}.kubeflow.org`,
    training,
  ]),
  ['Notebook.kubeflow.org', (name) => ({ ...revision(null, ''), 'notebook-name': name, statefulset: name })],
  [
    'Job.batch.volcano.sh',
    (name, role) => ({
      'volcano.sh/job-name': name,
      'volcano.sh/job-namespace': null,
      'volcano.sh/job-retry-count': null,
      'volcano.sh/queue-name': null,
      'volcano.sh/task-index': null,
      'volcano.sh/task-spec': role,
    }),
  ],
  [
    'InferenceService.serving.kserve.io',
    (name, role) => ({
      ...knative(null, ''),
      component: role.replace(/\/[\s\S]*$/, ''),
      'serving.kserve.io/inferenceservice': name,
    }),
  ],
  [
    'LLMInferenceService.serving.kserve.io',
    (name) => ({
      'app.kubernetes.io/component': null,
      'app.kubernetes.io/name': name,
      'app.kubernetes.io/part-of': 'llminferenceservice',
      'kserve.io/component': null,
      'llm-d.ai/role': null,
    }),
  ],
]);

/** The labels pods will have: those of their template, and those the controller adds, by which policies select them too. */
export function podLabelsOf(object: KubernetesObject, { metadata, spec, role, at }: PodTemplate): RawMap | undefined {
  const written = mapAt(metadata, 'labels');
  // KServe has labels beside the containers, over those of the object.
  const beside = object.group === 'serving.kserve.io' ? mapAt(spec, 'labels') : undefined;
  const labels = given.get(object.type);
  if (!labels && !beside) return written;
  const name = orUnknown(() => object.name);
  const isNamed = typeof name === 'string' && /^[^*(]+$/.test(name);
  const entries = new Map<string, { value: Raw; at: number }>();
  const made = new Map(Object.entries(labels?.(isNamed ? name : null, role) ?? {}));
  for (const [key, value] of made) {
    const what = () => new Later(unknown(`label ${key}, which its controller sets`, at));
    entries.set(key, { value: value === null ? what() : { kind: 'scalar', value, at }, at });
  }
  // Most controllers write theirs over what is there; that of Ray, and Knative's name of an app, give way.
  const givesWay = (key: string): boolean =>
    object.group === 'ray.io' || (key === 'app' && object.group === 'serving.knative.dev');
  for (const [key, entry] of [...(written?.entries ?? []), ...(beside?.entries ?? [])])
    if (!made.has(key) || givesWay(key)) entries.set(key, entry);
  return { kind: 'map', entries, at };
}
