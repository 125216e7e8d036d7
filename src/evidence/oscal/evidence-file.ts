import type { Finding } from '#model/finding.js';
import type { Position } from '#model/position.js';
import { type Assessment, compare, type Json } from './assessment.js';
import { hrefOf, markup } from './text.js';
import { uuidOf } from './uuid.js';

/** Every place a finding rests on, each once, in file and line order. */
export function placesOf({ position, evidence }: Finding): Position[] {
  const places = [...(evidence ?? []), ...(position ? [position] : [])];
  const byKey = new Map(places.map((place) => [JSON.stringify([place.file, place.line, place.column]), place]));
  return [...byKey.values()].sort(
    (left, right) => compare(left.file, right.file) || left.line - right.line || left.column - right.column,
  );
}

export const fileUuid = ({ lasting }: Assessment, path: string): string => uuidOf(lasting, 'file', path);

/** The files findings point into, as resources of the back matter. */
export function fileResources(assessment: Assessment): Json[] {
  const known = new Map((assessment.input.files ?? []).map((file) => [file.path, file]));
  const paths = new Set(assessment.judged.flatMap(({ finding }) => placesOf(finding).map(({ file }) => file)));
  return [...paths].sort(compare).map((path) => {
    const file = known.get(path);
    return {
      uuid: fileUuid(assessment, path),
      title: markup(path),
      description: 'A manifest that was judged. Observations name lines and columns of it, counted from 1.',
      rlinks: [
        {
          href: hrefOf(file?.location ?? path),
          ...(file?.mediaType ? { 'media-type': file.mediaType } : {}),
          ...(file?.sha256 ? { hashes: [{ algorithm: 'SHA-256', value: file.sha256 }] } : {}),
        },
      ],
    };
  });
}
