import { type Predicate, RequirementFault } from '../context.js';
import { fail, open, pass, quote } from '../outcome.js';

/**
 * The string matches a regular expression, with each part that is open taken for a name of letters, digits and hyphens. For what AWS
 * itself holds to a form, so that only the form of what is spelt out is in question: `${Bucket.Arn}/*` is all objects of a bucket.
 */
export const predicate: Predicate = (argument) => {
  if (typeof argument !== 'string') throw new RequirementFault('a regular expression is needed');
  const pattern = new RegExp(argument, 'u');
  return (value) => {
    if (value.kind === 'unknown') return open(value);
    const parts = value.kind === 'text' ? value.parts : [value.kind === 'scalar' ? String(value.value ?? '') : value];
    const isString = value.kind === 'scalar' || value.kind === 'text' || value.kind === 'reference';
    const spelt = parts.map((part) => (typeof part === 'string' ? part : 'name')).join('');
    if (isString && pattern.test(spelt)) return pass(value.at);
    return fail(value.at, () => `is ${quote(value)}; must be of the form ${argument}`);
  };
};
