/**
 * Writes resource-shapes.json: which members Azure's resources take, of what type, which they need and which only Azure sets, as
 * the mappers of Azure's own client libraries (MIT) say, for all that the golden templates use. npm has no schema of ARM templates;
 * the libraries are made from the same specifications as the service. Run once, by hand, whenever a template uses something new:
 *
 *   npm pack @azure/arm-cognitiveservices@8.1.0 …    # each into a folder of its name, unpacked; versions are listed below
 *   npx tsx test/render/arm/resource-shapes.ts <folder of the folders>
 *
 * The libraries have 150 MB together, so they are no dependencies.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [folder = ''] = process.argv.slice(2);

/** Library and version, the version of the API it speaks, and its class of each type. */
const sources: readonly [library: string, api: string, types: Record<string, string>][] = [
  [
    'arm-authorization 9.0.0',
    '2022-04-01',
    { 'Microsoft.Authorization/roleAssignments': 'RoleAssignmentCreateParameters' },
  ],
  [
    'arm-cognitiveservices 8.1.0',
    '2025-09-01',
    {
      'Microsoft.CognitiveServices/accounts': 'Account',
      'Microsoft.CognitiveServices/accounts/deployments': 'Deployment',
      'Microsoft.CognitiveServices/accounts/raiPolicies': 'RaiPolicy',
    },
  ],
  [
    'arm-keyvault 3.1.0',
    '2023-07-01',
    {
      'Microsoft.KeyVault/vaults': 'VaultCreateOrUpdateParameters',
      'Microsoft.KeyVault/vaults/keys': 'KeyCreateParameters',
    },
  ],
  ['arm-locks 2.1.0', '2020-05-01', { 'Microsoft.Authorization/locks': 'ManagementLockObject' }],
  ['arm-monitor 7.0.0', '2021-09-01', { 'Microsoft.Insights/actionGroups': 'ActionGroupResource' }],
  ['arm-monitor 7.0.0', '2020-10-01', { 'Microsoft.Insights/activityLogAlerts': 'ActivityLogAlertResource' }],
  [
    'arm-monitor 7.0.0',
    '2021-05-01-preview',
    { 'Microsoft.Insights/diagnosticSettings': 'DiagnosticSettingsResource' },
  ],
  ['arm-monitor 7.0.0', '2018-03-01', { 'Microsoft.Insights/metricAlerts': 'MetricAlertResource' }],
  ['arm-msi 2.2.0', '2024-11-30', { 'Microsoft.ManagedIdentity/userAssignedIdentities': 'Identity' }],
  [
    'arm-network 36.0.0',
    '2025-05-01',
    {
      'Microsoft.Network/networkSecurityGroups': 'NetworkSecurityGroup',
      'Microsoft.Network/privateEndpoints': 'PrivateEndpoint',
      'Microsoft.Network/privateEndpoints/privateDnsZoneGroups': 'PrivateDnsZoneGroup',
      'Microsoft.Network/virtualNetworks': 'VirtualNetwork',
    },
  ],
  ['arm-operationalinsights 9.0.0', '2022-10-01', { 'Microsoft.OperationalInsights/workspaces': 'Workspace' }],
  [
    'arm-privatedns 3.2.0',
    '2020-06-01',
    {
      'Microsoft.Network/privateDnsZones': 'PrivateZone',
      'Microsoft.Network/privateDnsZones/virtualNetworkLinks': 'VirtualNetworkLink',
    },
  ],
  [
    'arm-storage 18.6.0',
    '2024-01-01',
    {
      'Microsoft.Storage/storageAccounts': 'StorageAccountCreateParameters',
      'Microsoft.Storage/storageAccounts/blobServices': 'BlobServiceProperties',
    },
  ],
];

/** A part of a mapper, as its library writes it. */
interface Kind {
  name: string;
  className?: string;
  allowedValues?: unknown[];
  element?: { type: Kind };
  value?: { type: Kind };
  modelProperties?: Record<string, { serializedName: string; required?: boolean; readOnly?: boolean; type: Kind }>;
  additionalProperties?: unknown;
  uberParent?: string;
  polymorphicDiscriminator?: { serializedName: string };
}

type Mappers = Record<string, { serializedName?: string; type?: Kind }>;

