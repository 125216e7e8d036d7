import { sha256 } from '#evidence/index.js';
import type { Member } from '#model/bundle.js';

/** Where the facts stand from which everything else of a bundle is derived. */
export const observationsPath = 'evidence/observations.json';
export const collectionPath = 'evidence/collection.json';
export const controlDataPath = 'inputs/control-data.json';
export const planPath = 'results/plan.json';
export const findingsPath = 'results/findings.json';

/** What earlier evidence said, where it was given. */
export const earlierPath = 'evidence/earlier.json';

/** What FedRAMP's documents leave for people. */
export const leftPath = 'fedramp/left-for-people.json';

export const waiversFolder = 'inputs/waivers/';
export const manifestsFolder = 'inputs/manifests/';
/** Manifests of the cloud assemblies that say where stacks go. */
export const assembliesFolder = 'inputs/assemblies/';
export const inputPath = (path: string): string => `${manifestsFolder}${path}`;

/** A member that others cite by its digest. */
export const cited = (made: Member): Member & { sha256: string } => ({
  ...made,
  sha256: made.sha256 ?? sha256(made.bytes),
});

/** Without indentation, which was a third of a large bundle: all of it is hashed twice and scanned for secrets. */
export const json = (path: string, data: unknown, role: Member['role'], derivedFrom?: readonly string[]): Member =>
  member(path, `${JSON.stringify(data)}\n`, 'application/json', role, derivedFrom);

export const member = (
  path: string,
  content: string | Uint8Array,
  mediaType: string,
  role: Member['role'],
  derivedFrom?: readonly string[],
): Member => ({
  path,
  bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content,
  mediaType,
  role,
  ...(derivedFrom ? { derivedFrom: [...derivedFrom].sort() } : {}),
});

/** Of a manifest or an input, by its name: JSON is YAML too, but nobody looks for it under that name. */
export const mediaTypeOf = (path: string): string => (path.endsWith('.json') ? 'application/json' : 'application/yaml');
