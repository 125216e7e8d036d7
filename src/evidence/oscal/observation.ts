import type { Observation } from '#model/observation.js';
import { alikeByObservation, alikeOf } from './alike.js';
import { type Assessment, compare, type Json, type Judged, originOf, property } from './assessment.js';
import { fileUuid } from './evidence-file.js';
import { notReadObservations } from './not-read.js';
import { remarksOn, saidOf } from './said.js';
import { subjectOf } from './subject.js';
import { line, markup, some } from './text.js';
import { uuidOf } from './uuid.js';

/** What was judged, then one observation per live fact that no finding speaks of: what was looked at is part of the evidence. */
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
  return [...items, ...others, ...notReadObservations(assessment)];
}

/**
 * One observation for all judgements of manifests of which the same is said, whose subjects tell their lines: a fleet has thousands.
 * What an account said is told one by one, with the live facts it rests on. `activities` is the document that lists the
 * activities, where it is another than the one the observations stand in.
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
  const alike = alikeByObservation(assessment);
  const items = assessment.judged.flatMap((one): Json[] => {
    const together = alike.get(one.observation) ?? [];
    if (together.length > 1 && together[0] !== one) return [];
    if (together.length > 1 || (together[0] === one && one.finding.verdict === 'pass'))
      return [alikeOf(assessment, together, activities)];
    const { position, type, resource } = one.finding;
    const own = position === undefined ? (facts.get(JSON.stringify([type, resource])) ?? []) : [];
    for (const fact of own) used.add(fact);
    return [observationOf(assessment, one, own, activities)];
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
    ...saidOf(assessment, finding, activities),
    subjects: [subjectOf(one)],
    ...some('relevant-evidence', [...manifestEvidence(assessment, one), ...facts.map(liveEvidence)]),
    collected,
    remarks: remarksOn(finding),
  };
}

const manifestEvidence = (assessment: Assessment, { places }: Judged): Json[] =>
  places.map(({ file, line: row, column }) => ({
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
