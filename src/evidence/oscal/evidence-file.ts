import { type Assessment, compare, type Json } from './assessment.js';
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
