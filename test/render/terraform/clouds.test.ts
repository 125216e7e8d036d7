import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { labelOf } from '#model/control.js';
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
import { type Module, moduleOf, provider, referencesIn, textsOf } from './module.js';
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
    // The vault's key too, whose newest version is read.
    'data.azurerm_key_vault_key.newest.id':
      'https://kv-1a2b3c4d5e.vault.usgovcloudapi.net/keys/endpoint/0123456789abcdef0123456789abcdef',
  },
};

/** Requirements that speak of what the module does not make. */
const nothingToJudge: Readonly<Record<CloudKind, (id: string) => boolean>> = {
  'azure-openai': (id) => id.startsWith('aks-') || besideTheAccount.has(id) || isUnread(id),
  'vertex-ai': (id) => id.startsWith('gke-') || besideTheModel.has(id) || isUnread(id),
};

/** Machines, databases, gateways, policies, and networks that are joined. */
const besideTheAccount = new Set([
  'azure-api-management-private',
  'azure-data-public-network',
  'azure-defender',
  'azure-deployment-script',
  'azure-endpoint-in-boundary',
  'azure-gateway-tls',
  'azure-network-in-boundary',
  'azure-no-public-address',
  'azure-policy-enforced',
]);

/** Machines, images, databases, load balancers, pipelines that sign in, and networks that are joined. */
const besideTheModel = new Set([
  'gcp-data-cmek',
  'gcp-image-policy',
  'gcp-network-in-boundary',
  'gcp-no-metadata-keys',
  'gcp-no-public-address',
  'gcp-tls',
  'gcp-workload-identity-condition',
]);

/** All of the module can be looked at, and nothing in it takes a password or a script. */
const isUnread = (id: string): boolean =>
  ['nested-template-known', 'no-inline-secrets', 'no-plain-text-passwords', 'user-data-no-secrets'].includes(id);

/** With a network or a folder that exists, what belongs to it is not the module's. */
const ofOthers = new Set([
  'azure-nsg-egress',
  'azure-nsg-ingress',
  'azure-subnet-nsg',
  'gcp-assured-workload',
  'gcp-firewall-egress',
  'gcp-firewall-ingress',
  'gcp-network-logs',
  'gcp-no-default-network',
]);

const kinds = ['azure-openai', 'vertex-ai'] as const satisfies readonly CloudKind[];

function judged(plan: Plan, module: Module, variables: Readonly<Record<string, readonly string[]>> = {}): Finding[] {
  const stand = standpointOf(plan, base);
  const planned = planOf(module, { ...world, variables: { ...world.variables, ...variables } });
  const read = readManifest('chat/tfplan.json', planned, { ...stand.given, parameters: {} });
  assert.ok('resources' in read, 'reason' in read ? read.reason : '');
  return check([read as Manifest], plannedOnly(againstOf(base, stand), plan));
}

const speaksOfTerraform = (id: string): boolean =>
  base.requirements.find((each) => each.id === id)?.expect.terraform !== undefined;

