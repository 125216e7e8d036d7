import type { ErrorObject } from 'ajv';
import type { Problem } from '#model/error.js';

/** The compiled schema of the OSCAL models Rampart writes: every error, or none. The build makes it, commands pass it in. */
export type ValidateOscal = (document: unknown) => readonly ErrorObject[];

/** A broken document may have thousands of errors; the first ones are enough to find the cause. */
const most = 50;

/** What a document defines and refers to, gathered in one walk: it is asked for by the document's own check and by that of all. */
export interface References {
  /** UUID → how often it is given to something. */
  defined: ReadonlyMap<string, number>;
  /** UUIDs of this document that something is said of. */
  referred: ReadonlySet<string>;
  /** `other.json` and `other.json#uuid`. */
  leading: ReadonlySet<string>;
}

function referencesOf(document: unknown): References {
  const defined = new Map<string, number>();
  const referred = new Set<string>();
  const leading = new Set<string>();
  walk(document, (key, value) => {
    if (key === 'uuid') defined.set(value, (defined.get(value) ?? 0) + 1);
    else if (isReference(key, value)) referred.add(referenceOf(value));
    else if (key === 'href' && /^[a-z-]+\.json(?:#|$)/.test(value)) leading.add(value);
  });
  return { defined, referred, leading };
}

/**
 * What is wrong with a document by NIST's schema, and by the rule a schema cannot hold: a reference to a UUID of this
 * document leads somewhere. Empty when nothing is.
 */
export function validateOscal(
  document: unknown,
  validate: ValidateOscal,
  references: References = referencesOf(document),
): Problem[] {
  const messages = [
    ...validate(document).map(({ instancePath, message }) => `${instancePath || '/'} ${message ?? 'is not valid'}`),
    ...danglingReferences(document, references),
  ];
  return [...new Set(messages)].slice(0, most).map((message) => ({ message }));
}

/** By the documents' file names. */
export const referencesIn = (documents: Readonly<Record<string, unknown>>): ReadonlyMap<string, References> =>
  new Map(Object.entries(documents).map(([name, document]) => [name, referencesOf(document)]));

/** References from one document to another that lead nowhere. The keys are the documents' file names. */
export function unresolvedBetween(
  documents: Readonly<Record<string, unknown>>,
  references: ReadonlyMap<string, References> = referencesIn(documents),
): Problem[] {
  const resolves = (link: string): boolean => {
    const [file = '', uuid] = link.split('#');
    const there = references.get(file);
    return there !== undefined && (uuid === undefined || there.defined.has(uuid));
  };
  return [...references]
    .flatMap(([name, { leading }]) => [...leading].filter((link) => !resolves(link)).map((link) => ({ name, link })))
    .slice(0, most)
    .map(({ name, link }) => ({ message: `${name} refers to ${link}, which is not there` }));
}

/** Names of members that hold a reference to something of this document, besides `href: "#…"`. */
const referring = new Set([
  'actor-uuid',
  'activity-uuid',
  'component-uuid',
  'observation-uuid',
  'party-uuids',
  'risk-uuid',
  'subject-uuid',
]);

function danglingReferences(document: unknown, { defined, referred }: References): string[] {
  const dangling = new Set([...referred].filter((uuid) => !defined.has(uuid)));
  return [
    ...[...defined].filter(([, count]) => count > 1).map(([uuid]) => `uuid ${uuid} is given to more than one thing`),
    ...(dangling.size === 0
      ? []
      : placesOf(document, (key, value) => isReference(key, value) && dangling.has(referenceOf(value)))
    ).map(([path, value]) => `${path} refers to ${referenceOf(value)}, which the document does not define`),
  ];
}

const isReference = (key: string, value: string): boolean =>
  referring.has(key) || (key === 'href' && value.startsWith('#'));

const referenceOf = (value: string): string => (value.startsWith('#') ? value.slice(1) : value);

/** Visits every text of every object; items of a list are visited under the list's own key. */
function walk(value: unknown, visit: (key: string, value: string) => void, key = ''): void {
  if (typeof value === 'string') visit(key, value);
  else if (Array.isArray(value)) for (const item of value) walk(item, visit, key);
  else if (typeof value === 'object' && value !== null) {
    for (const name in value) walk((value as Record<string, unknown>)[name], visit, name);
  }
}

/** Where the texts stand that are sought. Apart from `walk`, since spelling every path out took longer than all else. */
function placesOf(document: unknown, sought: (key: string, value: string) => boolean): [path: string, value: string][] {
  const places: [string, string][] = [];
  const search = (value: unknown, key: string, path: string): void => {
    if (typeof value === 'string') {
      if (sought(key, value)) places.push([path, value]);
    } else if (Array.isArray(value)) for (const [index, item] of value.entries()) search(item, key, `${path}/${index}`);
    else if (typeof value === 'object' && value !== null)
      for (const [name, member] of Object.entries(value)) search(member, name, `${path}/${name}`);
  };
  search(document, '', '');
  return places;
}
