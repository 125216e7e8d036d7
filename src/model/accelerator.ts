import type { AcceleratedTypes, BoundaryData } from './base.js';

/** What an instance type has, as far as it is known; of rows on the same type the last one holds. */
export const acceleratorsOf = (instanceType: string, { accelerators }: BoundaryData): AcceleratedTypes | undefined =>
  accelerators?.findLast(({ ids }) => ids.includes(instanceType));
