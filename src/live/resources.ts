import type { Observation } from '#model/observation.js';
import { Lines } from '#model/position.js';
import type { Expectation, Requirement } from '#model/requirement.js';
import type { Manifest, Resource } from '#model/resource.js';
import { type Dict, dictOf, type Value } from '#model/value.js';

/** A live answer has no text to point into. */
const at = 0;

/**
 * The resources that were read one by one, as the gate sees those of a template: one manifest for each stack. A value that is
 * the name or ARN of another resource of the stack is a reference to it, as the template had it. What was not answered is
 * wholly unknown.
 */
export function asManifests(observations: readonly Observation[]): readonly { stack: string; manifest: Manifest }[] {
  const read = observations.filter(({ probe }) => probe === 'cloud-control');
  const places = [...new Set(read.map(placeOf))].sort();
  return places.map((place) => {
    const own = read.filter((each) => placeOf(each) === place);
    const stack = String(own[0]?.answer.stack);
    const names = namesOf(own);
    const resources: Resource[] = [];
    const manifest: Manifest = {
      language: 'cloudformation',
      file: stack,
      lines: new Lines(stack, ''),
      resources,
      notFollowed: [],
    };
    for (const observation of own) {
      const { type, logicalId } = observation.answer;
      const properties = propertiesOf(observation, names);
      resources.push({
        language: 'cloudformation',
        type: String(type),
        address: String(logicalId),
        at,
        manifest,
        existsIn: () => true,
        properties: () => properties,
      });
    }
    return { stack, manifest };
  });
}

/** Stacks of two regions may have one name. */
const placeOf = ({ answer, region }: Observation): string => `${region ?? ''} ${String(answer.stack)}`;

/**
 * Requirements as they speak of single live resources: those of every string and of secrets would be told of parts only, and what
 * becomes of a resource with its stack is said in the template.
 */
export const ofResources = (requirements: readonly Requirement[]): readonly Requirement[] =>
  requirements.flatMap((requirement) => {
    const { cloudformation = [] } = requirement.expect;
    const spoken = cloudformation.filter(
      (each): each is Each => 'each' in each && each.each !== '*' && !asksAttributes(each),
    );
    if (requirement.sensitive || spoken.length === 0) return [];
    return [{ ...requirement, expect: { cloudformation: spoken } }];
  });

type Each = Extract<Expectation, { each: unknown }>;

const asksAttributes = (part: unknown): boolean =>
  typeof part === 'object' &&
  part !== null &&
  Object.entries(part).some(([key, inner]) => key === 'attributes' || asksAttributes(inner));

/** Names by which resources of a stack refer to each other; one that two have refers to neither. */
function namesOf(observations: readonly Observation[]): ReadonlyMap<string, { to: string; attribute?: string }> {
  const names = new Map<string, { to: string; attribute?: string } | undefined>();
  const add = (name: unknown, to: string, attribute?: string): void => {
    if (typeof name !== 'string' || name.length < 8) return;
    names.set(name, names.has(name) ? undefined : { to, ...(attribute ? { attribute } : {}) });
  };
  for (const { answer } of observations) {
    const to = String(answer.logicalId);
    const { Arn } = (answer.properties ?? {}) as { Arn?: unknown };
    add(answer.identifier, to);
    if (Arn !== answer.identifier) add(Arn, to, 'Arn');
  }
  return new Map([...names].flatMap(([name, found]) => (found ? [[name, found] as const] : [])));
}

type Names = ReturnType<typeof namesOf>;

function propertiesOf({ answer, outcome, detail = 'an answer' }: Observation, names: Names): Dict {
  if (outcome === 'answered') return dict(Object(answer.properties), names, String(answer.logicalId));
  const open = { kind: 'unknown', settledBy: detail, at } as const;
  return dictOf([], () => open, at, open);
}

const dict = (json: object, names: Names, own: string): Dict => {
  const entries = new Map(Object.entries(json));
  return dictOf(entries.keys(), (key) => asValue(entries.get(key), names, own), at);
};

function asValue(json: unknown, names: Names, own: string): Value {
  if (json === undefined) return { kind: 'absent', at };
  if (typeof json === 'string') {
    const found = names.get(json);
    return found && found.to !== own ? { kind: 'reference', ...found, at } : { kind: 'scalar', value: json, at };
  }
  if (Array.isArray(json)) return { kind: 'list', items: json.map((item) => asValue(item, names, own)), at };
  if (typeof json === 'object' && json !== null) {
    const settledBy = (json as { $unknown?: unknown }).$unknown;
    return typeof settledBy === 'string' ? { kind: 'unknown', settledBy, at } : dict(json, names, own);
  }
  if (json === null || typeof json === 'number' || typeof json === 'boolean')
    return { kind: 'scalar', value: json, at };
  throw new TypeError(`a resource holds a ${typeof json}, which is not JSON`);
}
