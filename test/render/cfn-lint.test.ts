import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Plan } from '#model/plan.js';
import { render } from '../../src/render/render.js';
import { base } from '../controls/base.js';
import { run } from './command.js';
import { shown } from './eks-plans.js';
import { templates, variants } from './plans.js';

describe('rendered CloudFormation under cfn-lint', function () {
  this.timeout(240_000);
  const folder = mkdtempSync(join(tmpdir(), 'rampart-lint-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const region of ['us-gov-west-1', 'us-gov-east-1'])
    it(`has no error and no warning in ${region}`, function () {
      const files = variants.flatMap(({ plan }, index) =>
        render(plan, 'cloudformation', templates, base.boundary)
          .filter(({ path, endpoint }) => path.endsWith('.template.yaml') && regionOf(plan, endpoint) === region)
          .map(({ path, text }) => {
            const file = join(folder, `${index}-${path}`);
            writeFileSync(file, text);
            return file;
          }),
      );
      assert.ok(files.length > 0);
      const answer = run('cfn-lint', ['--regions', region, '--', ...files]);
      if (!answer) {
        // biome-ignore lint/suspicious/noConsole: a reader of the test log must see what was not tested
        console.log('      cfn-lint is not installed: rendered templates were not linted');
        return this.skip();
      }
      assert.equal(answer.output.replaceAll(folder, ''), '');
      assert.equal(answer.status, 0);
    });

  it('has none in either Region where it is a cluster', function () {
    const files = shown.flatMap(({ plan }, index) =>
      render(plan, 'cloudformation', templates, base.boundary)
        .filter(({ path }) => path.endsWith('.template.yaml'))
        .map(({ path, text }) => {
          const file = join(folder, `eks-${index}-${path}`);
          writeFileSync(file, text);
          return file;
        }),
    );
    assert.equal(files.length, shown.length);
    const answer = run('cfn-lint', ['--regions', 'us-gov-west-1', 'us-gov-east-1', '--', ...files]);
    if (!answer) return this.skip();
    assert.equal(answer.output.replaceAll(folder, ''), '');
    assert.equal(answer.status, 0);
  });
});

const regionOf = (plan: Plan, name: string): string | undefined =>
  plan.endpoints.find(({ endpoint }) => endpoint.name === name)?.endpoint.region;
