import type { Position } from '#model/position.js';
import { type Assessment, compare, isOfManifest, type Json, type Judged, property } from './assessment.js';
import { fileUuid } from './evidence-file.js';
import { remarksOn, saidOf } from './said.js';
import { subjectOf } from './subject.js';
import { line, markup } from './text.js';

/** Judgements of manifests by the observation they share. */
export function alikeByObservation({ judged }: Assessment): ReadonlyMap<string, readonly Judged[]> {
  const alike = new Map<string, Judged[]>();
  for (const one of judged) {
    if (!isOfManifest(one.finding)) continue;
    const together = alike.get(one.observation);
    if (together) together.push(one);
    else alike.set(one.observation, [one]);
  }
  return alike;
}

/** Judgements of which the same is said: one subject per resource, with the lines and columns its verdict rests on. */
export function alikeOf(assessment: Assessment, alike: readonly Judged[], activities: string): Json {
  const [{ finding, observation }] = alike as [Judged];
  const bySubject = new Map<string, { one: Judged; places: readonly Position[] }>();
  for (const one of alike) {
    const own = bySubject.get(one.subject);
    // The same may be said of a resource twice, of two places of it.
    bySubject.set(one.subject, { one, places: own ? [...own.places, ...one.places] : one.places });
  }
  const subjects = [...bySubject.values()];
  const files = new Set(subjects.flatMap(({ places }) => places.map(({ file }) => file)));
  return {
    uuid: observation,
    title: markup(finding.title),
    ...saidOf(assessment, finding, activities),
    subjects: subjects.map(({ one, places }) => subjectOf(one, placesText(places))),
    'relevant-evidence': [...files].sort(compare).map((file) => ({
      href: `#${fileUuid(assessment, file)}`,
      description: `${markup(file)}: the subjects say at which lines and columns.`,
      props: [property('file', line(file))],
    })),
    collected: assessment.input.time,
    remarks: remarksOn(finding),
  };
}

/** `deploy/chat.yaml: 12:3, 20:7; deploy/keys.yaml: 4:3`. */
function placesText(places: readonly Position[]): string {
  const byFile = new Map<string, Set<string>>();
  for (const { file, line: row, column } of places) {
    const own = byFile.get(file);
    if (own) own.add(`${row}:${column}`);
    else byFile.set(file, new Set([`${row}:${column}`]));
  }
  return [...byFile].map(([file, own]) => `${markup(file)}: ${[...own].join(', ')}`).join('; ');
}
