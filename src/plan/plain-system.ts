import type { PlanningBase } from '#model/base.js';
import type { System } from '#model/system.js';
import { plainValue } from './plain-yaml.js';
import { meaningFaults } from './system-meaning.js';

/**
 * A system file with nothing wrong in what its schema can say, read in the short way; undefined for any other, of which
 * `parseSystem` tells what is wrong and where. `fits` is the compiled `systemSchema` that says yes or no.
 */
export function plainSystem(text: string, fits: (value: unknown) => boolean): System | undefined {
  const value = plainValue(text);
  return value !== undefined && fits(value) ? (value as System) : undefined;
}

/** Whether there is nothing wrong in names, regions and models either. */
export const isSound = (system: System, base: PlanningBase): boolean => meaningFaults(system, base).length === 0;
