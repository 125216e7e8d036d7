import assert from 'node:assert/strict';
import type { RampartError } from '#model/error.js';
import { plan } from '../../src/plan/plan.js';
import { readSystem } from '../../src/plan/read-system.js';
import { effectiveSettings } from '../../src/plan/settings.js';
import { base } from '../controls/base.js';
import { goodSystem } from './small-base.js';
import { validate } from './validator.js';

const text = goodSystem.replace(/waivers:[\s\S]*$/, '');

describe('the shipped requirements', () => {
  for (const { id, impact } of base.baselines) {
    if (impact === undefined) {
      it(`${id} is refused for a system, naming those that fit`, () => {
        assert.throws(
          () => readSystem(text.replace('fedramp-rev5-moderate', id), 'rampart.yaml', validate, base),
          (error: RampartError) => /overlay.*fedramp-rev5-moderate/.test(error.problems[0]?.message ?? ''),
        );
      });
      continue;
    }
    it(`plan both kinds under ${id} without a clash, and every setting asked for has a value`, () => {
      const its = text
        .replace('fedramp-rev5-moderate', id)
        .replaceAll(/(ity): (?:low|moderate|high)/g, `$1: ${impact}`);
      const system = readSystem(its, 'rampart.yaml', validate, base);
      const { endpoints } = plan(system, base);
      assert.deepEqual(
        endpoints.map(({ endpoint }) => endpoint.kind),
        ['bedrock', 'sagemaker'],
      );
      for (const { requirements, settings } of endpoints) {
        assert.ok(requirements.length >= 30);
        const planned = new Set(settings.map((setting) => setting.id));
        for (const { id: requirement } of requirements) {
          const asked = Object.keys(base.requirements.find((each) => each.id === requirement)?.settings ?? {});
          assert.deepEqual(
            asked.filter((setting) => !planned.has(setting)),
            [],
          );
        }
      }
      const alone = effectiveSettings(base, id);
      for (const { settings } of endpoints) for (const setting of settings) assert.ok(Object.hasOwn(alone, setting.id));
    });
  }
});
