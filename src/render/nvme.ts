import type { BoundaryData } from '#model/base.js';
import type { SagemakerEndpoint } from '#model/endpoint.js';
import { RampartError } from '#model/error.js';

/** Whether the instances store on local NVMe, which refuses a volume key. Not knowing is an error: either answer could be wrong. */
export function isNvme({ name, instanceType }: SagemakerEndpoint, { nvmeFamilies }: BoundaryData): boolean {
  const [, family = ''] = instanceType.split('.');
  if (nvmeFamilies.families.includes(family)) return true;
  if (nvmeFamilies.without?.includes(family)) return false;
  throw new RampartError(
    'RAMPART_UNKNOWN_INSTANCE_FAMILY',
    `${name}: whether instances of family ${family} store on local NVMe is not known, so neither is whether SageMaker takes a volume key for them`,
    {
      exit: 'input',
      next: `Choose an instance type of a known family: ${[...nvmeFamilies.families, ...(nvmeFamilies.without ?? [])].sort().join(', ')}.`,
    },
  );
}
