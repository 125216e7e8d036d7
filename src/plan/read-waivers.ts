import type { ControlBase } from '#model/base.js';
import { RampartError } from '#model/error.js';
import type { Waiver } from '#model/waiver.js';
import { waiversSchema } from '#model/waiver-schema.js';
import { problemsOf } from './problems.js';
import type { Validate } from './read-system.js';
import { schemaFaults } from './schema-problem.js';
import { parseSource } from './source.js';
import { waiverFaults } from './system-meaning.js';

/** Errors of a hostile file are not worth more time than this many take. */
const listed = 200;

/**
 * Reads `rampart-waivers.yaml`. Throws RAMPART_WAIVERS_UNREADABLE when the text is no YAML, RAMPART_WAIVERS_INVALID listing every
 * problem in file order otherwise. Waivers that do not hold are kept: what is wrong with them is told by the gate.
 */
export function readWaivers(
  content: string,
  file: string,
  validate: Validate,
  base: Pick<ControlBase, 'requirements'>,
): Waiver[] {
  const source = parseSource(content, file, {
    code: 'RAMPART_WAIVERS_UNREADABLE',
    what: 'a file of waivers',
    next: 'Mend it; rampart waiver add writes one.',
  });
  const errors = validate(source.value);
  const { waivers = [] } = (errors.length > 0 ? {} : source.value) as { waivers?: readonly Waiver[] };
  const faults =
    errors.length > 0
      ? schemaFaults(errors.slice(0, listed), source.value, waiversSchema)
      : waiverFaults(waivers, base);
  if (faults.length === 0)
    return waivers.map((waiver, index) => ({ ...waiver, position: source.at(['waivers', index]) }));
  const problems = problemsOf(faults, source);
  const count = problems.length === 1 ? 'a problem' : `${problems.length} problems`;
  throw new RampartError('RAMPART_WAIVERS_INVALID', `${file} has ${count}`, {
    exit: 'input',
    next: `Correct ${file}.`,
    position: problems[0]?.position,
    problems,
  });
}
