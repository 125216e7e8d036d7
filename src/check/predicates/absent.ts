import { type Predicate, RequirementFault } from '../context.js';
import { fail, open, pass, quote } from '../outcome.js';

/** Not there, or set to nothing. */
export const predicate: Predicate = (argument) => {
  if (argument !== true) throw new RequirementFault('`absent` takes true; use `present: true` for the opposite');
  return (value) => {
    if (value.kind === 'absent') return pass(value.at, []);
    // A parameter or an import is always some value; only what a macro writes may be nothing.
    if (value.kind === 'unknown' && value.maybeAbsent) return open(value);
    const what = value.kind === 'list' || value.kind === 'dict' ? 'set' : quote(value);
    return fail(value.at, `is ${what}; must be absent`);
  };
};
