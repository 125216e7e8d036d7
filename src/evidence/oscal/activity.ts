import type { PlannedRequirement } from '#model/plan.js';
import type { Mapping } from '#model/requirement.js';
import { type Assessment, compare, type Json, property } from './assessment.js';
import { line, markup, token } from './text.js';
import { uuidOf } from './uuid.js';

export const activityUuid = ({ lasting }: Assessment, requirement: string): string =>
  uuidOf(lasting, 'activity', requirement);

/** What was done: one activity per requirement that has a finding, with the controls it supports and who says so. */
export function activitiesOf(assessment: Assessment): Json[] {
  const judged = new Map(assessment.judged.map(({ finding }) => [finding.requirement, finding]));
  return activitiesFor(
    assessment,
    [...judged].map(([id, { title, severity, controls }]) => ({ id, title, severity, controls })),
  );
}

/** One activity per requirement; its UUID is the same in every document and run. */
export function activitiesFor(assessment: Assessment, requirements: readonly PlannedRequirement[]): Json[] {
  return [...new Map(requirements.map((each) => [each.id, each])).values()]
    .sort((left, right) => compare(left.id, right.id))
    .map(({ id, title, severity, controls }) => {
      const mappings = [...controls].sort((left, right) => compare(left.id, right.id));
      return {
        uuid: activityUuid(assessment, id),
        title: markup(title),
        description: `Judged against the requirement ${markup(id)} of Rampart’s control data.`,
        props: [
          { name: 'method', value: 'TEST' },
          property('requirement', line(id)),
          property('severity', severity),
          ...mappings.map(mappingProperty),
        ],
        ...relatedControls(mappings),
      };
    });
}

/** Every requirement some endpoint of the plan has, each once, by id. */
export function plannedOf({ input }: Assessment): PlannedRequirement[] {
  const planned = (input.plan?.endpoints ?? []).flatMap(({ requirements }) => requirements);
  return [...new Map(planned.map((each) => [each.id, each])).values()].sort((left, right) =>
    compare(left.id, right.id),
  );
}

/** Control id → the planned requirements that support it, with the mapping that says so. Sorted by id. */
export const plannedByControl = (
  assessment: Assessment,
): Map<string, { requirement: PlannedRequirement; mapping: Mapping }[]> => byControl(plannedOf(assessment));

/** The same of any requirements. */
export function byControl(
  requirements: readonly PlannedRequirement[],
): Map<string, { requirement: PlannedRequirement; mapping: Mapping }[]> {
  const controls = new Map<string, { requirement: PlannedRequirement; mapping: Mapping }[]>();
  for (const requirement of requirements) {
    for (const mapping of requirement.controls) {
      const own = controls.get(mapping.id);
      if (own) own.push({ requirement, mapping });
      else controls.set(mapping.id, [{ requirement, mapping }]);
    }
  }
  return new Map([...controls].sort(([left], [right]) => compare(left, right)));
}

/** A mapping says where it comes from: a publication, or Rampart alone. */
export const mappingProperty = (mapping: Mapping): Json =>
  Object.assign(property('control-mapping', line(mapping.id)), {
    class: mapping.basis,
    remarks:
      mapping.basis === 'sourced'
        ? `Mapped by ${markup(mapping.source)}.`
        : 'Mapped by Rampart; no publication says so.',
  });

function relatedControls(mappings: readonly Mapping[]): Json {
  if (mappings.length === 0) return {};
  const controls = [...new Set(mappings.map(({ id }) => id))].map((id) => ({ 'control-id': token(id) }));
  return { 'related-controls': { 'control-selections': [{ 'include-controls': controls }] } };
}
