import { RampartError } from '#model/error.js';

/** Last second of the year 9999, where ISO 8601 dates stop having four digits. */
const lastSecond = 253_402_300_799;

/**
 * The time. `SOURCE_DATE_EPOCH` (seconds since 1970, reproducible-builds.org) pins it so that the same inputs give the
 * same bytes. A pinned clock must not decide whether a waiver or a signature still holds: use `wallClock` there.
 */
export function now(environment: NodeJS.ProcessEnv = process.env): Date {
  const pinned = environment.SOURCE_DATE_EPOCH;
  if (pinned === undefined || pinned === '') return wallClock();
  const seconds = /^\d{1,12}$/.test(pinned) ? Number(pinned) : Number.NaN;
  if (!(seconds <= lastSecond)) {
    throw new RampartError('RAMPART_BAD_EPOCH', 'SOURCE_DATE_EPOCH is not a whole number of seconds since 1970.', {
      exit: 'usage',
      next: 'Unset SOURCE_DATE_EPOCH or set it as in: SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)',
    });
  }
  return new Date(seconds * 1000);
}

/** The machine's own time, whatever the environment says. */
export const wallClock = (): Date => new Date();
