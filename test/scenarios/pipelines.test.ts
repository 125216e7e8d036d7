import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { parse } from 'yaml';
import { pipelines, scheduledPipelines } from '#render/pipelines.js';
import { Desk, program } from './command-line.js';

const paths = Object.values(pipelines).map(({ path }) => path as string);

describe('init --ci', function () {
  this.timeout(60_000);
  let desk: Desk;
  beforeEach(() => {
    desk = new Desk('bedrock');
  });
  afterEach(() => desk.clear());
  const all = Object.keys(pipelines).flatMap((kind) => ['--ci', kind]);

  it('writes each file once, and says what is next', () => {
    const { exit, stderr } = desk.rampart(['init', ...all, '--ci', 'github']);
    assert.equal(exit, 0, stderr);
    for (const path of paths) {
      assert.ok(existsSync(desk.path(path)), path);
      assert.equal(stderr.split(`Wrote ${path}. Next: `).length, 2, stderr);
    }
  });

  it('all or none: a file that is there stops them all; --force replaces it', () => {
    desk.write('Jenkinsfile.rampart', 'mine');
    const refused = desk.rampart(['init', ...all]);
    assert.equal(refused.exit, 2);
    assert.match(refused.stderr, /Jenkinsfile\.rampart[\s\S]*RAMPART_WOULD_OVERWRITE/);
    assert.deepEqual(readdirSync(desk.folder).sort(), ['Jenkinsfile.rampart', 'rampart.yaml']);
    assert.equal(desk.read('Jenkinsfile.rampart'), 'mine');
    assert.equal(desk.rampart(['init', ...all, '--force']).exit, 0);
    assert.match(desk.read('Jenkinsfile.rampart'), /^\/\/ The gate/);
  });

  it('leaves a pre-commit file alone, also with --force, and says what to add to it', () => {
    desk.write('.pre-commit-config.yaml', 'repos: []\n');
    const { exit, stderr } = desk.rampart(['init', '--ci', 'pre-commit', '--ci', 'gitlab', '--force']);
    assert.equal(exit, 0);
    assert.equal(desk.read('.pre-commit-config.yaml'), 'repos: []\n');
    assert.match(stderr, /was left alone\. Add this to it:[\s\S]*id: rampart-check/);
    assert.ok(existsSync(desk.path('.gitlab/rampart.yml')));
  });

  it('does not write through a link out of the folder', () => {
    mkdirSync(desk.path('elsewhere'));
    symlinkSync(desk.path('elsewhere'), desk.path('.github'));
    const { exit, stderr } = desk.rampart(['init', '--ci', 'github', '--force']);
    assert.equal(exit, 2);
    assert.match(stderr, /RAMPART_PATH_LINK/);
    assert.deepEqual(readdirSync(desk.path('elsewhere')), []);
  });

  it('is not mixed with the questions of a system file', () => {
    for (const flags of [['--yes'], ['--out', 'x.yaml'], ['--name', 'x']]) {
      const { exit, stderr } = desk.rampart(['init', '--ci', 'github', ...flags]);
      assert.equal(exit, 2, stderr);
      assert.equal(existsSync(desk.path('.github')), false);
    }
    assert.match(desk.rampart(['init', '--ci', 'travis']).stderr, /github, gitlab, codebuild, jenkins, pre-commit/);
  });

  it('with --scheduled writes those that a clock starts, for kinds that have one', () => {
    const kinds = Object.keys(scheduledPipelines).flatMap((kind) => ['--ci', kind]);
    const { exit, stderr } = desk.rampart(['init', ...kinds, '--scheduled']);
    assert.equal(exit, 0, stderr);
    for (const { path } of Object.values(scheduledPipelines)) assert.ok(existsSync(desk.path(path)), path);
    for (const path of paths) assert.equal(existsSync(desk.path(path)), false, path);
    assert.equal(desk.rampart(['init', ...kinds, '--scheduled']).exit, 2);
    const other = desk.rampart(['init', '--ci', 'gitlab', '--ci', 'jenkins', '--scheduled', '--force']);
    assert.equal(other.exit, 2);
    assert.match(other.stderr, /jenkins[\s\S]*RAMPART_NO_SCHEDULE/);
    assert.equal(desk.rampart(['init', '--scheduled']).exit, 2);
  });

  it('what the pipelines run is what this program takes, and leaves the files they keep', () => {
    assert.equal(desk.rampart(['init', ...all]).exit, 0);
    mkdirSync(desk.path('deploy'));
    desk.write('deploy/logs.yaml', 'Resources:\n  L: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: 1}}\n');
    const github = parse(desk.read('.github/workflows/rampart.yml'));
    const gitlab = parse(desk.read('.gitlab/rampart.yml')).rampart;
    const codebuild = parse(desk.read('buildspec.rampart.yml'));
    const jenkins = desk.read('Jenkinsfile.rampart');
    const [, first = '', second = ''] = /sh '([^']*)' \+\s*'([^']*)'/.exec(jenkins) ?? [];
    const [{ hooks }] = parse(desk.read('.pre-commit-config.yaml')).repos;
    const runs: [string, string, string[]][] = [
      [
        'github',
        github.jobs.gate.steps.find((each: { run?: string }) => each.run).run,
        ['rampart.sarif', 'rampart.xml'],
      ],
      ['gitlab', gitlab.script[0], [...Object.values<string>(gitlab.artifacts.reports), ...gitlab.artifacts.paths]],
      ['codebuild', codebuild.phases.build.commands[0], codebuild.artifacts.files],
      ['jenkins', first + second, ['rampart.xml', 'rampart.sarif']],
      ['pre-commit', hooks[0].entry, []],
    ];
    for (const [kind, command, files] of runs) {
      const own = command.replace(
        /^(npx --yes --package "\$RAMPART_PACKAGE" -- )?rampart /,
        `"${process.execPath}" "${program}" `,
      );
      assert.notEqual(own, command, kind);
      const { NODE_OPTIONS: _, ...environment } = process.env;
      const { status, stdout, stderr } = spawnSync('sh', ['-c', own], {
        cwd: desk.folder,
        encoding: 'utf8',
        env: { ...environment, NO_COLOR: '1', RAMPART_MANIFESTS: 'deploy/' },
      });
      assert.equal(status, 1, `${kind}: ${stdout}${stderr}`);
      assert.match(stdout, /log-group-retention/, kind);
      for (const file of files) assert.ok(existsSync(desk.path(file)), `${kind}: ${file}`);
    }
  });
});
