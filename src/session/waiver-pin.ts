import { canBeWaived, isFor } from '#check/waive.js';
import { RampartError } from '#model/error.js';
import { mostPins, type Waiver } from '#model/waiver.js';
import { filesOf, type JudgeOptions, judgePaths, textsOf } from './gate.js';
import { pinIn } from './pin.js';
import { withPlans } from './standing.js';

/** The pins of what a waiver is for, as it stands in some manifests now. */
export async function pinsOf(
  waiver: Waiver,
  paths: readonly string[],
  options: Omit<JudgeOptions, 'allow-empty'>,
  version: string,
): Promise<readonly string[]> {
  const judged = await judgePaths({ ...options, 'allow-empty': true }, version, filesOf(paths));
  const { files, findings } = judged.result;
  const unread = files.filter(({ status }) => status === 'not-readable');
  if (unread.length > 0) {
    throw new RampartError('RAMPART_NOT_ALL_READ', 'not every file could be read, so nothing can be pinned', {
      exit: 'input',
      next: 'Mend the files or leave them out.',
      problems: unread.flatMap(({ notes }) => notes),
    });
  }
  const pin = pinIn(await withPlans(textsOf(judged), files));
  const meant = findings.filter((each) => (canBeWaived(each) || each.verdict === 'waived') && isFor(waiver, each));
  const pins = [...new Set(meant.map(pin))].sort();
  if (pins.length > 0 && pins.length <= mostPins) return pins;
  throw new RampartError(
    'RAMPART_WAIVER_PIN',
    pins.length === 0
      ? 'nothing in these manifests is what the waiver is for, so there is nothing to pin'
      : `the waiver is for ${pins.length} different findings, and pins ${mostPins} at most`,
    {
      exit: 'usage',
      next: pins.length === 0 ? 'Spell the resource, type and file as findings print them.' : 'Name fewer resources.',
    },
  );
}
