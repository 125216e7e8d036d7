import assert from 'node:assert/strict';
import type { Finding } from '#model/finding.js';
import type { Plan } from '#model/plan.js';
import type { Manifest } from '#model/resource.js';
import { check } from '../../src/check/check.js';
import { readManifest } from '../../src/manifest/read.js';
import { render } from '../../src/render/render.js';
import { againstOf, standpointOf } from '../../src/session/gate.js';
import { base } from '../controls/base.js';
import { plannedOnly, plansOf } from '../render/clouds.js';
import { templates } from '../render/plans.js';

const file = 'chat.template.json';

function judged(text: string, plan: Plan, only?: string): Finding[] {
  const stand = standpointOf(plan, base);
  const against = plannedOnly(againstOf(base, stand), plan);
  const requirements = against.requirements.filter(({ id }) => only === undefined || id === only);
  const manifest = readManifest(file, text, { ...stand.given, parameters: {} }) as Manifest;
  return check([manifest], { ...against, requirements });
}

/** The text with one value of a line made another, for each value on it. */
function weaker(text: string, line: number): string[] {
  const lines = text.split('\n');
  const own = lines[line - 1] ?? '';
  const values = [...own.matchAll(/(?<=: |\[|, )(true|false|\d+|"(?:[^"\\]|\\.)*")(?=[,}\]]|$)/g)];
  return values.flatMap(({ 0: value, index }) => {
    const others = value.startsWith('"') ? ['"*"', 'null'] : [{ true: 'false', false: 'true' }[value] ?? '1'];
    return others.map((other) =>
      lines.with(line - 1, own.slice(0, index) + other + own.slice(index + value.length)).join('\n'),
    );
  });
}

/** A prohibition passes because something is not there: here is the line that breaks it. */
const forbidden: Readonly<Record<string, (text: string) => string>> = {
  'azure-alerts-required': (text) =>
    text.replaceAll('Microsoft.Insights/activityLogAlerts', 'Microsoft.Insights/others'),
  'azure-delivery-in-boundary': (text) =>
    text.replace('"workspaceId": "[variables', '"marketplacePartnerId": "x",\n"workspaceId": "[variables'),
  'azure-network-in-boundary': (text) =>
    text.replace(
      '"subnets": [',
      '"virtualNetworkPeerings": [{"properties": {"remoteVirtualNetwork": {"id": "/subscriptions/99999999-9999-4999-9999-999999999999/x"}}}],\n"subnets": [',
    ),
  'azure-no-delegation': (text) => text.replace(/"principalType": "\w+"/, '"principalType": "ForeignGroup"'),
  'azure-nsg-egress': (text) =>
    text.replace(/("direction": "Outbound",\s+"access": "Allow",[^}]*"destinationAddressPrefix": )"[^"]*"/, '$1"*"'),
  'azure-subnet-nsg': (text) => text.replaceAll('"networkSecurityGroup"', '"none"'),
  'azure-nsg-ingress': (text) => text.replace(/"sourceAddressPrefix": "10[^"]*"/, '"sourceAddressPrefix": "*"'),
  'azure-role-least-privilege': (text) =>
    text.replace('5e0bd9bd-7b93-4f28-af87-19fc36ad61bd', 'b24988ac-6180-42a0-ab88-20f7382dd24c'),
  'azure-openai-private-endpoint': (text) => text.replace('"groupIds": ["account"]', '"groupIds": ["other"]'),
  'azure-private-dns-zone': (text) => text.replaceAll('privatelink.openai.azure.us', 'privatelink.openai.azure.com'),
  // Either of the two is enough.
  'azure-storage-versions': (text) =>
    text
      .replace('"isVersioningEnabled": true', '"isVersioningEnabled": false')
      .replace(/("immutableStorageWithVersioning": \{\s+"enabled": )true/, '$1false'),
  'azure-private-endpoint-dns': (text) =>
    text.replaceAll('privateEndpoints/privateDnsZoneGroups', 'privateEndpoints/others'),
};

describe('law 2 in ARM templates: weakening what serves a requirement makes the gate fail on it', function () {
  this.timeout(60_000);
  const [, { plan }] = plansOf('azure-openai', 'fedramp-rev5-high') as unknown as [unknown, { plan: Plan }];
  const text = render(plan, 'arm', templates, base.boundary).find(({ path }) => path === file)?.text ?? '';
  const before = judged(text, plan);

  for (const id of [...new Set(before.map(({ requirement }) => requirement))].sort()) {
    it(id, () => {
      const lines = before
        .filter(({ requirement }) => requirement === id)
        .flatMap(({ evidence = [] }) => evidence.map((each) => each.line));
      const changed = [...new Set(lines)].slice(0, 6).flatMap((line) => weaker(text, line));
      const mutants = [...(forbidden[id] ? [forbidden[id](text)] : []), ...changed];
      assert.ok(mutants.length > 0, 'nothing to weaken');
      const isNoticed = mutants.some((mutant) => {
        assert.notEqual(mutant, text);
        JSON.parse(mutant);
        return judged(mutant, plan, id).some(({ verdict }) => verdict === 'fail' || verdict === 'unknown');
      });
      assert.ok(isNoticed, 'nothing that breaks it is noticed');
    });
  }
});
