import type { Requirement } from '#model/requirement.js';
import type { Resource } from '#model/resource.js';
import { openChoice, plainWorld, type Value } from '#model/value.js';

/** Types of resources that some requirements speak of, also those they look for beside others. */
export function typesSpokenOf(requirements: readonly Requirement[]): ReadonlySet<string> {
  return new Set(
    requirements.flatMap(({ expect }) => stringsIn(expect.cloudformation).filter((text) => isType.test(text))),
  );
}

const isType = /^AWS::\w+::\w+(::\w+)*$/;

/** Names of top-level properties that some requirements read of resources of a type, or of others that refer to them. */
export function propertiesSpokenOf(requirements: readonly Requirement[], type: string): ReadonlySet<string> {
  const speaking = requirements.filter(({ expect }) => stringsIn(expect.cloudformation).includes(type));
  const names = speaking.flatMap(({ expect }) => namesIn(expect.cloudformation));
  return new Set(names.map((name) => name.replace(/[.[].*$/s, '')).filter((name) => /^[A-Z]\w*$/.test(name)));
}

/**
 * The properties that requirements speak of and nothing else; those in `withheld` may hold secrets and are unknown. What the
 * template sets and Cloud Control does not give is unknown: it was taken away, or cannot be read at all.
 */
export function kept(
  properties: Readonly<Record<string, unknown>>,
  spokenOf: ReadonlySet<string>,
  withheld: ReadonlySet<string>,
  inTemplate: Resource | undefined,
): Record<string, unknown> {
  // By its ARN others of the stack refer to it.
  const wanted = Object.entries(properties).filter(([name]) => name === 'Arn' || spokenOf.has(name));
  const set = inTemplate ? setBy(inTemplate) : undefined;
  const missing = [...spokenOf].filter((name) => !Object.hasOwn(properties, name) && set?.has(name) !== false);
  return Object.fromEntries([
    ...wanted.map(([name, value]) => [
      name,
      withheld.has(name) ? { $unknown: `the value of ${name}, which is not kept` } : value,
    ]),
    ...missing.map((name) => [name, { $unknown: notGiven(name) }]),
  ]);
}

const notGiven = (name: string): string =>
  `property ${name} of the live resource, which the template may set and Cloud Control does not give`;

/** Whether a template sets a property, by its name; every name where that depends on a choice. */
function setBy(resource: Resource): { has(name: string): boolean } {
  try {
    const properties = resource.properties(plainWorld);
    return { has: (name) => properties.open !== undefined || isSet(properties.get(name)) };
  } catch (error) {
    if (error !== openChoice) throw error;
    return { has: () => true };
  }
}

const isSet = ({ kind }: Value): boolean => kind !== 'absent';

function stringsIn(data: unknown): string[] {
  if (typeof data === 'string') return [data];
  return typeof data === 'object' && data !== null ? Object.values(data).flatMap(stringsIn) : [];
}

/** Keys of conditions, and the paths that relations go by. */
function namesIn(data: unknown): string[] {
  if (Array.isArray(data)) return data.flatMap(namesIn);
  if (typeof data !== 'object' || data === null) return [];
  return Object.entries(data).flatMap(([key, value]) => [
    key,
    ...((key === 'by' || key === 'as') && typeof value === 'string' ? [value] : []),
    ...namesIn(value),
  ]);
}
