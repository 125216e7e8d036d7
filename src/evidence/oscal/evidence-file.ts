import { type Assessment, compare, type EvidenceFile, type Json } from './assessment.js';
import { hrefOf, markup } from './text.js';
import { uuidOf } from './uuid.js';

export const fileUuid = ({ lasting }: Assessment, path: string): string => uuidOf(lasting, 'file', path);

/** The files findings point into, as resources of the back matter. */
export function fileResources(assessment: Assessment): Json[] {
  const known = new Map((assessment.input.files ?? []).map((file) => [file.path, file]));
  const paths = new Set(assessment.judged.flatMap(({ places }) => places.map(({ file }) => file)));
  return [...paths].sort(compare).map((path) => {
    const file = known.get(path);
    return {
      uuid: fileUuid(assessment, path),
      title: markup(path),
      description: descriptionOf(file),
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

function descriptionOf(file: EvidenceFile | undefined): string {
  if (file?.isLaidAnew)
    return (
      'What is kept of a plan that was judged, without sensitive values and laid out anew. Observations name lines and columns of the ' +
      'whole plan, counted from 1; the verdict of the gate states its digest.'
    );
  const kept = file?.location === undefined ? '' : ', as it is kept here';
  return `A manifest that was judged${kept}. Observations name lines and columns of it, counted from 1.`;
}
