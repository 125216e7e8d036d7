import { type Judge, RequirementFault } from '../context.js';
import { fail, pass, quote, unknown } from '../outcome.js';
import { namesAnother, referent } from '../referent.js';
import { sameType } from '../type.js';

/**
 * A reference to a resource of one of these types in the same manifest, whatever that resource says. Decided for every
 * value but the result of an expression that may come from anywhere: a parameter or an import never is one.
 */
export const judge: Judge = (value, argument, context) => {
  const types = Array.isArray(argument) ? argument : [argument];
  if (!types.every((type) => typeof type === 'string')) throw new RequirementFault('`local-reference` takes types');
  const must = (): string => `must refer to ${types.join(' or ')} of this manifest`;
  const target = referent(value, types, context);
  if (target && types.some((type) => sameType(type, target.type))) return pass(value.at);
  const isOpen = value.kind === 'unknown' && value.from !== undefined;
  if (isOpen && !namesAnother(value, types, context)) return unknown(value.at, value.settledBy);
  return fail(value.at, () => `is ${quote(value)}; ${must()}`);
};
