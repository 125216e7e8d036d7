import type { Mapping } from '#model/requirement.js';
import { type Assessment, compare, type Json, property } from './assessment.js';
import { line, markup, token } from './text.js';
import { uuidOf } from './uuid.js';

export const activityUuid = ({ lasting }: Assessment, requirement: string): string =>
  uuidOf(lasting, 'activity', requirement);

/** What was done: one activity per requirement that has a finding, with the controls it supports and who says so. */
export function activitiesOf(assessment: Assessment): Json[] {
  const byRequirement = new Map(assessment.judged.map(({ finding }) => [finding.requirement, finding]));
  return [...byRequirement.values()]
    .sort((left, right) => compare(left.requirement, right.requirement))
    .map(({ requirement, title, severity, controls }) => {
      const mappings = [...controls].sort((left, right) => compare(left.id, right.id));
      return {
        uuid: activityUuid(assessment, requirement),
        title: markup(title),
        description: `Judged against the requirement ${markup(requirement)} of Rampart’s control data.`,
        props: [
          { name: 'method', value: 'TEST' },
          property('requirement', line(requirement)),
          property('severity', severity),
          ...mappings.map(mappingProperty),
        ],
        ...relatedControls(mappings),
      };
    });
}

/** A mapping says where it comes from: a publication, or Rampart alone. */
const mappingProperty = (mapping: Mapping): Json => ({
  ...property('control-mapping', line(mapping.id)),
  class: mapping.basis,
  remarks:
    mapping.basis === 'sourced' ? `Mapped by ${markup(mapping.source)}.` : 'Mapped by Rampart; no publication says so.',
});

function relatedControls(mappings: readonly Mapping[]): Json {
  if (mappings.length === 0) return {};
  const controls = [...new Set(mappings.map(({ id }) => id))].map((id) => ({ 'control-id': token(id) }));
  return { 'related-controls': { 'control-selections': [{ 'include-controls': controls }] } };
}
