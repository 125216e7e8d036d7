import assert from 'node:assert/strict';
import type { Finding } from '#model/finding.js';
import type { Plan } from '#model/plan.js';
import { settingValues } from '#model/setting.js';
import { isBlocking } from '#model/verdict.js';
import { check } from '../../src/check/check.js';
import { readManifest } from '../../src/manifest/read.js';
import { render } from '../../src/render/render.js';
import { base } from '../controls/base.js';
import { templates, variants } from './plans.js';

/** What the gate says of everything a plan renders, without the account id, which a file in a repository need not hold. */
function judged(plan: Plan): Finding[] {
  const { partition, regions } = plan.system.boundary;
  return plan.endpoints.flatMap(({ endpoint, settings, requirements }) => {
    const manifests = render(plan, 'cloudformation', templates, base.boundary)
      .filter((file) => file.endpoint === endpoint.name && file.path.endsWith('.yaml'))
      .map(({ path, text }) => readManifest(path, text, { partition, regions, parameters: {} }))
      .filter((manifest) => 'resources' in manifest);
    assert.equal(manifests.length, 1);
    const planned = new Set(requirements.map(({ id }) => id));
    return check(manifests, {
      requirements: base.requirements.filter(({ id }) => planned.has(id)),
      settings: settingValues(settings),
      boundary: { partition, regions },
      nvmeFamilies: base.boundary.nvmeFamilies,
      clouds: base.boundary.clouds,
      offers: base.boundary,
      needs: [endpoint.kind],
      system: plan.system.id,
    });
  });
}

describe('rendered CloudFormation before the gate', function () {
  this.timeout(60_000);
  for (const { name, plan } of variants) {
    it(`has no failing and no open finding: ${name}`, () => {
      const findings = judged(plan);
      assert.ok(findings.length > 100, `only ${findings.length} findings`);
      assert.deepEqual(
        findings
          .filter(({ verdict }) => isBlocking(verdict))
          .map(({ requirement, resource, verdict, reason }) => `${verdict} ${requirement} ${resource}: ${reason}`),
        [],
      );
    });
  }
});
