import { type Judge, RequirementFault } from '../context.js';
import { fail, pass, quote } from '../outcome.js';
import { sameType } from '../type.js';

/**
 * A reference to a resource of one of these types in the same manifest, whatever that resource says. Decided for every
 * value: a parameter or an import never is one.
 */
export const judge: Judge = (value, argument, context) => {
  const types = Array.isArray(argument) ? argument : [argument];
  if (!types.every((type) => typeof type === 'string')) throw new RequirementFault('`local-reference` takes types');
  const must = (): string => `must refer to ${types.join(' or ')} of this manifest`;
  if (value.kind !== 'reference') return fail(value.at, () => `is ${quote(value)}; ${must()}`);
  const target = context.resource && context.find(context.resource.manifest, value.to);
  return target && types.some((type) => sameType(type, target.type))
    ? pass(value.at)
    : fail(value.at, () => `is ${quote(value)}; ${must()}`);
};
