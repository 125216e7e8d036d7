import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
import { parse } from 'yaml';
import {
  type ManifestKind,
  manifestKinds,
  manifestsOf,
  type PipelineKind,
  pipelineFile,
  pipelineKinds,
  pipelines,
  type ScheduledKind,
  scheduledFile,
  scheduledPipelines,
} from '#render/pipelines.js';

const folder = new URL('../../templates/pipelines/', import.meta.url);
const templates = Object.fromEntries(
  readdirSync(folder).map((name) => [name, readFileSync(new URL(name, folder), 'utf8')]),
);
const textOf = (kind: PipelineKind): string => pipelineFile(kind, '1.2.3', templates).text;

const scheduledKinds = Object.keys(scheduledPipelines) as ScheduledKind[];
const scheduledOf = (kind: ScheduledKind): string => scheduledFile(kind, '1.2.3', templates).text;

/** Runs another program on a file of that name; undefined where it is not installed. */
function told(program: string, args: readonly string[], name: string, text: string): number | null | undefined {
  if (spawnSync(program, ['--version']).error) return undefined;
  const place = mkdtempSync(join(tmpdir(), 'rampart-'));
  try {
    writeFileSync(join(place, name), text);
    return spawnSync(program, [...args, name], { cwd: place, encoding: 'utf8' }).status;
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

describe('files for pipelines', () => {
  it('there is one template for each pipeline, and none for nothing', () =>
    assert.deepEqual(
      [...Object.values(pipelines), ...Object.values(scheduledPipelines)]
        .map(({ template }) => template as string)
        .sort(),
      Object.keys(templates).sort(),
    ));

  const every = [
    ...pipelineKinds.map((kind) => [kind, textOf(kind)] as const),
    ...scheduledKinds.map((kind) => [`${kind}, scheduled,`, scheduledOf(kind)] as const),
  ];
  for (const [kind, text] of every) {
    it(`${kind} asks for the version it was written with, and leaves nothing to fill in`, () => {
      assert.match(text, /rampart@1\.2\.3/);
      assert.doesNotMatch(text, /@version@|TODO|[^\x20-\x7e\n…]/);
      assert.ok(text.split('\n').every((line) => line.length <= 130 && !/\s$/.test(line)));
    });
  }

  const written = Object.keys(manifestKinds) as ManifestKind[];
  for (const kind of pipelineKinds) {
    it(`${kind} asks for manifests as they are written, and says what they have to be`, () => {
      for (const language of written) {
        const { text } = pipelineFile(kind, '1.2.3', templates, language);
        const { path, are } = manifestKinds[language];
        assert.ok(text.includes(are) && text.includes(path), language);
        assert.ok(
          text.split('\n').every((line) => line.length <= 130 && !line.includes('@manifests')),
          language,
        );
        assert.equal(/plan\.json/.test(text), language === 'terraform');
      }
    });
  }

  it('are for what a system is mostly written in', () => {
    assert.equal(manifestsOf(['bedrock', 'eks-vllm']), 'cloudformation');
    assert.equal(manifestsOf(['eks-vllm']), 'kubernetes');
    assert.equal(manifestsOf(['azure-openai']), 'arm');
    assert.equal(manifestsOf(['vertex-ai']), 'terraform');
    assert.equal(manifestsOf([]), 'cloudformation');
  });

  describe('GitHub', () => {
    const faults = (content: string): string[] =>
      parseWorkflow({ name: 'rampart.yml', content }, new NoOperationTraceWriter())
        .context.errors.getErrors()
        .map(({ message }) => message);
    const workflow = parse(textOf('github'));
    const steps = workflow.jobs.gate.steps as { uses?: string; run?: string; if?: string; with?: object }[];

    it('is a workflow to GitHub’s own parser, which knows when one is not', () => {
      assert.deepEqual(faults(textOf('github')), []);
      assert.notDeepEqual(faults(textOf('github').replace('runs-on:', 'runs_on:')), []);
      assert.notDeepEqual(faults(textOf('github').replace('github.ref', 'github.ref(')), []);
    });

    it('has no right but to read the code and to show findings', () => {
      assert.deepEqual(workflow.permissions, {});
      assert.deepEqual(workflow.jobs.gate.permissions, { contents: 'read', 'security-events': 'write' });
      assert.deepEqual(steps[0]?.with, { 'persist-credentials': false });
      assert.ok(!('pull_request_target' in workflow.on));
    });

    it('puts nothing a pull request may name into a shell', () => {
      for (const { run = '' } of steps) assert.doesNotMatch(run, /\$\{\{/);
    });

    it('shows findings of a failed gate too, and names actions by a version', () => {
      const [upload, keep] = steps.slice(-2);
      assert.match(upload?.uses ?? '', /^github\/codeql-action\/upload-sarif@v\d+$/);
      for (const step of [upload, keep]) assert.match(step?.if ?? '', /!cancelled\(\)/);
      for (const { uses } of steps) if (uses) assert.match(uses, /^[\w-]+(\/[\w-]+)+@v\d+$/);
    });
  });

  describe('started by a clock', () => {
    const github = parse(scheduledOf('github'));
    const gitlab = parse(scheduledOf('gitlab'))['rampart-probe'];
    const codebuild = parse(scheduledOf('codebuild'));
    const steps = github.jobs.probe.steps as { name?: string; uses?: string; run?: string; with?: { path?: string } }[];

    it('is a workflow to GitHub’s own parser', () => {
      const faults = (content: string) =>
        parseWorkflow({ name: 'probe.yml', content }, new NoOperationTraceWriter()).context.errors.getErrors();
      assert.deepEqual(faults(scheduledOf('github')), []);
      assert.notEqual(faults(scheduledOf('github').replace('cron:', 'corn:')).length, 0);
    });

    it('has no right but to read the code and to take a role, and nothing of an event in a shell', () => {
      assert.deepEqual(github.permissions, {});
      assert.deepEqual(github.jobs.probe.permissions, { contents: 'read', 'id-token': 'write' });
      assert.deepEqual(Object.keys(github.on), ['schedule', 'workflow_dispatch']);
      for (const { run = '', uses } of steps) {
        assert.doesNotMatch(run, /\$\{\{/);
        if (uses) assert.match(uses, /^[\w-]+(\/[\w-]+)+@v\d+$/);
      }
      assert.deepEqual(gitlab.rules, [{ if: '$CI_PIPELINE_SOURCE == "schedule"' }]);
    });

    it('seals before it keeps, keeps before it fails, and keeps no file that names the account', () => {
      assert.deepEqual(steps.map(({ name, uses }) => name ?? uses?.replace(/@.*/, '')).slice(-6), [
        'Probe',
        'Seal',
        'Add to the ledger',
        'Remember this bundle',
        'Keep the bundle',
        'Fail on findings',
      ]);
      assert.equal(steps.at(-2)?.with?.path, 'evidence/');
      assert.deepEqual(gitlab.artifacts.paths, ['evidence/']);
      assert.equal(gitlab.artifacts.when, 'always');
      assert.deepEqual(codebuild.artifacts.files, ['evidence/*']);
    });

    it('adds what was sealed to the ledger', () => {
      for (const kind of scheduledKinds) {
        const text = scheduledOf(kind);
        assert.equal(text.split('rampart ledger add').length, 2, kind);
        assert.ok(text.indexOf('evidence create') < text.indexOf('rampart ledger add'), kind);
      }
    });
  });

  it('GitLab keeps the reports that the command writes, of a failed job too', () => {
    const { rampart } = parse(textOf('gitlab'));
    assert.equal(rampart.artifacts.when, 'always');
    const [script] = rampart.script;
    assert.ok(script.includes(`--format gitlab=${rampart.artifacts.reports.codequality}`));
    assert.ok(script.includes(`--format junit=${rampart.artifacts.reports.junit}`));
    assert.ok(!('allow_failure' in rampart));
  });

  it('CodeBuild has a report group of the JUnit file that the command writes', () => {
    const spec = parse(textOf('codebuild'));
    assert.equal(spec.version, 0.2);
    const { files, 'file-format': format } = spec.reports.rampart;
    assert.equal(format, 'JUNITXML');
    for (const file of files) assert.ok(spec.phases.build.commands[0].includes(`--format junit=${file}`));
    for (const file of spec.artifacts.files) assert.ok(spec.phases.build.commands[0].includes(`=${file}`), file);
    assert.equal(spec.phases.build['on-failure'], 'ABORT');
  });

  it('Jenkins is one declarative pipeline with its sections in order', () => {
    const text = textOf('jenkins');
    const code = text.replace(/^\s*\/\/.*$/gm, '').replace(/'[^'\n]*'/g, "''");
    let depth = 0;
    const sections: string[] = [];
    for (const [token] of code.matchAll(/[{}]|\w+(?=\s*(?:\([^)]*\))?\s*\{)|agent/g)) {
      if (token === '{') depth += 1;
      else if (token === '}') depth -= 1;
      else sections.push(`${depth}${token}`);
      assert.ok(depth >= 0);
    }
    assert.equal(depth, 0);
    assert.deepEqual(sections, '0pipeline 1agent 1options 1environment 1stages 2stage 3steps 1post 2always'.split(' '));
    assert.match(text, /junit testResults: 'rampart\.xml'/);
    assert.doesNotMatch(text, /"\s*\$\{/);
  });

  it('Groovy reads the Jenkins file', function () {
    this.timeout(120_000);
    const args = ['--noserver', '--failon', 'error'];
    const status = told('npm-groovy-lint', args, 'Jenkinsfile', textOf('jenkins'));
    if (status === undefined) return skip(this, 'npm-groovy-lint');
    assert.equal(status, 0);
    assert.notEqual(told('npm-groovy-lint', args, 'Jenkinsfile', textOf('jenkins').replace('stages {', 'stages')), 0);
  });

  it('the hooks of this repository can be installed: pre-commit reads the name of the package from what npm pack prints', () => {
    const at = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
    const [hook] = parse(at('.pre-commit-hooks.yaml'));
    const { bin, scripts } = JSON.parse(at('package.json'));
    assert.ok(Object.hasOwn(bin, hook.entry.split(' ')[0]), hook.entry);
    assert.equal(hook.language, 'node');
    assert.ok('prepack' in scripts, 'dist/ is not in the repository: packing has to build it');
    assert.match(at('.npmrc'), /^foreground-scripts=false$/m);
  });

  it('pre-commit takes its file, and the hooks of this repository', function () {
    this.timeout(60_000);
    const hooks = fileURLToPath(new URL('../../.pre-commit-hooks.yaml', import.meta.url));
    const config = textOf('pre-commit');
    const [repository] = parse(config).repos;
    assert.equal(repository.repo, 'local');
    assert.equal(repository.hooks[0].pass_filenames, false);
    for (const file of ['rampart.yaml', 'rampart-waivers.yaml'])
      assert.match(file, new RegExp(repository.hooks[0].files), 'what the verdict rests on');
    const status = told('pre-commit', ['validate-config'], '.pre-commit-config.yaml', config);
    if (status === undefined) return skip(this, 'pre-commit');
    assert.equal(status, 0);
    assert.notEqual(told('pre-commit', ['validate-config'], 'x.yaml', config.replace('entry:', 'entri:')), 0);
    assert.equal(told('pre-commit', ['validate-manifest'], 'hooks.yaml', readFileSync(hooks, 'utf8')), 0);
  });
});

function skip(test: Mocha.Context, program: string): void {
  process.stderr.write(`      skipped: ${program} is not on this machine\n`);
  test.skip();
}