/** A weaker line of a file, and the requirement that must notice. */
const weakened: Readonly<Record<CloudKind, readonly [file: string, from: string, to: string, requirement: string][]>> =
  {
    'azure-openai': [
      ['main.tf', 'public_network_access_enabled      = false', '', 'azure-openai-public-network'],
      ['main.tf', 'local_auth_enabled                 = false', '', 'azure-openai-local-auth'],
      ['main.tf', 'outbound_network_access_restricted = true', '', 'azure-openai-outbound'],
      ['main.tf', 'default_action = "Deny"', 'default_action = "Allow"', 'azure-openai-network-acls'],
      ['main.tf', 'version_upgrade_option = "NoAutoUpgrade"', '', 'azure-openai-model-version'],
      ['main.tf', 'name     = "Standard"', 'name = "GlobalStandard"', 'azure-openai-deployment-sku'],
      ['main.tf', 'key_type     = "RSA-HSM"', 'key_type = "RSA"', 'azure-key-hsm'],
      ['main.tf', 'rbac_authorization_enabled    = true', '', 'azure-key-vault-rbac'],
      ['main.tf', 'purge_protection_enabled      = true', '', 'azure-key-vault-recovery'],
      ['identity.tf', '"Cognitive Services OpenAI User"', '"Contributor"', 'azure-role-least-privilege'],
      ['logging.tf', 'shared_access_key_enabled         = false', '', 'azure-storage-shared-key'],
      [
        'logging.tf',
        'min_tls_version                   = "TLS1_2"',
        'min_tls_version = "TLS1_0"',
        'azure-storage-transport',
      ],
      ['logging.tf', 'allow_nested_items_to_be_public   = false', '', 'azure-storage-public-access'],
      [
        'logging.tf',
        'retention_in_days               = var.log_retention_days',
        'retention_in_days = 30',
        'azure-log-retention',
      ],
      ['network.tf', 'concat(["10.40.0.0/22"], var.operator_ranges)', '["0.0.0.0/0"]', 'azure-nsg-ingress'],
    ],
    'vertex-ai': [
      ['main.tf', 'protection_level = "HSM"', 'protection_level = "SOFTWARE"', 'gcp-key-hsm'],
      ['main.tf', '"7776000s"', '"77760000s"', 'gcp-key-rotation'],
      [
        'main.tf',
        'enable_private_service_connect = true',
        'enable_private_service_connect = false',
        'vertex-private-endpoint',
      ],
      [
        'main.tf',
        '  encryption_spec {\n    kms_key_name = google_kms_crypto_key.endpoint.id\n  }\n',
        '',
        'vertex-cmek',
      ],
      ['main.tf', 'public_access_prevention    = "enforced"', '', 'gcp-bucket-public-access'],
      [
        'main.tf',
        'compliance_regime               = "FEDRAMP_HIGH"',
        'compliance_regime = "IL2"',
        'gcp-assured-workload',
      ],
      [
        'main.tf',
        '  encryption {\n    default_kms_key_name = google_kms_crypto_key.endpoint.id\n  }\n',
        '',
        'gcp-storage-cmek',
      ],
      ['identity.tf', '"roles/storage.objectViewer"', '"roles/owner"', 'gcp-iam-least-privilege'],
      ['logging.tf', 'log_type = "DATA_READ"', 'log_type = "ADMIN_READ"', 'gcp-data-access-logs'],
      ['logging.tf', 'locked           = true', '', 'gcp-log-bucket'],
      ['network.tf', '      "storage.googleapis.com",\n', '', 'gcp-service-perimeter'],
      ['policies.tf', '"in:us-east4-locations"', '"in:asia-locations"', 'gcp-org-policy-locations'],
      ['policies.tf', '"TLS_VERSION_1", ', '', 'gcp-org-policy-tls'],
      ['policies.tf', '["aiplatform.googleapis.com", ', '[', 'gcp-org-policy-cmek'],
      ['policies.tf', 'enforce = "TRUE"', 'enforce = "FALSE"', 'gcp-no-service-account-keys'],
    ],
  };

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

    it('names no version of a key by the resource, which goes on naming the one it made', async () => {
      for (const { plan } of plansOf(kind)) {
        const { resource, outputs } = await moduleOf(textsOf(plan, 'chat'));
        const named = [resource, outputs].flatMap((each) => referencesIn(each));
        assert.deepEqual(
          named.filter((each) => /^azurerm_key_vault_key\.\w+\.(id|version|resource_id)$/.test(each)),
          [],
        );
      }
    });

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
            const said = [...above.matchAll(/^# ([a-z][a-z0-9-]+): ([A-Z]{2}-[0-9() A-Z-]+)$/gm)];
            // What the system needs is said once, of whichever resource does it.
            const passed = findings.filter(
              (each) => each.resource === `${type}.${resource}` && !each.requirement.endsWith('-required'),
            );
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
                  ?.controls.map((each) => labelOf(each.id))
                  .join(' '),
              );
          }
        }
      }
    });

    for (const [file, from, to, requirement] of weakened[kind]) {
      it(`fails ${requirement} where a line of ${file} asks for less`, async () => {
        const [{ plan }] = plansOf(kind, 'fedramp-rev5-high') as unknown as [{ plan: Plan }];
        const texts = textsOf(plan, 'chat');
        const text = texts.get(file) ?? '';
        assert.ok(text.includes(from), `${file} does not say ${from}`);
        texts.set(
          file,
          text.replace(from, () => to),
        );
        const noticed = judged(plan, await moduleOf(texts)).filter(({ verdict }) => verdict === 'fail');
        assert.ok(
          noticed.some((finding) => finding.requirement === requirement),
          noticed.map((finding) => finding.requirement).join(' '),
        );
      });
    }
  });
}

