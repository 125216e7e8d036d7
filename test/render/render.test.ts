import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { RampartError } from '#model/error.js';
import type { Plan } from '#model/plan.js';
import { artifactOf } from '../../src/render/artifact.js';
import { render, targets } from '../../src/render/render.js';
import type { Templates } from '../../src/render/target.js';
import { base } from '../controls/base.js';
import { templates, variants } from './plans.js';

const golden = new URL('../golden/render/', import.meta.url);
const [{ plan }] = variants as unknown as [{ plan: Plan }];

const renderAll = (from: Plan, with_: Templates = templates) => render(from, 'cloudformation', with_, base.boundary);

function refused(act: () => unknown): RampartError {
  try {
    act();
  } catch (error) {
    assert.ok(error instanceof RampartError, String(error));
    return error;
  }
  assert.fail('it was rendered');
}

describe('render', () => {
  for (const [index, variant] of variants.entries()) {
    it(`gives the same bytes twice, those of the golden files: ${variant.name}`, () => {
      const files = renderAll(variant.plan);
      assert.deepEqual(renderAll(structuredClone(variant.plan)), files);
      for (const file of files) {
        const { path, text } = file;
        assert.equal(artifactOf(file, []).sha256, createHash('sha256').update(text).digest('hex'));
        const kept = new URL(`${index + 1}-${path}`, golden);
        if (process.env.UPDATE_GOLDEN === '1') {
          mkdirSync(golden, { recursive: true });
          writeFileSync(kept, text);
        }
        assert.ok(existsSync(kept), `no golden file ${index + 1}-${path}; UPDATE_GOLDEN=1 writes it`);
        assert.equal(text, readFileSync(kept, 'utf8'));
      }
    });
  }

  it('leaves no trace of the template language, no tab and no trailing blank', () => {
    for (const variant of variants) {
      for (const { path, text } of renderAll(variant.plan)) {
        assert.doesNotMatch(text, /\{\{|\}\}(?!\s*[,\]}])|\bundefined\b|\[object |\t|[ \t]$/m, path);
      }
    }
  });

  it('names the setting the plan lacks instead of making one up', () => {
    const endpoints = plan.endpoints.map((each) => ({
      ...each,
      settings: each.settings.filter(({ id }) => id !== 'logging.retention-days'),
    }));
    const error = refused(() => renderAll({ ...plan, endpoints }));
    assert.equal(error.code, 'RAMPART_NO_SETTING');
    assert.match(error.message, /logging\.retention-days/);
  });

  it('refuses a kind without a template and a target it does not write', () => {
    const without = Object.fromEntries(Object.entries(templates).filter(([path]) => !path.startsWith('sagemaker/')));
    const error = refused(() => renderAll(plan, without));
    assert.equal(error.exit, 'usage');
    assert.match(error.message, /sagemaker/);
    const unknown = refused(() => render(plan, 'pulumi', templates, base.boundary));
    assert.match(unknown.message, /pulumi/);
    assert.match(unknown.next, new RegExp([...targets.keys()].join('.*')));
  });

  it('does not guess whether an unknown instance family encrypts its own disks', () => {
    const endpoints = plan.endpoints.map((each) =>
      each.endpoint.kind === 'sagemaker'
        ? { ...each, endpoint: { ...each.endpoint, instanceType: 'ml.z99.large' } }
        : each,
    );
    assert.match(refused(() => renderAll({ ...plan, endpoints })).message, /z99/);
  });
});
