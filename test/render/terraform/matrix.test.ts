import assert from 'node:assert/strict';
import type { Plan } from '#model/plan.js';
import { matrix as clusters } from '../eks-plans.js';
import { matrix as services } from '../plans.js';
import { blocking, judged } from './judged.js';
import { moduleOf, textsOf } from './module.js';

/** Cells already judged: many baselines ask for the same text and judge it by the same requirements and values. */
const seen = new Set<string>();

/** What blocks the endpoints of a plan, each judged alone; nothing of an endpoint that was judged in an earlier cell. */
async function blockingIn(plan: Plan): Promise<string[]> {
  const found: string[] = [];
  for (const endpoint of plan.endpoints) {
    const texts = textsOf(plan, endpoint.endpoint.name);
    const hcl = new Map([...texts].filter(([file]) => file.endsWith('.tf')));
    const cell = JSON.stringify([
      [...hcl.values()].map(bare),
      endpoint.requirements.map(({ id }) => id),
      endpoint.settings,
    ]);
    if (seen.has(cell)) continue;
    seen.add(cell);
    const findings = judged(plan, [{ endpoint, module: await moduleOf(hcl) }]);
    assert.ok(findings.length > 100, `only ${findings.length} findings`);
    found.push(...blocking(findings));
  }
  return found;
}

/** A text without the name of the baseline, which stands in comments and tags. */
const bare = (text: string): string => text.replaceAll(/baseline"? *=? *"?[\w-]+/g, '');

describe('plans of the whole matrix worked out from rendered Terraform, before the gate', function () {
  this.timeout(120_000);

  for (const { name, plan } of [...clusters, ...services]) {
    it(`nothing fails or is open: ${plan.endpoints.map(({ endpoint }) => endpoint.kind).join(' and ')}, ${name}`, async () => {
      assert.deepEqual(await blockingIn(plan), []);
    });
  }

  after(() => assert.ok(seen.size >= 9, `only ${seen.size} cells were different`));
});
