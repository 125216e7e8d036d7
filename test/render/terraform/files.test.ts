import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Plan } from '#model/plan.js';
import { render } from '../../../src/render/render.js';
import { base } from '../../controls/base.js';
import { run } from '../command.js';
import { shown as clusters } from '../eks-plans.js';
import { templates, variants } from '../plans.js';

const golden = new URL('../../golden/render/terraform/', import.meta.url);
const renderAll = (plan: Plan) => render(plan, 'terraform', templates, base.boundary);

const files =
  'identity.tf logging.tf main.tf network.tf outputs.tf runbook.md terraform.tfvars.example variables.tf versions.tf';

/** Golden files of the variants that show every branch between them; the others differ from them in a few lines. */
const shown = [2, 4, 6, 7];

describe('rendered Terraform', function () {
  this.timeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), 'rampart-terraform-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const [index, { name, plan }] of variants.entries()) {
    it(`is one module for each endpoint, the same bytes twice: ${name}`, () => {
      const rendered = renderAll(plan);
      assert.deepEqual(renderAll(structuredClone(plan)), rendered);
      const paths = plan.endpoints.flatMap(({ endpoint }) =>
        files.split(' ').map((file) => `${endpoint.name}/${file}`),
      );
      assert.deepEqual(rendered.map(({ path }) => path).sort(), paths.sort());
      for (const { path, text } of rendered) {
        assert.doesNotMatch(text, /\{\{|\bundefined\b|\[object |\t|[ \t]$/m, path);
        if (!shown.includes(index + 1)) continue;
        const file = new URL(`${index + 1}/${path}`, golden);
        if (process.env.UPDATE_GOLDEN === '1') {
          mkdirSync(dirname(file.pathname), { recursive: true });
          writeFileSync(file, text);
        }
        assert.equal(text, readFileSync(file, 'utf8'), `${path}; UPDATE_GOLDEN=1 writes it`);
      }
    });
  }

  it('is as terraform fmt writes it', function () {
    for (const [index, { plan }] of [...variants, ...clusters].entries()) write(join(folder, String(index)), plan);
    const answer = run('terraform', ['fmt', '-check', '-recursive', '-diff', folder]);
    if (!answer) return skip(this);
    assert.equal(answer.status, 0, answer.stdout);
  });

  it('takes the values of the plan and tighter ones, and no looser ones, to Terraform itself', function () {
    const place = join(folder, 'variables');
    const [{ plan }] = [variants[2]] as unknown as [{ plan: Plan }];
    const { text = '' } = renderAll(plan).find(({ path }) => path === 'summarizer/variables.tf') ?? {};
    mkdirSync(place);
    writeFileSync(join(place, 'variables.tf'), text);
    const told = (...given: string[]) =>
      run('terraform', [
        `-chdir=${place}`,
        'plan',
        '-no-color',
        '-input=false',
        '-lock=false',
        ...['account_id=111122223333', ...given].flatMap((each) => ['-var', each]),
      ]);
    const first = told();
    if (!first) return skip(this);
    assert.equal(first.status, 0, first.output);
    for (const fine of [
      'log_retention_days=3653',
      'key_rotation_days=90',
      'object_lock_days=3650',
      'region=us-gov-west-1',
    ])
      assert.equal(told(fine)?.status, 0, fine);
    for (const loose of [
      'account_id=1234',
      'region=us-east-1',
      'log_retention_days=30',
      'key_rotation_days=3650',
      'key_deletion_days=7',
      'object_lock_days=1',
      'capture_percentage=10',
      'subnet_ids=["subnet-0a1b2c3d"]',
      'vpc_cidr=0.0.0.0/0',
      'vpc_id=vpc',
    ]) {
      const answer = told(loose);
      assert.equal(answer?.status, 1, loose);
      assert.match(answer?.output ?? '', /Invalid value for variable/, loose);
    }
  });
});

function write(folder: string, plan: Plan): void {
  for (const { path, text } of renderAll(plan)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

function skip(test: Mocha.Context): void {
  // biome-ignore lint/suspicious/noConsole: a reader of the test log must see what was not tested
  console.log('      terraform is not installed: rendered Terraform was not held against it');
  test.skip();
}
