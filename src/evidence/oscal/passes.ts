import type { Position } from '#model/position.js';
import { type Assessment, compare, isAmongPasses, type Json, type Judged, property } from './assessment.js';
import { fileUuid } from './evidence-file.js';
import { remarks, saidOf } from './said.js';
import { subjectOf } from './subject.js';
import { line, markup } from './text.js';

/** Passes on manifests by the observation they share. */
export function passesByObservation({ judged }: Assessment): ReadonlyMap<string, readonly Judged[]> {
  const passes = new Map<string, Judged[]>();
  for (const one of judged) {
    if (!isAmongPasses(one.finding)) continue;
    const together = passes.get(one.observation);
    if (together) together.push(one);
    else passes.set(one.observation, [one]);
  }
  return passes;
}

/** Passes of which the same is said: one subject per resource, with the lines and columns its verdict rests on. */
export function passesOf(assessment: Assessment, passes: readonly Judged[], activities: string): Json {
  const [{ finding, observation }] = passes as [Judged];
  const bySubject = new Map<string, { one: Judged; places: readonly Position[] }>();
  for (const one of passes) {
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
    remarks: remarks.pass,
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
