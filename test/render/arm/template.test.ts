import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { labelOf } from '#model/control.js';
import type { EndpointPlan, Plan } from '#model/plan.js';
import type { Manifest } from '#model/resource.js';
import { check } from '../../../src/check/check.js';
import { readManifest } from '../../../src/manifest/read.js';
import { render } from '../../../src/render/render.js';
import { againstOf, standpointOf } from '../../../src/session/gate.js';
import { base } from '../../controls/base.js';
import { baselines, plannedOnly, plansOf } from '../clouds.js';
import { templates } from '../plans.js';

const golden = new URL('../../golden/render/arm/', import.meta.url);
const kind = 'azure-openai';

const rendered = (plan: Plan) => render(plan, 'arm', templates, base.boundary);

const templateOf = (plan: Plan): string =>
  rendered(plan).find(({ path }) => path.endsWith('.template.json'))?.text ?? '';

function judged(plan: Plan, text: string, parameters: Readonly<Record<string, string>> = {}) {
  const stand = standpointOf(plan, base);
  const manifest = readManifest('chat.template.json', text, { ...stand.given, parameters }) as Manifest;
  return { findings: check([manifest], plannedOnly(againstOf(base, stand), plan)), manifest };
}

const besideTheModel = new Set([
  'azure-api-management-private',
  'azure-data-public-network',
  'azure-defender',
  'azure-deployment-script',
  'azure-endpoint-in-boundary',
  'azure-gateway-tls',
  'azure-no-public-address',
  'nested-template-known',
  'no-inline-secrets',
  'no-plain-text-passwords',
  'user-data-no-secrets',
]);

/** The template makes no cluster, no machine and no gateway, and nothing in it takes a password. */
const nothingToJudge = (id: string): boolean => id.startsWith('aks-') || besideTheModel.has(id);

/** With a network that exists, its security groups are not the template's. */
const ofTheNetwork = new Set([
  'azure-network-in-boundary',
  'azure-nsg-egress',
  'azure-nsg-ingress',
  'azure-subnet-nsg',
]);

interface Template {
  variables: Record<string, unknown>;
  resources: { type: string; name: string; dependsOn?: string[]; properties?: { subnets?: { name: string }[] } }[];
}

