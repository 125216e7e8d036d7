import assert from 'node:assert/strict';
import { check } from '#check/check.js';
import { readManifest } from '#manifest/read.js';
import type { Endpoint } from '#model/endpoint.js';
import type { Manifest } from '#model/resource.js';
import type { System } from '#model/system.js';
import { isBlocking } from '#model/verdict.js';
import { plan } from '../../src/plan/plan.js';
import { render } from '../../src/render/render.js';
import { againstOf, standpointOf } from '../../src/session/gate.js';
import { base } from '../controls/base.js';
import { both, existing, templates } from './plans.js';

const region = 'us-gov-west-1';
const endpoints: readonly Endpoint[] = [
  { kind: 'bedrock-mantle', name: 'agent', region, model: 'openai.gpt-oss-120b' },
  ...both.endpoints.flatMap((each): Endpoint[] =>
    each.kind === 'sagemaker' ? [{ ...each, name: 'batch', inference: 'async' }] : [],
  ),
];

/** As tight as settings these endpoints share can be. */
const strictest = {
  'logging.retention-days': 3653,
  'logging.object-lock-days': 3650,
  'encryption.key-rotation-days': 90,
};

const systems: Readonly<Record<string, Partial<System>>> = {
  default: {},
  strictest: { settings: strictest },
  'existing network': { network: existing },
};

describe('what is rendered for the other plane and for asynchronous inference', function () {
  this.timeout(120_000);

  // An overlay is no baseline for a whole system; plans refuse it.
  for (const { id } of base.baselines.filter(({ impact }) => impact !== undefined)) {
    it(`passes the gate in every system: ${id}`, () => {
      for (const [name, change] of Object.entries(systems)) {
        const impact = { confidentiality: 'low', integrity: 'low', availability: 'low' } as const;
        const of = plan({ ...both, impact, baseline: id, endpoints, ...change }, base);
        const stand = standpointOf(of, base);
        const manifests = render(of, 'cloudformation', templates, base.boundary)
          .filter(({ path }) => path.endsWith('.template.yaml'))
          .map(({ path, text }) => readManifest(path, text, { ...stand.given, parameters: {} }) as Manifest);
        const findings = check(manifests, againstOf(base, stand));
        assert.ok(findings.length > 20, `only ${findings.length} findings`);
        assert.deepEqual(
          findings
            .filter(({ verdict }) => isBlocking(verdict))
            .map(({ requirement, resource, reason }) => `${name}: ${requirement} ${resource}: ${reason}`),
          [],
        );
      }
    });
  }
});
