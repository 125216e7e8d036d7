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

/** What a person has to do once the file is there. */
export const nextSteps: Readonly<Record<PipelineKind, string>> = {
  github: 'set RAMPART_MANIFESTS to your folder, commit it and make the job a required check',
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
): { path: string; text: string } {
  return fileOf(pipelines[kind], version, templates);
}

/** The file of one pipeline that is started by a clock. */
export const scheduledFile = (
  kind: ScheduledKind,
  version: string,
  templates: Readonly<Record<string, string>>,
): { path: string; text: string } => fileOf(scheduledPipelines[kind], version, templates);

function fileOf(
  { template, path }: { template: string; path: string },
  version: string,
  templates: Readonly<Record<string, string>>,
): { path: string; text: string } {
  const text = templates[template];
  if (text === undefined) throw new Error(`templates/pipelines/${template} is missing`);
  return { path, text: text.replaceAll('@version@', version) };
}
