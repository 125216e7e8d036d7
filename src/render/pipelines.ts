import type { EndpointKind } from '#model/endpoint.js';

/** Pipelines `rampart init --ci` writes a file for, with the path each is read from. */
export const pipelines = {
  github: { template: 'github.yml', path: '.github/workflows/rampart.yml' },
  gitlab: { template: 'gitlab.yml', path: '.gitlab/rampart.yml' },
  codebuild: { template: 'codebuild.yml', path: 'buildspec.rampart.yml' },
  jenkins: { template: 'jenkins.groovy', path: 'Jenkinsfile.rampart' },
  'pre-commit': { template: 'pre-commit.yaml', path: '.pre-commit-config.yaml' },
} as const;

export type PipelineKind = keyof typeof pipelines;

/** Those that can also be started by a clock: they probe the account and seal what was found. */
export const scheduledPipelines = {
  github: { template: 'github-scheduled.yml', path: '.github/workflows/rampart-probe.yml' },
  gitlab: { template: 'gitlab-scheduled.yml', path: '.gitlab/rampart-probe.yml' },
  codebuild: { template: 'codebuild-scheduled.yml', path: 'buildspec.rampart-probe.yml' },
} as const satisfies Partial<Record<PipelineKind, { template: string; path: string }>>;

export type ScheduledKind = keyof typeof scheduledPipelines;

export const isScheduled = (kind: PipelineKind): kind is ScheduledKind => Object.hasOwn(scheduledPipelines, kind);

export const pipelineKinds = Object.keys(pipelines) as PipelineKind[];

/** What the manifests of a pipeline are written in, with the place it looks for them at and what they have to be there. */
export const manifestKinds = {
  cloudformation: {
    path: 'deploy/',
    are: 'The folder of templates; of the AWS CDK that is cdk.out, after cdk synth.',
  },
  kubernetes: {
    path: 'deploy/',
    are: 'The folder of objects as they are applied: what helm template and kustomize build print, and templates beside it.',
  },
  terraform: {
    path: 'plan.json',
    are: 'What terraform show -json prints of a plan or state: a step before has to write it. Code is not judged.',
  },
  arm: {
    path: 'deploy/',
    are: 'The folder of ARM templates; of Bicep they are what az bicep build writes.',
  },
} as const;

export type ManifestKind = keyof typeof manifestKinds;

const usual: Readonly<Partial<Record<EndpointKind, ManifestKind>>> = {
  'azure-openai': 'arm',
  'vertex-ai': 'terraform',
  'eks-vllm': 'kubernetes',
};

/** What a system with endpoints of some kinds is mostly written in. */
export function manifestsOf(endpoints: readonly EndpointKind[]): ManifestKind {
  const [first, ...others] = new Set(endpoints.map((kind) => usual[kind] ?? 'cloudformation'));
  return first === undefined || others.length > 0 ? 'cloudformation' : first;
}

/** What a person has to do once the file is there. */
export const nextSteps: Readonly<Record<PipelineKind, string>> = {
  github: 'set RAMPART_MANIFESTS to where yours are, commit it and make the job a required check',
  gitlab: 'add `include: [{local: .gitlab/rampart.yml}]` to .gitlab-ci.yml',
  codebuild: 'name it as the buildspec of a project that runs before the deployment',
  jenkins: 'give it as the script path of a pipeline job',
  'pre-commit': 'pre-commit install',
};

export const scheduledSteps: Readonly<Record<ScheduledKind, string>> = {
  github: 'set AWS_ROLE_ARN as a variable, the two keys as secrets, and RAMPART_PROBE to your stacks',
  gitlab: 'include it, set its variables, and make a pipeline schedule',
  codebuild: 'name it as the buildspec of a project of its own, and start that by an EventBridge schedule',
};

/** The file of one pipeline, with the version of Rampart it asks for. `templates` are the texts of `templates/pipelines/`. */
export function pipelineFile(
  kind: PipelineKind,
  version: string,
  templates: Readonly<Record<string, string>>,
  manifests: ManifestKind = 'cloudformation',
): { path: string; text: string } {
  return fileOf(pipelines[kind], version, templates, manifests);
}

/** The file of one pipeline that is started by a clock. */
export const scheduledFile = (
  kind: ScheduledKind,
  version: string,
  templates: Readonly<Record<string, string>>,
  manifests: ManifestKind = 'cloudformation',
): { path: string; text: string } => fileOf(scheduledPipelines[kind], version, templates, manifests);

function fileOf(
  { template, path }: { template: string; path: string },
  version: string,
  templates: Readonly<Record<string, string>>,
  manifests: ManifestKind,
): { path: string; text: string } {
  const text = templates[template];
  if (text === undefined) throw new Error(`templates/pipelines/${template} is missing`);
  const { path: place, are } = manifestKinds[manifests];
  const written = text
    .replaceAll('@version@', version)
    .replaceAll('@manifests-are@', are)
    .replaceAll('@manifests-pattern@', place.endsWith('/') ? place : `${place.replaceAll('.', '\\.')}$`)
    .replaceAll('@manifests@', place);
  return { path, text: written };
}
