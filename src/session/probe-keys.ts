import { checkRegion } from '#io/aws/place.js';
import { readManifest } from '#manifest/read.js';
import type { ControlBase } from '#model/base.js';
import { RampartError } from '#model/error.js';
import type { Plan } from '#model/plan.js';
import type { Manifest, Resource } from '#model/resource.js';
import { openChoice, plainWorld } from '#model/value.js';
import { type RenderedFile, render } from '#render/render.js';
import { standpointOf } from './gate.js';
import { readManifests } from './manifests.js';
import { templatesWith } from './templates-with.js';

/** How the user says which keys are meant; the first that is given holds. */
export interface KeysWanted {
  keys: readonly string[];
  templates: readonly string[];
  allKeys: boolean;
}

/** The keys to look at in one region; none named means all that have an alias. */
export interface KeysIn {
  region: string;
  keys: readonly string[];
}

/**
 * The keys to look at, by region: those named, those of templates, all of the region (an empty list), or those the system's own
 * templates create. Of templates it is the alias that is taken: what a key is called is known before it exists. Where no region
 * is named, ARNs say their own, plans have those of their endpoints, all keys means all regions of the boundary, and whatever
 * says nothing of a place is asked for in the boundary's first.
 */
export async function keysWanted(
  wanted: KeysWanted,
  regions: readonly string[],
  plan: Plan,
  base: ControlBase,
): Promise<readonly KeysIn[]> {
  const { boundary } = plan.system;
  if (base.boundary.clouds?.some(({ id }) => id === boundary.partition)) throw ofAnotherCloud(boundary.partition);
  for (const region of regions) checkRegion({ region, boundary });
  const first = boundary.regions.slice(0, 1);
  const inEach = (keys: readonly string[], otherwise: readonly string[] = first): KeysIn[] =>
    [...new Set(regions.length > 0 ? regions : otherwise)].map((region) => ({ region, keys }));
  if (wanted.keys.length > 0) return regions.length > 0 ? inEach(wanted.keys) : byPlace(wanted.keys, first[0] ?? '');
  if (wanted.templates.length > 0) return inEach(await ofTemplates(wanted.templates, plan, base));
  if (wanted.allKeys) return inEach([], boundary.regions);
  const deployed = boundary.regions.filter((region) =>
    plan.endpoints.some(({ endpoint }) => endpoint.region === region),
  );
  return Promise.all(
    inEach([], deployed).map(async ({ region }) => ({ region, keys: await ofPlan(region, plan, base) })),
  );
}

const ofAnotherCloud = (partition: string): RampartError =>
  new RampartError('RAMPART_PROBE_CLOUD', `a probe asks STS and KMS of AWS, and boundary.partition is ${partition}`, {
    exit: 'input',
    next: 'Judge what is to be deployed with rampart check; nothing looks at a live subscription or project.',
  });

/** Keys by the regions their ARNs name. */
function byPlace(keys: readonly string[], otherwise: string): KeysIn[] {
  const regionOf = (key: string): string => /^arn:[^:]*:kms:([^:]+):/.exec(key)?.[1] ?? otherwise;
  return [...new Set(keys.map(regionOf))].map((region) => ({
    region,
    keys: keys.filter((key) => regionOf(key) === region),
  }));
}

async function ofTemplates(paths: readonly string[], plan: Plan, base: ControlBase): Promise<readonly string[]> {
  const { manifests, files } = await readManifests(paths, { ...standpointOf(plan, base).given, parameters: {} });
  const unread = files.filter(({ status }) => status === 'not-readable');
  if (unread.length > 0) {
    throw new RampartError('RAMPART_NOT_ALL_READ', 'Not every template could be read, so keys may be missing.', {
      exit: 'input',
      next: 'Give templates that rampart check can read, or name the keys with --key.',
      problems: unread.flatMap(({ file, notes }) => notes.map(({ message }) => ({ message: `${file}: ${message}` }))),
    });
  }
  return named(manifests, 'The templates name no KMS alias.');
}

async function ofPlan(region: string, plan: Plan, base: ControlBase): Promise<readonly string[]> {
  const given = { ...standpointOf(plan, base).given, parameters: {} };
  const manifests = (await templatesOf(plan, base, region))
    .map(({ path, text }) => readManifest(path, text, given))
    .filter((read) => 'resources' in read);
  return named(manifests, `No endpoint of the system is in ${region}, so the plan means no key there.`);
}

/** The templates a system's plan is rendered to, of one region's endpoints or of all. */
export async function templatesOf(plan: Plan, base: ControlBase, region?: string): Promise<readonly RenderedFile[]> {
  const endpoints = plan.endpoints.filter(({ endpoint }) => region === undefined || endpoint.region === region);
  const templates = await templatesWith({ endpoints }, 'cloudformation');
  return render({ ...plan, endpoints }, 'cloudformation', templates, base.boundary).filter(
    ({ mediaType }) => mediaType === 'application/yaml',
  );
}

/** The aliases some manifests make, or the one error for a probe that would look at nothing. */
function named(manifests: readonly Manifest[], otherwise: string): readonly string[] {
  const keys = aliasesIn(manifests);
  if (keys.length > 0) return keys;
  throw new RampartError('RAMPART_NO_KEYS', otherwise, {
    exit: 'input',
    next: 'Name the keys with --key, or look at every key that has an alias with --all-keys.',
  });
}

const nameIn: Readonly<Record<string, string>> = Object.assign(Object.create(null), {
  'AWS::KMS::Alias': 'AliasName',
  aws_kms_alias: 'name',
});

function aliasesIn(manifests: readonly Manifest[]): readonly string[] {
  const aliases = manifests.flatMap(({ resources }) => resources.filter(({ type }) => type in nameIn).map(aliasName));
  return [...new Set(aliases)].sort();
}

function aliasName(resource: Resource): string {
  try {
    const name = resource.properties(plainWorld).get(nameIn[resource.type] as string);
    if (name.kind === 'scalar' && typeof name.value === 'string') return name.value;
  } catch (error) {
    if (error !== openChoice) throw error;
  }
  const { address, manifest } = resource;
  throw new RampartError(
    'RAMPART_OPEN_ALIAS',
    `${manifest.file}: the name of ${address} is known on deployment only.`,
    {
      exit: 'input',
      next: 'Name that key with --key: its id, its ARN or its alias.',
    },
  );
}