/** An expression without its variables, which the references and the names of resources are then written alike in. */
function spelledOut(text: string, variables: Template['variables']): string {
  const filled = text.replace(/variables\('(\w+)'\)/g, (whole, name: string) => {
    const value = variables[name];
    if (typeof value !== 'string') return whole;
    return value.startsWith('[') ? spelledOut(value.slice(1, -1), variables) : `'${value}'`;
  });
  return filled.replace(/concat\(((?:'[^']*'(?:, )?)+)\)/g, (_, words: string) => `'${words.replace(/'(, )?/g, '')}'`);
}

/** Dependencies and resource ids that no resource of the template has. */
function danglingIn({ variables, resources }: Template): string[] {
  const bare = (text: string): string =>
    spelledOut(text.startsWith('[') ? text.slice(1, -1) : `'${text}'`, variables).replace(/[\s()']|concat/g, '');
  // Names of children join with a slash what references give one by one.
  const path = (type: string, name: string): string => `${type},${name}`.replace(/,?\/,?|,/g, '/');
  const made = new Set(
    resources.flatMap(({ type, name, properties }) => [
      path(type, bare(name)),
      ...(properties?.subnets ?? []).map((each) => path(`${type}/subnets`, `${bare(name)},${each.name}`)),
    ]),
  );
  const isMade = (reference: string): boolean =>
    made.has(reference.replace(/^(resourceId|extensionResourceId)/, '').replace(/,?\/,?|,/g, '/'));
  const pointed = [...JSON.stringify(resources).matchAll(/\[(variables\('\w+Id'\)|resourceId\([^"]*\))\]/g)];
  const named = [...pointed.map(([whole]) => whole), ...resources.flatMap(({ dependsOn = [] }) => dependsOn)];
  return [...new Set(named)].filter((text) => {
    const reference = bare(text);
    if (reference.startsWith('/subscriptions/')) return false;
    if (reference.startsWith('extensionResourceId')) {
      const name = /guid.*$/.exec(reference)?.[0] ?? '';
      return ![...made].some((each) => each.endsWith(name.replace(/,?\/,?|,/g, '/')));
    }
    return !isMade(reference);
  });
}

describe('rendered ARM templates', function () {
  this.timeout(60_000);

  for (const [index, { name, plan }] of plansOf(kind).entries()) {
    it(`are the same bytes twice, those of the golden files: ${name}`, () => {
      const files = rendered(plan);
      assert.deepEqual(rendered(structuredClone(plan)), files);
      assert.deepEqual(
        files.map(({ path }) => path),
        ['chat.parameters.example.json', 'chat.runbook.md', 'chat.template.json'],
      );
      for (const { path, text } of files) {
        assert.doesNotMatch(text, /\{\{|\bundefined\b|\[object |\t|[ \t]$/m, path);
        const file = new URL(`${index + 1}-${path}`, golden);
        if (process.env.UPDATE_GOLDEN === '1') {
          mkdirSync(golden, { recursive: true });
          writeFileSync(file, text);
        }
        assert.ok(existsSync(file), `no golden file ${index + 1}-${path}; UPDATE_GOLDEN=1 writes it`);
        assert.equal(text, readFileSync(file, 'utf8'), path);
      }
    });
  }

  it('depend on and point at what is in the template or was there before', () => {
    for (const { name, plan } of plansOf(kind)) {
      const template = JSON.parse(templateOf(plan)) as Template;
      assert.deepEqual(danglingIn(template), [], name);
      const [first = assert.fail(), ...others] = template.resources;
      assert.notDeepEqual(danglingIn({ ...template, resources: others }), [], `without ${first.type}`);
    }
  });

  it('can be deployed again once the archive is locked, which Azure takes back for nobody', () => {
    for (const { name, plan } of plansOf(kind)) {
      const text = templateOf(plan);
      const states = [...text.matchAll(/"state": (".*")/g)].map(([, state]) => state);
      assert.deepEqual(states, [`"[if(parameters('archiveLocked'), 'Locked', 'Unlocked')]"`], name);
      assert.equal(JSON.parse(text).parameters.archiveLocked.defaultValue, false);
      assert.match(rendered(plan).find(({ path }) => path.endsWith('.md'))?.text ?? '', /set `archiveLocked` to true/);
      const { findings } = judged(plan, text, { archiveLocked: 'true' });
      assert.deepEqual([...new Set(findings.map(({ verdict }) => verdict))], ['pass'], name);
    }
  });

  for (const baseline of baselines) {
    it(`pass the gate with nothing open, and nothing planned goes unjudged: ${baseline}`, () => {
      for (const { name, plan } of plansOf(kind, baseline)) {
        const { findings } = judged(plan, templateOf(plan));
        const open = findings.filter(({ verdict }) => verdict !== 'pass');
        assert.deepEqual(
          open.map(({ requirement, resource, reason }) => `${requirement} ${resource}: ${reason}`),
          [],
          name,
        );
        const told = new Set(findings.map(({ requirement }) => requirement));
        const [{ requirements }] = plan.endpoints as unknown as [EndpointPlan];
        const silent = requirements
          .map(({ id }) => id)
          .filter((id) => !told.has(id) && !nothingToJudge(id))
          .filter((id) => !(name === 'existing network' && ofTheNetwork.has(id)));
        assert.deepEqual(silent, [], name);
      }
    });
  }

  it('may send no log to another subscription once the system file names its own', () => {
    const [{ plan }] = plansOf(kind) as unknown as [{ plan: Plan }];
    const account = '11112222-3333-4444-8555-666677778888';
    const own = { ...plan, system: { ...plan.system, boundary: { ...plan.system.boundary, account } } };
    const verdictsTo = (subscription: string): string[] => {
      const id = `/subscriptions/${subscription}/resourceGroups/g/providers/Microsoft.OperationalInsights/workspaces/w`;
      const text = templateOf(plan).replace(/"workspaceId": "\[variables[^"]*"/, `"workspaceId": "${id}"`);
      const { findings } = judged(own, text);
      return findings.filter(({ verdict }) => verdict !== 'pass').map((each) => `${each.requirement} ${each.verdict}`);
    };
    assert.deepEqual(verdictsTo(account), []);
    assert.deepEqual(verdictsTo('99999999-9999-4999-9999-999999999999'), ['azure-delivery-in-boundary fail']);
  });

  it('say of each resource the requirements the gate passes it for, and their controls', () => {
    for (const { plan } of plansOf(kind, 'fedramp-rev5-high')) {
      const text = templateOf(plan);
      const { findings, manifest } = judged(plan, text);
      const { resources } = JSON.parse(text) as {
        resources: { metadata?: { requirements: Record<string, string> } }[];
      };
      const planned = new Map(
        plan.endpoints.flatMap(({ requirements }) => requirements.map((each) => [each.id, each])),
      );
      assert.equal(manifest.resources.length, resources.length);
      for (const [index, resource] of resources.entries()) {
        const { address } = manifest.resources[index] as { address: string };
        const passed = findings.filter((each) => each.resource === address).map((each) => each.requirement);
        const said = resource.metadata?.requirements ?? {};
        const own = Object.keys(said).filter((id) => !servesAnother(manifest.resources[index]?.type ?? '', id));
        // What the system needs is said once, of whichever resource does it.
        const itsOwn = [...new Set(passed)].filter((id) => planned.has(id) && !id.endsWith('-required'));
        assert.deepEqual(itsOwn.sort(), own.sort(), address);
        for (const [id, controls] of Object.entries(said))
          assert.equal(
            controls,
            planned
              .get(id)
              ?.controls.map((each) => labelOf(each.id))
              .join(' '),
            id,
          );
      }
    }
  });
});

/** A resource that a requirement on another asks for: the finding stands at the other. */
const askedFor: Readonly<Record<string, readonly string[]>> = {
  'Microsoft.Insights/diagnosticSettings': ['azure-key-vault-diagnostics', 'azure-openai-diagnostics'],
  'Microsoft.Network/privateEndpoints': ['azure-openai-private-endpoint'],
  'Microsoft.Network/privateEndpoints/privateDnsZoneGroups': ['azure-private-endpoint-dns'],
};

const servesAnother = (type: string, id: string): boolean => askedFor[type]?.includes(id) ?? false;
