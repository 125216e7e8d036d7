import type { Observation } from '#model/observation.js';

/** A template that passed the gate, by the file it was judged as. */
export interface Gated {
  path: string;
  text: string;
  sha256: string;
}

/** A template as it lives, or what would settle it. */
export type Living = { text: string; sha256: string } | { $unknown: string };

export interface GivenParameter {
  name: string;
  /** Undefined where AWS does not show it. */
  value: string | undefined;
}

/** Where two templates say different things; throws when one cannot be read. */
export type Differences = (left: string, right: string) => readonly string[];

/** The word for a template or parameter that lives as it was gated. */
export const asGated = 'as gated';

/** So many differences are named; the rest is counted. */
const mostNamed = 5;

/**
 * What there is to say of a stack or change set beside what was gated: `template` and, where the gate was given values,
 * `parameters` are `as gated` or name what differs. The text is compared by its digest first; a text of another digest is as gated
 * only when it says the same in another notation.
 */
export function besideGated(
  observation: Observation,
  living: Living,
  parameters: readonly GivenParameter[],
  gated: readonly Gated[],
  values: Readonly<Record<string, string>> | undefined,
  differences: Differences,
): Observation {
  if (observation.outcome !== 'answered') return observation;
  const answer = {
    ...observation.answer,
    ...ofTemplate(living, gated, differences, String(observation.answer.status ?? '')),
    ...(values ? { parameters: ofParameters(parameters, values) } : {}),
  };
  return { ...observation, answer };
}

function ofTemplate(
  living: Living,
  gated: readonly Gated[],
  differences: Differences,
  status: string,
): Record<string, unknown> {
  if ('$unknown' in living) return { template: living };
  const templateSha256 = living.sha256;
  // While it is changed, nobody can say which template it will have.
  if (/_IN_PROGRESS$/.test(status) && !/CLEANUP_IN_PROGRESS$/.test(status)) {
    return { templateSha256, template: { $unknown: `the end of ${status}` } };
  }
  const same = gated.find(({ sha256 }) => sha256 === living.sha256);
  if (same) return { templateSha256, template: asGated, gatedAs: same.path };
  try {
    const closest = gated
      .map((each) => ({ each, found: differences(each.text, living.text) }))
      .sort((a, b) => a.found.length - b.found.length || (a.each.path < b.each.path ? -1 : 1))[0];
    if (!closest) return { templateSha256, template: { $unknown: 'a template that was gated' } };
    const { each, found } = closest;
    const said = { templateSha256, gatedAs: each.path, gatedSha256: each.sha256 };
    return { ...said, template: found.length === 0 ? asGated : `other at ${named(found)}` };
  } catch {
    return { templateSha256, template: 'other than what was gated, and no template that can be read' };
  }
}

function ofParameters(given: readonly GivenParameter[], values: Readonly<Record<string, string>>): unknown {
  const living = new Map(given.map(({ name, value }) => [name, value]));
  const names = Object.keys(values).sort();
  const other = names.filter((name) => {
    const value = living.get(name);
    return !living.has(name) || (value !== undefined && value !== values[name]);
  });
  if (other.length > 0) return `other values of ${named(other)}`;
  const hidden = names.filter((name) => living.get(name) === undefined);
  return hidden.length > 0 ? { $unknown: `the value of parameter ${named(hidden)}, which AWS does not show` } : asGated;
}

const named = (names: readonly string[]): string =>
  names.length <= mostNamed
    ? names.join(', ')
    : `${names.slice(0, mostNamed).join(', ')} and ${names.length - mostNamed} more`;
