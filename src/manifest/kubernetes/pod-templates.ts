import type { Unknown } from '#model/value.js';
import type { Raw, RawMap } from '../yaml/tree.js';
import { isBuiltIn } from './kinds.js';
import { Later, orUnknown } from './later.js';
import type { KubernetesObject } from './objects.js';
import { mapAt, nameAt } from './value.js';

/** Where a kind keeps the pods it makes. */
interface Place {
  /** Keys from the object down; `[]` is every item of a list, `{}` every value of a mapping. */
  path: readonly string[];
  /** A bare pod spec, where others have a template with metadata and spec. */
  bare?: true;
  /** What may fill in the fields left out here. */
  filledBy?: string;
  /** What says under which service account the pods run, where this cannot. */
  accountBy?: string;
}

/** A pod as an object asks for it. */
export interface PodTemplate {
  /** Which of several templates of the object it is, such as `worker/gpu`; empty for the only one. */
  role: string;
  metadata: RawMap | undefined;
  spec: RawMap;
  at: number;
  filledBy?: string;
  accountBy?: string;
}

const place = (path: string, more: Omit<Place, 'path'> = {}): Place => ({ path: path.split('.'), ...more });
const ordinary = [place('spec.template')];
const rayCluster = (path: string): Place[] => [
  place(`${path}.headGroupSpec.template`),
  place(`${path}.workerGroupSpecs.[].template`),
];
const runtime = { bare: true, filledBy: 'the ServingRuntime KServe chooses' } as const;
const run = { bare: true, accountBy: 'the InferenceService that names it' } as const;
const llm = { bare: true, filledBy: 'the LLMInferenceServiceConfig KServe merges in' } as const;
const llmPods = [
  place('spec.template', llm),
  place('spec.worker', llm),
  place('spec.prefill.template', llm),
  place('spec.prefill.worker', llm),
  place('spec.router.scheduler.template', llm),
];

/** Kind → where its pods are. Custom kinds are spelt with their group. */
const places: ReadonlyMap<string, readonly Place[]> = new Map<string, readonly Place[]>([
  ['Pod', [place('')]],
  ['Deployment', ordinary],
  ['StatefulSet', ordinary],
  ['DaemonSet', ordinary],
  ['ReplicaSet', ordinary],
  ['ReplicationController', ordinary],
  ['Job', ordinary],
  ['CronJob', [place('spec.jobTemplate.spec.template')]],
  ['PodTemplate', [place('template')]],
  ['DeploymentConfig', ordinary],
  ['DeploymentConfig.apps.openshift.io', ordinary],
  ['Rollout.argoproj.io', ordinary],
  ['Service.serving.knative.dev', ordinary],
  ['Configuration.serving.knative.dev', ordinary],
  ['JobSet.jobset.x-k8s.io', [place('spec.replicatedJobs.[].template.spec.template')]],
  [
    'LeaderWorkerSet.leaderworkerset.x-k8s.io',
    [place('spec.leaderWorkerTemplate.leaderTemplate'), place('spec.leaderWorkerTemplate.workerTemplate')],
  ],
  ['RayCluster.ray.io', rayCluster('spec')],
  ['RayService.ray.io', rayCluster('spec.rayClusterConfig')],
  ['RayJob.ray.io', [...rayCluster('spec.rayClusterSpec'), place('spec.submitterPodTemplate')]],
  ['JAXJob.kubeflow.org', [place('spec.jaxReplicaSpecs.{}.template')]],
  ['PaddleJob.kubeflow.org', [place('spec.paddleReplicaSpecs.{}.template')]],
  ['PyTorchJob.kubeflow.org', [place('spec.pytorchReplicaSpecs.{}.template')]],
  ['TFJob.kubeflow.org', [place('spec.tfReplicaSpecs.{}.template')]],
  ['XGBoostJob.kubeflow.org', [place('spec.xgbReplicaSpecs.{}.template')]],
  ['MPIJob.kubeflow.org', [place('spec.mpiReplicaSpecs.{}.template')]],
  ['Notebook.kubeflow.org', ordinary],
  ['Job.batch.volcano.sh', [place('spec.tasks.[].template')]],
  [
    'InferenceService.serving.kserve.io',
    [
      place('spec.predictor', runtime),
      place('spec.predictor.workerSpec', runtime),
      place('spec.transformer', { bare: true }),
      place('spec.explainer', { bare: true }),
    ],
  ],
  ['ServingRuntime.serving.kserve.io', [place('spec', run)]],
  ['ClusterServingRuntime.serving.kserve.io', [place('spec', run)]],
  ['LLMInferenceService.serving.kserve.io', llmPods],
  // Merged into those that name it, and into all of its kind where KServe says so.
  ['LLMInferenceServiceConfig.serving.kserve.io', llmPods],
]);

/** Whether pods are what the kind is there to make. */
export const isWorkload = (type: string): boolean => places.has(type);

/** Whether objects of a kind only say parts of the pods of others. */
export const isPart = (type: string): boolean => type === 'LLMInferenceServiceConfig.serving.kserve.io';

const groups: ReadonlySet<string> = new Set([...places.keys()].map((type) => type.replace(/^[^.]+\.?/, '')));

/** Whether an API group has kinds that make pods. */
export const hasWorkloads = (group: string): boolean => groups.has(group);

