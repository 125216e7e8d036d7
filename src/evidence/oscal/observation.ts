import type { Finding } from '#model/finding.js';
import type { Observation } from '#model/observation.js';
import { activityUuid } from './activity.js';
import { type Assessment, compare, type Json, type Judged, originOf, property } from './assessment.js';
import { fileUuid, placesOf } from './evidence-file.js';
import { subjectOf } from './subject.js';
import { line, markup, some } from './text.js';
import { uuidOf } from './uuid.js';

/** One observation per finding, then one per live fact that no finding speaks of: what was looked at is part of the evidence. */
export function observationsOf(assessment: Assessment): Json[] {
  const { items, used } = judgedObservations(assessment);
  const others = (assessment.input.observations ?? [])
    .filter((fact) => !used.has(fact))
    .map((fact) => ({
      fact,
      order: JSON.stringify([fact.probe, fact.subject, fact.time, fact.requestId ?? '', fact.call]),
    }))
    .sort((left, right) => compare(left.order, right.order))
    .map(({ fact, order }, index) => discoveryOf(assessment, fact, uuidOf(assessment.run, 'fact', order, index)));
  return [...items, ...others];
}

/**
 * One observation per finding, and the live facts they rest on. `activities` is the document that lists the activities, where
 * it is another than the one the observations stand in.
 */
export function judgedObservations(
  assessment: Assessment,
  activities = '',
): { items: Json[]; used: ReadonlySet<Observation> } {
  const facts = new Map<string, Observation[]>();
  for (const fact of assessment.input.observations ?? []) {
    const key = JSON.stringify([fact.probe, fact.subject]);
    facts.set(key, [...(facts.get(key) ?? []), fact]);
  }
  const used = new Set<Observation>();
  const items = assessment.judged.map((one) => {
    const { position, type, resource } = one.finding;
    const own = position === undefined ? (facts.get(JSON.stringify([type, resource])) ?? []) : [];
    for (const fact of own) used.add(fact);
    return observationOf(assessment, one, own, activities);
  });
  return { items, used };
}

function observationOf(assessment: Assessment, one: Judged, facts: readonly Observation[], activities: string): Json {
  const { finding } = one;
  const collected =
    facts
      .map(({ time }) => time)
      .sort(compare)
      .at(-1) ?? assessment.input.time;
  return {
    uuid: one.observation,
    title: `${markup(finding.resource)}: ${markup(finding.title)}`,
    description: finding.branch ? `${markup(finding.reason)} (${markup(finding.branch)})` : markup(finding.reason),
    props: [
      property('requirement', line(finding.requirement)),
      property('verdict', finding.verdict),
      property('severity', finding.severity),
      ...(finding.branch ? [property('branch', line(finding.branch))] : []),
    ],
    links: [{ href: `${activities}#${activityUuid(assessment, finding.requirement)}`, rel: 'related-activity' }],
    methods: ['TEST'],
    types: [finding.verdict === 'pass' || finding.verdict === 'not-applicable' ? 'control-objective' : 'finding'],
    origins: [originOf(assessment)],
    subjects: [subjectOf(assessment, finding)],
    ...some('relevant-evidence', [...manifestEvidence(assessment, finding), ...facts.map(liveEvidence)]),
    collected,
    remarks: remarks[finding.verdict],
  };
}

const remarks: Readonly<Record<Finding['verdict'], string>> = {
  pass: 'The requirement is met here. It supports its controls; it does not satisfy any of them as a whole.',
  fail: 'The requirement is not met here.',
  unknown:
    'Whether the requirement is met could not be decided. It is treated as not met until the named input settles it.',
  waived: 'The requirement is not met here. The deviation was accepted, with an end date: see the risk.',
  'not-applicable': 'The requirement does not apply here. This says nothing about its controls.',
  error: 'The check broke, so nothing was decided. It is treated as not met.',
};

const manifestEvidence = (assessment: Assessment, finding: Finding): Json[] =>
  placesOf(finding).map(({ file, line: row, column }) => ({
    href: `#${fileUuid(assessment, file)}`,
    description: `${markup(file)}, line ${row}, column ${column}.`,
    props: [property('file', line(file)), property('line', String(row)), property('column', String(column))],
  }));

const liveEvidence = (fact: Observation): Json => ({
  description: `${markup(fact.service)} ${markup(fact.call)}: ${said[fact.outcome]}${fact.detail ? ` ${markup(fact.detail)}` : ''}`,
  props: [
    property('probe', line(fact.probe)),
    property('call', line(`${fact.service}:${fact.call}`)),
    property('outcome', fact.outcome),
    property('time', line(fact.time)),
    ...(fact.requestId ? [property('request-id', line(fact.requestId))] : []),
  ],
});

const said: Readonly<Record<Observation['outcome'], string>> = {
  answered: 'answered.',
  denied: 'access was denied.',
  missing: 'not found.',
  failed: 'the call failed.',
};

const discoveryOf = (assessment: Assessment, fact: Observation, uuid: string): Json => ({
  uuid,
  title: `${markup(fact.subject)}: ${markup(fact.probe)}`,
  description: 'A live fact that no requirement was judged on.',
  props: [property('probe', line(fact.probe)), property('outcome', fact.outcome)],
  methods: ['TEST'],
  types: ['discovery'],
  origins: [originOf(assessment)],
  subjects: [{ 'subject-uuid': assessment.system, type: 'component' }],
  'relevant-evidence': [liveEvidence(fact)],
  collected: fact.time,
});
