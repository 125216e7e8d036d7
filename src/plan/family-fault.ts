import type { BoundaryData, Offers } from '#model/base.js';
import { orList, show } from './show.js';

/** Families of accelerators: whoever asks for one cannot do with any other machine. */
const accelerator = /^(g|gr|p|inf|trn|dl)\d/;

/**
 * Why an endpoint's instance type is known to be missing in its region, and what is there; undefined when it is there, and when
 * nobody knows: the gate then says what is open.
 */
export function familyFault(
  { instanceType, region }: { instanceType: string; region: string },
  data: BoundaryData,
): string | undefined {
  const family = /^(?:ml\.)?([a-z0-9-]+)\.[^.]*$/.exec(instanceType)?.[1];
  if (family === undefined) return undefined;
  const rows = data.families ?? [];
  const own = (id: string) => (instanceType.startsWith('ml.') ? rowOf(rows, `ml.${id}`) : undefined);
  const row = own(family) ?? rowOf(rows, family);
  if (!row?.lacking?.includes(region) || row.regions.includes(region)) return undefined;
  const where = row.regions.length > 0 ? ` It is in ${orList(row.regions)}.` : '';
  const alike = accelerator.test(family);
  const others = [...new Set(rows.flatMap(({ ids }) => ids))].filter(
    (id) =>
      !id.startsWith('ml.') && accelerator.test(id) === alike && (own(id) ?? rowOf(rows, id))?.regions.includes(region),
  );
  const kind = alike ? 'Families with accelerators' : 'Families';
  const offered = others.length > 0 ? ` ${kind} known in ${region}: ${others.sort().join(', ')}.` : '';
  return `${show(instanceType)} is of family ${family}, which ${region} does not have (${row.source}, ${row.date}).${where}${offered} If you have seen it offered, state it under families of a boundary file (--boundary, or boundary.data).`;
}

/** The row that holds for an id: the last. */
const rowOf = (rows: readonly Offers[], id: string): Offers | undefined => rows.findLast(({ ids }) => ids.includes(id));
