import { type Predicate, RequirementFault } from '../context.js';
import { fail, open, pass, quote } from '../outcome.js';
import { namesAnother, referent } from '../referent.js';
import { sameType } from '../type.js';

/**
 * A reference to a resource of one of these types in the same manifest, whatever that resource says. Decided for every
 * value but the result of an expression that may come from anywhere: a parameter or an import never is one.
 */
export const predicate: Predicate = (argument) => {
  const types = Array.isArray(argument) ? argument : [argument];
  if (!types.every((type) => typeof type === 'string')) throw new RequirementFault('`local-reference` takes types');
  return (value, context) => {
    const must = (): string => `must refer to ${types.join(' or ')} of this manifest`;
    const target = referent(value, types, context);
    if (target && types.some((type) => sameType(type, target.type))) return pass(value.at);
    const isOpen = value.kind === 'unknown' && value.from !== undefined;
    if (isOpen && !namesAnother(value, types, context)) return open(value);
    return fail(value.at, () => `is ${quote(value)}; ${must()}`);
  };
};