interface Members {
  members: Record<string, Shape>;
  required: string[];
  readOnly: string[];
  open?: true;
}

type Shape = string | { list: Shape } | { map: Shape } | Members;

async function mappersOf(library: string): Promise<Mappers> {
  const root = `${folder}/${library}/package`;
  const path = readdirSync(root, { recursive: true, encoding: 'utf8' }).find((each) =>
    /^dist[/-]esm\/.*models\/mappers\.js$/.test(each),
  );
  return (await import(pathToFileURL(`${root}/${path}`).href)) as Mappers;
}

/** The shape of a type as far as some values use it; a member none of them sets is known by its name alone. */
function shapeOf(kind: Kind, mappers: Mappers, values: readonly unknown[]): Shape {
  if (kind.name === 'Sequence' && kind.element)
    return {
      list: shapeOf(
        kind.element.type,
        mappers,
        values.flatMap((value) => (Array.isArray(value) ? value : [])),
      ),
    };
  if (kind.name === 'Dictionary' && kind.value) {
    const items = values.flatMap((value) => (isObject(value) ? Object.values(value) : []));
    return { map: shapeOf(kind.value.type, mappers, items) };
  }
  if (kind.name === 'Enum') return `one of ${(kind.allowedValues ?? []).join(' ')}`;
  if (kind.name !== 'Composite') return kind.name;
  const composite = kind.modelProperties ? kind : chosen(kind, mappers, values);
  const shape: Members = { members: {}, required: [], readOnly: [] };
  for (const { serializedName, required, readOnly, type } of Object.values(composite.modelProperties ?? {})) {
    const steps = serializedName.split(/(?<!\\)\./).map((step) => step.replaceAll('\\', ''));
    put(shape, steps, { type, required: required === true, readOnly: readOnly === true }, mappers, values);
  }
  return composite.additionalProperties === undefined ? shape : { ...shape, open: true };
}

interface Member {
  type: Kind;
  required: boolean;
  readOnly: boolean;
}

function put(
  into: Members,
  [step = '', ...rest]: string[],
  member: Member,
  mappers: Mappers,
  values: readonly unknown[],
): void {
  const under = values.flatMap((value) => (isObject(value) && step in value ? [value[step]] : []));
  if (rest.length > 0) {
    into.members[step] ??= { members: {}, required: [], readOnly: [] };
    put(into.members[step] as Members, rest, member, mappers, under);
    return;
  }
  into.members[step] = under.length > 0 ? shapeOf(member.type, mappers, under) : 'unused';
  if (member.required) into.required.push(step);
  if (member.readOnly) into.readOnly.push(step);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The composite a class names, or the one of its kin that a value names by its discriminator. */
function chosen({ className = '' }: Kind, mappers: Mappers, values: readonly unknown[]): Kind {
  const own = mappers[className]?.type;
  if (!own) throw new Error(`no class ${className}`);
  const by = own.polymorphicDiscriminator?.serializedName.replaceAll('\\', '');
  if (by === undefined) return own;
  const named = values.flatMap((value) => (isObject(value) && by in value ? [String(value[by])] : []));
  const kin = Object.values(mappers).find(
    ({ serializedName, type }) => named.includes(serializedName ?? '') && type?.modelProperties && type !== own,
  );
  return kin?.type ?? own;
}

const golden = new URL('../../golden/render/arm/', import.meta.url);
const resources = readdirSync(golden, { encoding: 'utf8' })
  .filter((path) => path.endsWith('.template.json'))
  .flatMap((path) => JSON.parse(readFileSync(new URL(path, golden), 'utf8')).resources as { type: string }[]);

const types: Record<string, { library: string; api: string; shape: Shape }> = {};
for (const [library, api, classes] of sources) {
  const mappers = await mappersOf(library.split(' ')[0] ?? '');
  for (const [type, className] of Object.entries(classes)) {
    const values = resources.filter((each) => each.type === type);
    types[type] = {
      library: `@azure/${library}`,
      api,
      shape: shapeOf({ name: 'Composite', className }, mappers, values),
    };
  }
}
writeFileSync(
  new URL('resource-shapes.json', import.meta.url),
  `${JSON.stringify({ source: 'mappers of the @azure/arm-* client libraries', date: '2026-11-21', types }, null, 1)}\n`,
);
