import { readManifest } from '#manifest/read.js';
import type { ControlBase } from '#model/base.js';
import { RampartError } from '#model/error.js';
import type { Plan } from '#model/plan.js';
import type { Manifest, Resource } from '#model/resource.js';
import { openChoice, plainWorld } from '#model/value.js';
import { render } from '#render/render.js';
import { standpointOf } from './gate.js';
import { readManifests } from './manifests.js';

/** How the user says which keys are meant; the first that is given holds. */
export interface KeysWanted {
  keys: readonly string[];
  templates: readonly string[];
  allKeys: boolean;
}

/**
 * The keys to look at in a region: those named, those of templates, all of the region (an empty list), or those the system's
 * own templates create. Of templates it is the alias that is taken: what a key is called is known before it exists.
 */
export async function keysWanted(
  wanted: KeysWanted,
  region: string,
  plan: Plan,
  base: ControlBase,
): Promise<readonly string[]> {
  if (wanted.keys.length > 0) return wanted.keys;
  if (wanted.templates.length > 0) return ofTemplates(wanted.templates, plan, base);
  return wanted.allKeys ? [] : ofPlan(region, plan, base);
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
  const templates = (await import('#generated/templates.js')).default;
  const endpoints = plan.endpoints.filter(({ endpoint }) => endpoint.region === region);
  const given = { ...standpointOf(plan, base).given, parameters: {} };
  const manifests = render({ ...plan, endpoints }, 'cloudformation', templates, base.boundary)
    .filter(({ mediaType }) => mediaType === 'application/yaml')
    .map(({ path, text }) => readManifest(path, text, given))
    .filter((read) => 'resources' in read);
  return named(manifests, `No endpoint of the system is in ${region}, so the plan means no key there.`);
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
