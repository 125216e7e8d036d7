import { holdsOn, type Waiver, type WaiverFault, type WaiverProblem } from '#model/waiver.js';
import { isPattern, spelled } from './pattern.js';
import type { Waiving } from './waive.js';

/** A pattern with fewer characters of its own would match by accident. */
const fewest = 3;

/** What is wrong with a waiver whatever was found: such a one does not hold. */
export function inItself(
  waiver: Waiver,
  how: Pick<Waiving, 'day' | 'limits' | 'severities'>,
): WaiverProblem | undefined {
  return (
    selfApproved(waiver) ??
    vague(waiver) ??
    (waiver.approved !== undefined && waiver.approved > how.day
      ? problemOf('not-yet', waiver, `was approved on ${waiver.approved}, which is yet to come`, 'Correct the date.')
      : undefined) ??
    lastsTooLong(waiver, how) ??
    expired(waiver, how.day)
  );
}

export const problemOf = (fault: WaiverFault, waiver: Waiver, why: string, next: string): WaiverProblem => ({
  fault,
  waiver,
  why,
  next,
});

const person = (text: string): string => text.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();

function selfApproved(waiver: Waiver): WaiverProblem | undefined {
  if (person(waiver.owner) !== person(waiver.approver)) return undefined;
  const why = 'is approved by its own owner';
  return problemOf('self-approved', waiver, why, 'Have somebody else accept the risk.');
}

/** A pattern must say what it is about: some of the address, and the type or the file. */
function vague(waiver: Waiver): WaiverProblem | undefined {
  const patterns = [waiver.resource, waiver.file ?? ''].filter(isPattern);
  const bare = patterns.find((pattern) => spelled(pattern) < fewest);
  if (bare !== undefined) {
    const why = `has the pattern ${bare}, which could be anything`;
    return problemOf('too-broad', waiver, why, `Spell out at least ${fewest} characters of what is meant.`);
  }
  if (!isPattern(waiver.resource) || waiver.type !== undefined || waiver.file !== undefined) return undefined;
  const why = 'has a pattern for resources of any type in any file';
  return problemOf('too-broad', waiver, why, 'Add type: or file:, or spell the resource out.');
}

/** Counted from the approval; without one, the days it still has to go must not be too many. */
function lastsTooLong(waiver: Waiver, { day, limits, severities }: Pick<Waiving, 'day' | 'limits' | 'severities'>) {
  const severity = severities.get(waiver.requirement) ?? 'critical';
  const most = limits.maxDays[severity];
  const days = daysBetween(waiver.approved ?? day, waiver.expires);
  if (days <= most) return undefined;
  const from = waiver.approved === undefined ? 'from today' : `from its approval on ${waiver.approved}`;
  const why = `lasts ${days} days ${from}, longer than the ${most} a requirement of ${severity} severity allows`;
  return problemOf('too-long', waiver, why, 'Let it end sooner; it can be approved again.');
}

export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);

function expired(waiver: Waiver, day: string): WaiverProblem | undefined {
  if (holdsOn(waiver, day)) return undefined;
  const next = 'Mend the finding, or have the deviation approved again.';
  return problemOf('expired', waiver, `ran out on ${waiver.expires}`, next);
}
