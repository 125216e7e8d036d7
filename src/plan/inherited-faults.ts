import type { PlanningBase } from '#model/base.js';
import type { Requirement } from '#model/requirement.js';
import type { System } from '#model/system.js';
import { isDay } from './day.js';
import type { Fault } from './schema-problem.js';
import { orList, show } from './show.js';
import { didYouMean } from './suggest.js';

/** What cannot be said of things somebody else provides: only what the system needs may be missing, and so be inherited. */
export function inheritedFaults({ inherited = [], endpoints }: System, { requirements }: PlanningBase): Fault[] {
  const kinds = new Set(endpoints.map(({ kind }) => kind));
  const asking = requirements.filter(asksForSomething);
  return inherited.flatMap(({ requirement, seen }, index) => {
    const faults: Fault[] = [];
    const complain = (field: string, message: string) =>
      faults.push({ path: ['inherited', index, field], message: `inherited[${index}].${field}: ${message}` });
    const ids = asking.map(({ id }) => id);
    const asked = asking.find(({ id }) => id === requirement);
    if (!requirements.some(({ id }) => id === requirement)) {
      complain('requirement', `${show(requirement)} is not a requirement.${didYouMean(requirement, ids)}`);
    } else if (!asked) {
      complain(
        'requirement',
        `${show(requirement)} is about what is there, and asks for nothing that could be missing. A waiver accepts a deviation; what may be inherited is ${orList(ids)}.`,
      );
    } else if (!asked.endpoints.some((kind) => kinds.has(kind))) {
      complain(
        'requirement',
        `${show(requirement)} is for endpoints of kind ${orList(asked.endpoints)}; the system has none.`,
      );
    }
    if (inherited.findIndex((other) => other.requirement === requirement) !== index) {
      complain('requirement', `${show(requirement)} is stated twice.`);
    }
    if (!isDay(seen)) complain('seen', `${show(seen)} is not a day of the calendar.`);
    return faults;
  });
}

/** Whether the system needs something by a requirement, whatever there is. */
const asksForSomething = ({ expect: { live: _, ...manifests } }: Requirement): boolean =>
  Object.values(manifests).some((expectations) => expectations.some((each) => 'exists' in each));
