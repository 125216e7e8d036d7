import type { BoundaryData, Dated } from '#model/base.js';

/** What a boundary file holds: any of the lists of the boundary data. */
export type BoundaryFile = Partial<Omit<BoundaryData, 'own'>>;

/**
 * Boundary data with a user's over them. Rows on the same thing replace the shipped ones; of types, families and managed policies,
 * where a row tells of several, the last one holds. `name` is how outputs call the file.
 */
export function overlayBoundary(data: BoundaryData, file: BoundaryFile, name: string): BoundaryData {
  const byId = ({ id }: { id: string }): string => id;
  return {
    ...data,
    partitions: replaced(data.partitions, file.partitions, byId),
    models: replaced(data.models, file.models, byId),
    mantleModels: replaced(data.mantleModels, file.mantleModels, byId),
    kinds: replaced(data.kinds, file.kinds, ({ kind }) => kind),
    services: replaced(data.services, file.services, byId),
    clouds: replaced(data.clouds, file.clouds, byId),
    types: [...(data.types ?? []), ...(file.types ?? [])],
    families: [...(data.families ?? []), ...(file.families ?? [])],
    registries: replaced(data.registries, file.registries, ({ region }) => region),
    serviceAccounts: replaced(data.serviceAccounts, file.serviceAccounts, ({ account }) => account),
    managedPolicies: [...(data.managedPolicies ?? []), ...(file.managedPolicies ?? [])],
    accelerators: [...(data.accelerators ?? []), ...(file.accelerators ?? [])],
    nvmeFamilies: nvme(data.nvmeFamilies, file.nvmeFamilies),
    own: [...(data.own ?? []), name],
  };
}

function replaced<Row extends Dated>(
  rows: readonly Row[] = [],
  own: readonly Row[] = [],
  idOf: (row: Row) => string,
): readonly Row[] {
  const ids = new Set(own.map(idOf));
  return [...rows.filter((row) => !ids.has(idOf(row))), ...own];
}

type Nvme = BoundaryData['nvmeFamilies'];

function nvme(shipped: Nvme, own: Nvme | undefined): Nvme {
  if (!own) return shipped;
  const { families, without = [] } = own;
  const others = (ids: readonly string[], told: readonly string[]) => ids.filter((id) => !told.includes(id));
  return {
    families: [...others(shipped.families, [...families, ...without]), ...families],
    without: [...others(shipped.without ?? [], [...families, ...without]), ...without],
    source: `${shipped.source}; ${own.source}`,
    date: own.date,
  };
}
