/** Pipelines `rampart init --ci` writes a file for, with the path each is read from. */
export const pipelines = {
  github: { template: 'github.yml', path: '.github/workflows/rampart.yml' },
  gitlab: { template: 'gitlab.yml', path: '.gitlab/rampart.yml' },
  codebuild: { template: 'codebuild.yml', path: 'buildspec.rampart.yml' },
  jenkins: { template: 'jenkins.groovy', path: 'Jenkinsfile.rampart' },
  'pre-commit': { template: 'pre-commit.yaml', path: '.pre-commit-config.yaml' },
} as const;

export type PipelineKind = keyof typeof pipelines;

export const pipelineKinds = Object.keys(pipelines) as PipelineKind[];

/** What a person has to do once the file is there. */
export const nextSteps: Readonly<Record<PipelineKind, string>> = {
  github: 'set RAMPART_MANIFESTS to your folder, commit it and make the job a required check',
  gitlab: 'add `include: [{local: .gitlab/rampart.yml}]` to .gitlab-ci.yml',
  codebuild: 'name it as the buildspec of a project that runs before the deployment',
  jenkins: 'give it as the script path of a pipeline job',
  'pre-commit': 'pre-commit install',
};

/** The file of one pipeline, with the version of Rampart it asks for. `templates` are the texts of `templates/pipelines/`. */
export function pipelineFile(
  kind: PipelineKind,
  version: string,
  templates: Readonly<Record<string, string>>,
): { path: string; text: string } {
  const { template, path } = pipelines[kind];
  const text = templates[template];
  if (text === undefined) throw new Error(`templates/pipelines/${template} is missing`);
  return { path, text: text.replaceAll('@version@', version) };
}
