import { type Predicate, RequirementFault, type Test } from '../context.js';
import { fail, open, pass, quote } from '../outcome.js';
import { names } from '../policy-condition.js';

/** As a value callers are held against, it names an account, an organization or a thing, and is no pattern that anybody fits. */
export const predicate: Predicate = (argument) => {
  if (argument !== true) throw new RequirementFault('`names-somebody` takes true; use `not` for the opposite');
  return judge;
};

const must = 'must name an account, an organization or a thing';

const judge: Test = (value) => {
  if (value.kind === 'absent') return fail(value.at, `is absent; ${must}`);
  const answer = value.kind === 'scalar' && !value.value ? false : names(value);
  if (answer === true) return pass(value.at);
  return answer === false ? fail(value.at, () => `is ${quote(value)}; ${must}`) : open(answer, value.at);
};
