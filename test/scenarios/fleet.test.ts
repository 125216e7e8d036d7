import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync } from 'node:fs';
import { parse, parseAllDocuments } from 'yaml';
import { run } from '../render/command.js';
import { Desk, program } from './command-line.js';

const folder = new URL('../../templates/fleet/', import.meta.url).pathname;
const kubernetes = `${folder}kubernetes-indexed-job.yaml`;
const batch = `${folder}aws-batch-array-job.yaml`;

// biome-ignore lint/suspicious/noExplicitAny: manifests of others are read as they are
type Tree = any;

const objects = parseAllDocuments(readFileSync(kubernetes, 'utf8')).map((document): Tree => document.toJS());
const job = (name: string): Tree => objects.find(({ kind, metadata }) => kind === 'Job' && metadata.name === name).spec;
const template = (): Tree => parse(readFileSync(batch, 'utf8'), { logLevel: 'silent' });

describe('the manifests for a fleet', function () {
  this.timeout(120_000);
  const desk = new Desk();
  after(() => desk.clear());
  mkdirSync(desk.path('manifests'));
  for (const name of ['a', 'b', 'c'])
    desk.write(`manifests/${name}.yaml`, `Resources: {${name}: {Type: AWS::Logs::LogGroup}}\n`);
  desk.write(
    'manifests/p.yaml',
    'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c, image: x}]}\n',
  );
  mkdirSync(desk.path('bin'));
  desk.write('bin/rampart', `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`);
  chmodSync(desk.path('bin/rampart'), 0o755);

  /** Runs a container's command here, where its volume is this folder. */
  const inside = (
    command: readonly string[],
    environment: Record<string, string>,
  ): { exit: number | null; stdout: string } => {
    const [first = '', ...rest] = command.map((word) => word.replaceAll('/fleet', desk.folder));
    const env = { PATH: `${desk.path('bin')}:${process.env.PATH}`, NO_COLOR: '1', ...environment };
    const { status, stdout } = spawnSync(first, rest, { cwd: desk.folder, encoding: 'utf8', env });
    return { exit: status, stdout };
  };

  for (const baseline of ['fedramp-rev5-high', 'fedramp-rev5-moderate', 'nist-800-53b-high']) {
    it(`pass the gate against ${baseline}`, () => {
      const { exit, stdout } = desk.rampart(['check', folder, '--baseline', baseline]);
      assert.equal(exit, 0, stdout);
      assert.match(stdout, /^2 manifests/m);
    });
  }

  it('are what CloudFormation takes', function () {
    const answer = run('cfn-lint', ['--regions', 'us-gov-west-1', '--', batch]);
    if (!answer) {
      process.stdout.write('      cfn-lint is not installed: the template was not linted\n');
      return this.skip();
    }
    assert.equal(answer.output, '');
    // CloudFormation knows no aliases and no merges.
    assert.doesNotMatch(readFileSync(batch, 'utf8'), /^[^#]*(?:<<:|[:-] [&*]\w)/m);
  });

  it('run a fleet in an Indexed Job, whose parts say what one run says', () => {
    const { completionMode, completions, template, backoffLimitPerIndex } = job('rampart-shards');
    const { command, args, env } = template.spec.containers[0] as Tree;
    assert.equal(completionMode, 'Indexed');
    assert.ok(backoffLimitPerIndex >= 0);
    assert.deepEqual(env, [{ name: 'RAMPART_SHARDS', value: String(completions) }]);
    const merge = job('rampart-merge').template.spec.containers[0].command;
    for (let index = 0; index < completions; index += 1) {
      assert.equal(inside(merge, {}).exit === 1, false, 'there is no verdict before all parts are there');
      const { exit } = inside([...command, ...args], {
        RAMPART_SHARDS: String(completions),
        JOB_COMPLETION_INDEX: String(index),
      });
      assert.equal(exit, index < 4 ? 1 : 0);
    }
    const one = desk.rampart(['check', 'manifests', '--baseline', 'fedramp-rev5-high']);
    const { exit, stdout } = inside(merge, {});
    assert.equal(stdout, one.stdout);
    assert.equal(exit, one.exit);
  });

  it('run a fleet in an array job of AWS Batch', () => {
    const { Resources } = template();
    const size = Resources.EveryNight.Properties.Targets[0].BatchParameters.ArrayProperties.Size as number;
    const command = Resources.ShardDefinition.Properties.ContainerProperties.Command as string[];
    for (let index = 0; index < size; index += 1) {
      inside(command, { AWS_BATCH_JOB_ARRAY_INDEX: String(index), AWS_BATCH_JOB_ARRAY_SIZE: String(size) });
    }
    const merged = inside(Resources.MergeDefinition.Properties.ContainerProperties.Command, {});
    assert.equal(merged.stdout, desk.rampart(['check', 'manifests', '--baseline', 'fedramp-rev5-high']).stdout);
    assert.equal(merged.exit, 1);
  });
});
