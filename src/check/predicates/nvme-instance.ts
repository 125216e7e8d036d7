import type { Predicate } from '../context.js';
import { fail, open, pass, quote, unknown } from '../outcome.js';

/** An instance type with local NVMe storage, by the family in its name: `ml.g5.2xlarge` is of family `g5`. */
export const predicate: Predicate = () => (value, context) => {
  if (value.kind === 'absent') return fail(value.at, 'is absent; must be an instance type');
  if (value.kind === 'unknown') return open(value);
  const family =
    value.kind === 'scalar' ? /^(?:ml\.)?([a-z0-9-]+)\.[a-z0-9-]+$/.exec(String(value.value))?.[1] : undefined;
  if (!family) return unknown(value.at, `the instance family of ${quote(value)}`);
  const { families, without = [] } = context.nvmeFamilies;
  if (families.includes(family)) return pass(value.at);
  if (without.includes(family)) return fail(value.at, () => `is ${quote(value)}, which has no local NVMe storage`);
  return unknown(value.at, `whether instance family ${family} has local NVMe storage (not in the boundary data)`);
};
