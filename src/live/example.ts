import { parse } from 'yaml';
import { RampartError } from '#model/error.js';
import type { Observation } from '#model/observation.js';

const outcomes = ['answered', 'denied', 'missing', 'failed'] as const;

/** The observation an example of a requirement stands for: `probe` and `answer`, or `outcome` and `detail` of a call without one. */
export function liveExample(text: string): Observation {
  const { probe, answer = {}, outcome = 'answered', detail, ...rest } = given(text);
  const isWhole =
    typeof probe === 'string' &&
    typeof answer === 'object' &&
    answer !== null &&
    outcomes.some((each) => each === outcome) &&
    (detail === undefined || typeof detail === 'string') &&
    Object.keys(rest).length === 0;
  if (!isWhole) throw notOne();
  return {
    probe,
    service: 'example',
    call: 'Example',
    subject: 'example',
    time: '2026-01-01T00:00:00.000Z',
    outcome: outcome as Observation['outcome'],
    ...(detail === undefined ? {} : { detail }),
    answer: answer as Observation['answer'],
  };
}

function given(text: string): Record<string, unknown> {
  let data: unknown;
  try {
    data = parse(text);
  } catch {
    throw notOne();
  }
  if (typeof data !== 'object' || data === null || Array.isArray(data)) throw notOne();
  return data as Record<string, unknown>;
}

const notOne = (): RampartError =>
  new RampartError('RAMPART_LIVE_EXAMPLE', 'A live example is no observation.', {
    exit: 'input',
    next: 'Give `probe` and `answer`, or `probe`, `outcome` (denied, missing, failed) and `detail`.',
  });