describe('a network made for Azure OpenAI', () => {
  const [{ plan }] = plansOf('azure-openai') as unknown as [{ plan: Plan }];

  it('lets in those who apply the module from beside it, as the runbook says, and the gate sees whom', async () => {
    const texts = textsOf(plan, 'chat');
    assert.match(texts.get('runbook.md') ?? '', /`operator_ranges` lets its range/);
    const module = await moduleOf(texts);
    const verdictsOf = (range: string) =>
      judged(plan, module, { operator_ranges: [range] })
        .filter(({ requirement }) => requirement === 'azure-nsg-ingress')
        .map(({ verdict }) => verdict);
    assert.deepEqual(verdictsOf('10.90.0.0/28'), ['pass', 'pass']);
    assert.deepEqual(verdictsOf('0.0.0.0/0'), ['pass', 'fail']);
  });
});

describe('a module for Vertex AI', () => {
  const plans = plansOf('vertex-ai');

  it('leaves no sink to a bucket of Google’s, which is in no region and under a key of theirs', async () => {
    for (const { name, plan } of plans) {
      const { resource } = await moduleOf(textsOf(plan, 'chat'));
      const sinks = resource.filter(({ type }) => type === 'google_logging_project_sink').map(({ body }) => body);
      assert.equal(sinks.find((sink) => sink.name === '_Default')?.disabled, true, name);
      for (const { destination } of sinks)
        assert.equal(destination, 'logging.googleapis.com/${google_logging_project_bucket_config.endpoint.id}', name);
    }
  });

  it('speaks of making a folder where it makes one only', async () => {
    for (const { name, plan } of plans) {
      const texts = textsOf(plan, 'chat');
      const { resource } = await moduleOf(texts);
      const makes = resource.some(({ type }) => type === 'google_assured_workloads_workload');
      assert.equal(/makes the folder/.test(texts.get('runbook.md') ?? ''), makes, name);
    }
  });

  it('puts the way in where the network is, whichever it is told of', async () => {
    const [plan] = plans.filter(({ name }) => name === 'existing network').map((each) => each.plan);
    const module = await moduleOf(textsOf(plan ?? assert.fail(), 'chat'));
    const planned = JSON.parse(
      planOf(module, {
        ...world,
        variables: {
          ...world.variables,
          network_id: 'projects/other-network/global/networks/shared',
          service_attachment: 'projects/p/regions/us-east4/serviceAttachments/s',
        },
      }),
    ) as { resource_changes: { type: string; change: { after: { project?: string } } }[] };
    const ways = planned.resource_changes.filter(({ type }) => type.startsWith('google_compute_'));
    assert.deepEqual(
      ways.map(({ change }) => change.after.project),
      ['other-network', 'other-network'],
    );
  });

  it('hears of whoever makes, changes or takes away what tells where logs go', () => {
    const [{ plan }] = plans as unknown as [{ plan: Plan }];
    const filter = /methodName=~\\"(google\.logging[^"\\]*)/.exec(textsOf(plan, 'chat').get('logging.tf') ?? '')?.[1];
    for (const what of ['CreateSink', 'UpdateSink', 'DeleteSink', 'UpdateBucket', 'DeleteBucket', 'CreateExclusion'])
      assert.match(`google.logging.v2.ConfigServiceV2.${what}`, new RegExp(filter ?? '^$'), what);
    assert.doesNotMatch('google.logging.v2.ConfigServiceV2.ListSinks', new RegExp(filter ?? ''));
  });
});
