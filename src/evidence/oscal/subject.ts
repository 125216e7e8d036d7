import { isDecided } from '#model/finding.js';
import { type Assessment, compare, type Json, type Judged, property } from './assessment.js';
import { line, markup } from './text.js';

export const subjectOf = ({ finding, subject }: Judged, remarks?: string): Json => ({
  'subject-uuid': subject,
  type: finding.type === 'system' ? 'component' : 'inventory-item',
  title: markup(finding.resource),
  ...(remarks === undefined ? {} : { remarks }),
});

/** One item per resource any finding speaks of, by file, type and address. */
export function inventoryItems(assessment: Assessment): Json[] {
  const items = new Map<string, { order: string; item: Json }>();
  const seen = new Set(assessment.judged.flatMap((one) => (isDecided(one.finding) ? [one.subject] : [])));
  for (const { finding, subject: uuid } of assessment.judged) {
    if (finding.type === 'system' || items.has(uuid)) continue;
    const file = finding.position?.file;
    items.set(uuid, {
      order: JSON.stringify([file ?? '', finding.type, finding.resource]),
      item: {
        uuid,
        description: file
          ? `${markup(finding.type)} ${markup(finding.resource)} as ${markup(file)} declares it.`
          : `${markup(finding.resource)}, ${seen.has(uuid) ? 'found' : 'asked for and not seen'} by the probe ${markup(finding.type)}.`,
        props: [
          { name: 'asset-id', value: line(finding.resource) },
          property('resource-type', line(finding.type)),
          ...(file ? [property('file', line(file))] : []),
        ],
        'implemented-components': [{ 'component-uuid': assessment.system }],
      },
    });
  }
  return [...items.values()].sort((left, right) => compare(left.order, right.order)).map(({ item }) => item);
}
