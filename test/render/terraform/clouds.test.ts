import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Finding } from '#model/finding.js';
import type { EndpointPlan, Plan } from '#model/plan.js';
import type { Manifest } from '#model/resource.js';
import { check } from '../../../src/check/check.js';
import { readManifest } from '../../../src/manifest/read.js';
import { render } from '../../../src/render/render.js';
import { againstOf, standpointOf } from '../../../src/session/gate.js';
import { base } from '../../controls/base.js';
import { baselines, type CloudKind, plannedOnly, plansOf } from '../clouds.js';
import { run } from '../command.js';
import { templates } from '../plans.js';
import { type Module, moduleOf, provider, textsOf } from './module.js';
import { cyclesIn, danglingIn, faultsOf, unusedIn } from './module-faults.js';
import { planOf } from './plan-of.js';

const golden = new URL('../../golden/render/terraform/', import.meta.url);
const id = '0f3c6f0e-51c5-4d5e-9a53-6b1d9c7a2e48';
const world = {
  account: '',
  partition: '',
  variables: {
    subscription_id: id,
    caller_principal_id: id,
    alert_email: 'alerts@agency.example.gov',
    project_id: 'agency-ai-chat',
    organization_id: '123456789012',
    billing_account: '012345-6789AB-CDEF01',
    access_policy: '345678901234',
    caller: 'group:callers@agency.example.gov',
  },
  // The runbook has the project and its services made first, so that the plan that is judged knows whom it gives the key to.
  known: {
    'google_project.endpoint.number': '123456789012',
    'data.google_storage_project_service_account.agent.email_address':
      'service-123456789012@gs-project-accounts.iam.gserviceaccount.com',
    'data.google_logging_project_cmek_settings.agent.service_account_id':
      'cmek-p123456789012@gcp-sa-logging.iam.gserviceaccount.com',
  },
};

/** Requirements that speak of what the module does not make. */
const nothingToJudge: Readonly<Record<CloudKind, (id: string) => boolean>> = {
  'azure-openai': (id) => id.startsWith('aks-'),
  'vertex-ai': () => false,
};

/** With a network or a folder that exists, what belongs to it is not the module's. */
const ofOthers = new Set(['azure-nsg-ingress', 'gcp-assured-workload']);

const kinds = ['azure-openai', 'vertex-ai'] as const satisfies readonly CloudKind[];

function judged(plan: Plan, module: Module): Finding[] {
  const stand = standpointOf(plan, base);
  const read = readManifest('chat/tfplan.json', planOf(module, world), { ...stand.given, parameters: {} });
  assert.ok('resources' in read, 'reason' in read ? read.reason : '');
  return check([read as Manifest], plannedOnly(againstOf(base, stand), plan));
}

const speaksOfTerraform = (id: string): boolean =>
  base.requirements.find((each) => each.id === id)?.expect.terraform !== undefined;

for (const kind of kinds) {
  describe(`rendered Terraform of ${kind}`, function () {
    this.timeout(60_000);
    const folder = mkdtempSync(join(tmpdir(), 'rampart-terraform-'));
    after(() => rmSync(folder, { recursive: true, force: true }));

    for (const { name, plan } of plansOf(kind)) {
      it(`is the same bytes twice, those of the golden files: ${name}`, () => {
        const files = render(plan, 'terraform', templates, base.boundary);
        assert.deepEqual(render(structuredClone(plan), 'terraform', templates, base.boundary), files);
        for (const { path, text } of files) {
          assert.doesNotMatch(text, /\{\{|\bundefined\b|\[object |\t|[ \t]$/m, path);
          const place = name.replace(' ', '-');
          const written = join(folder, place, path);
          mkdirSync(dirname(written), { recursive: true });
          writeFileSync(written, text);
          if (name === 'strictest') continue;
          const file = new URL(`${kind}/${place}/${path}`, golden);
          if (process.env.UPDATE_GOLDEN === '1') {
            mkdirSync(dirname(file.pathname), { recursive: true });
            writeFileSync(file, text);
          }
          assert.equal(text, readFileSync(file, 'utf8'), `${path}; UPDATE_GOLDEN=1 writes it`);
        }
      });

      it(`gives arguments the provider takes, and refers to what is there, all of it, in no circle: ${name}`, async () => {
        const module = await moduleOf(textsOf(plan, 'chat'));
        const all = [...module.resource, ...module.data];
        assert.ok(all.length > 25);
        assert.deepEqual(
          all.flatMap(({ address, type, body }) => faultsOf(body, provider[type]?.arguments ?? {}, address)),
          [],
        );
        assert.deepEqual(danglingIn(module), []);
        assert.deepEqual(cyclesIn(module), []);
        assert.deepEqual(unusedIn(module), []);
      });
    }

    it('is as terraform fmt writes it', function () {
      const answer = run('terraform', ['fmt', '-check', '-recursive', '-diff', folder]);
      if (!answer) {
        // biome-ignore lint/suspicious/noConsole: a reader of the test log must see what was not tested
        console.log('      terraform is not installed: rendered Terraform was not held against it');
        return this.skip();
      }
      assert.equal(answer.status, 0, answer.stdout);
    });

    for (const baseline of baselines) {
      it(`passes the gate with nothing open, and nothing planned goes unjudged: ${baseline}`, async () => {
        for (const { name, plan } of plansOf(kind, baseline)) {
          const findings = judged(plan, await moduleOf(textsOf(plan, 'chat')));
          assert.deepEqual(
            findings
              .filter(({ verdict }) => verdict !== 'pass')
              .map(({ verdict, requirement, resource, reason }) => `${verdict} ${requirement} ${resource}: ${reason}`),
            [],
            name,
          );
          const told = new Set(findings.map(({ requirement }) => requirement));
          const [{ requirements }] = plan.endpoints as unknown as [EndpointPlan];
          const silent = requirements
            .map((each) => each.id)
            .filter((each) => !told.has(each) && speaksOfTerraform(each) && !nothingToJudge[kind](each))
            .filter((each) => !(name === 'existing network' && ofOthers.has(each)));
          assert.deepEqual(silent, [], name);
        }
      });
    }

    it('says above each resource which requirements the gate passes it for, with their controls', async () => {
      for (const { plan } of plansOf(kind, 'fedramp-rev5-high')) {
        const texts = textsOf(plan, 'chat');
        const findings = judged(plan, await moduleOf(texts));
        const planned = new Map(
          plan.endpoints.flatMap(({ requirements }) => requirements.map((each) => [each.id, each])),
        );
        for (const [file, text] of texts) {
          if (!file.endsWith('.tf')) continue;
          for (const [, above = '', type, resource] of text.matchAll(/((?:^#.*\n)*)^resource "(\w+)" "(\w+)" \{$/gm)) {
            const said = [...above.matchAll(/^# ([a-z][a-z0-9-]+): ([a-z]{2}-[0-9. a-z-]+)$/gm)];
            const passed = findings.filter((each) => each.resource === `${type}.${resource}`);
            assert.deepEqual(
              said.map(([, requirement]) => requirement).sort(),
              [...new Set(passed.map(({ requirement }) => requirement))].filter((each) => planned.has(each)).sort(),
              `${type}.${resource}`,
            );
            for (const [, requirement = '', controls] of said)
              assert.equal(
                controls,
                planned
                  .get(requirement)
                  ?.controls.map((each) => each.id)
                  .join(' '),
              );
          }
        }
      }
    });
  });
}
