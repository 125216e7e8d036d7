import type { ErrorObject } from 'ajv';
import type { Problem } from '#model/error.js';

/** The compiled schema of the OSCAL models Rampart writes: every error, or none. The build makes it, commands pass it in. */
export type ValidateOscal = (document: unknown) => readonly ErrorObject[];

/** A broken document may have thousands of errors; the first ones are enough to find the cause. */
const most = 50;

/**
 * What is wrong with a document by NIST's schema, and by the rule a schema cannot hold: a reference to a UUID of this
 * document leads somewhere. Empty when nothing is.
 */
export function validateOscal(document: unknown, validate: ValidateOscal): Problem[] {
  const messages = [
    ...validate(document).map(({ instancePath, message }) => `${instancePath || '/'} ${message ?? 'is not valid'}`),
    ...danglingReferences(document),
  ];
  return [...new Set(messages)].slice(0, most).map((message) => ({ message }));
}

/** References from one document to another, as `other.json#uuid`, that lead nowhere. The keys are the documents' file names. */
export function unresolvedBetween(documents: Readonly<Record<string, unknown>>): Problem[] {
  const problems: Problem[] = [];
  const defined = new Map<string, Set<string>>();
  for (const [name, document] of Object.entries(documents)) {
    const uuids = new Set<string>();
    walk(document, '', (key, value) => {
      if (key === 'uuid' && typeof value === 'string') uuids.add(value);
    });
    defined.set(name, uuids);
  }
  for (const [name, document] of Object.entries(documents)) {
    walk(document, '', (key, value, path) => {
      if (key !== 'href' || typeof value !== 'string') return;
      const [file = '', uuid] = value.split('#');
      if (!/^[a-z-]+\.json$/.test(file)) return;
      const there = defined.get(file);
      if (!there || (uuid !== undefined && !there.has(uuid)))
        problems.push({ message: `${name}${path} refers to ${value}, which is not there` });
    });
  }
  return problems.slice(0, most);
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

function danglingReferences(document: unknown): string[] {
  const defined = new Map<string, number>();
  const referred = new Map<string, string>();
  walk(document, '', (key, value, path) => {
    if (typeof value !== 'string') return;
    if (key === 'uuid') defined.set(value, (defined.get(value) ?? 0) + 1);
    else if (referring.has(key)) referred.set(value, path);
    else if (key === 'href' && value.startsWith('#')) referred.set(value.slice(1), path);
  });
  return [
    ...[...defined].filter(([, count]) => count > 1).map(([uuid]) => `uuid ${uuid} is given to more than one thing`),
    ...[...referred]
      .filter(([uuid]) => !defined.has(uuid))
      .map(([uuid, path]) => `${path} refers to ${uuid}, which the document does not define`),
  ];
}

/** Visits every member of every object; items of a list are visited under the list's own key. */
function walk(value: unknown, path: string, visit: (key: string, value: unknown, path: string) => void): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    const at = `${path}/${key}`;
    if (Array.isArray(member)) {
      for (const [index, item] of member.entries()) {
        visit(key, item, `${at}/${index}`);
        walk(item, `${at}/${index}`, visit);
      }
    } else {
      visit(key, member, at);
      walk(member, at, visit);
    }
  }
}