/** The pods an object of a known kind makes, and what would have to be known to see all of them. */
export function podTemplatesOf(object: KubernetesObject): { found: readonly PodTemplate[]; missing?: Unknown } {
  const found: PodTemplate[] = [];
  let missing: Unknown | undefined;
  for (const place of places.get(object.type) ?? []) {
    const path = place.path.filter((key) => key !== '');
    const add = (raw: RawMap, names: readonly string[]): void => {
      const spec = place.bare ? raw : mapAt(raw, 'spec');
      if (!spec) return;
      const metadata = mapAt(place.bare ? object.raw : raw, 'metadata');
      const role = names.map((name) => shortNames.get(name) ?? name).join('/');
      const template: PodTemplate = { role, metadata, spec, at: spec.at };
      if (place.filledBy !== undefined) template.filledBy = place.filledBy;
      if (place.accountBy !== undefined) template.accountBy = place.accountBy;
      found.push(template);
    };
    const open = orUnknown(() => descend(object.raw, path, [], add));
    if (open) missing ??= open;
  }
  return missing ? { found, missing } : { found };
}

/** Keys that say nothing about which of an object's pods are meant are left out of the role. */
const shortNames: ReadonlyMap<string, string> = new Map([
  ['leaderTemplate', 'leader'],
  ['workerTemplate', 'worker'],
  ['headGroupSpec', 'head'],
  ['workerGroupSpecs', 'worker'],
  ['workerSpec', 'worker'],
  ['submitterPodTemplate', 'submitter'],
]);

const dull = new Set([
  'spec',
  'template',
  'jobTemplate',
  'leaderWorkerTemplate',
  'rayClusterConfig',
  'rayClusterSpec',
  'replicatedJobs',
  'tasks',
  'jaxReplicaSpecs',
  'mpiReplicaSpecs',
  'paddleReplicaSpecs',
  'pytorchReplicaSpecs',
  'tfReplicaSpecs',
  'xgbReplicaSpecs',
]);

function descend(
  raw: RawMap,
  path: readonly string[],
  names: readonly string[],
  found: (raw: RawMap, names: readonly string[]) => void,
): void {
  const [key, ...rest] = path;
  if (key === undefined) {
    found(raw, names);
    return;
  }
  const next = raw.entries.get(key)?.value;
  const named = dull.has(key) ? names : [...names, key];
  if (rest[0] !== '[]' && rest[0] !== '{}') {
    if (next?.kind === 'map') descend(next, rest, named, found);
  } else if (next) {
    for (const [name, item] of itemsOf(next)) {
      if (item.kind === 'map') descend(item, rest.slice(1), [...named, name], found);
    }
  }
}

function itemsOf(raw: Raw): [string, Raw][] {
  if (raw.kind === 'map') return [...raw.entries].map(([name, entry]) => [name, entry.value]);
  if (raw.kind !== 'seq') return [];
  return raw.items.map((item, index) => [nameAt(item, 'groupName') ?? nameAt(item, 'name') ?? String(index), item]);
}

const marks: ReadonlySet<string> = new Set(['containers', 'initContainers', 'image', 'podTemplate', 'podTemplateSpec']);
const plainMarks: ReadonlySet<string> = new Set(['containers', 'initContainers']);

/** Kinds that serve or train models, run pipelines, or put drivers and plugins on nodes, and need to name neither a container nor an image. */
const presets: ReadonlySet<string> = new Set([
  'ClusterPolicy.nvidia.com',
  'CronWorkflow.argoproj.io',
  'DeviceConfig.amd.com',
  'DynamoGraphDeployment.nvidia.com',
  'DynamoGraphDeploymentRequest.nvidia.com',
  'InferenceGraph.serving.kserve.io',
  'InferenceSet.kaito.sh',
  'JumpStartModel.inference.sagemaker.aws.amazon.com',
  'Model.kubeai.org',
  'ModelService.llm-d.ai',
  'NIMCache.apps.nvidia.com',
  'NVIDIADriver.nvidia.com',
  'PipelineRun.tekton.dev',
  'RAGEngine.kaito.sh',
  'ScheduledSparkApplication.sparkoperator.k8s.io',
  'SeldonDeployment.machinelearning.seldon.io',
  'Server.mlops.seldon.io',
  'SparkApplication.sparkoperator.k8s.io',
  'TaskRun.tekton.dev',
  'TrainJob.trainer.kubeflow.org',
  'Workflow.argoproj.io',
  'Workspace.kaito.sh',
]);

/** Groups of policy engines: what their objects say of containers is a pattern, and no pod. */
const policyEngines = /^(?:policies\.)?kyverno\.io$|\.gatekeeper\.sh$/;

/** Whether an object of a kind that is not known here seems to ask for pods. A definition of a kind only describes them. */
export function mayMakePods({ group, type, raw }: KubernetesObject): boolean {
  if (isWorkload(type) || type === 'CustomResourceDefinition' || policyEngines.test(group)) return false;
  if (presets.has(type)) return true;
  const spec = raw.entries.get('spec')?.value;
  return holdsMark(spec, 'spec', isBuiltIn(group) ? plainMarks : marks, 0);
}

/** Keys under which custom kinds keep pods: what is not known there may be some. */
const mayHoldPods = /spec|template|pod|container|workload/i;

function holdsMark(raw: Raw | undefined, under: string, wanted: ReadonlySet<string>, depth: number): boolean {
  if (raw instanceof Later) return wanted === marks && mayHoldPods.test(under);
  if (!raw || depth > 20 || raw.kind === 'scalar') return false;
  if (raw.kind === 'seq') return raw.items.some((item) => holdsMark(item, under, wanted, depth + 1));
  for (const [key, { value }] of raw.entries)
    if (wanted.has(key) || holdsMark(value, key, wanted, depth + 1)) return true;
  return false;
}
