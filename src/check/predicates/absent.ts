import { type Judge, RequirementFault } from '../context.js';
import { fail, pass, quote, unknown } from '../outcome.js';

/** Not there, or set to nothing. */
export const judge: Judge = (value, argument) => {
  if (argument !== true) throw new RequirementFault('`absent` takes true; use `present: true` for the opposite');
  if (value.kind === 'absent') return pass(value.at, []);
  // A parameter or an import is always some value; only what a macro writes may be nothing.
  if (value.kind === 'unknown' && value.maybeAbsent) return unknown(value.at, value.settledBy);
  const what = value.kind === 'list' || value.kind === 'dict' ? 'set' : quote(value);
  return fail(value.at, `is ${what}; must be absent`);
};
