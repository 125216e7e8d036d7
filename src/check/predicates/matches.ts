import { type Judge, RequirementFault } from '../context.js';
import { fail, pass, quote, unknown } from '../outcome.js';
import { bySpelling } from '../spelling.js';

const compiled = new Map<string, RegExp>();

/** The string matches a regular expression of the requirement; a partly known string is not judged by its known part. */
export const judge: Judge = (value, argument) => {
  if (typeof argument !== 'string') throw new RequirementFault('a regular expression is needed');
  let pattern = compiled.get(argument);
  if (!pattern) {
    pattern = new RegExp(argument, 'u');
    compiled.set(argument, pattern);
  }
  const must = (): string => `must match ${argument}`;
  switch (value.kind) {
    case 'absent':
      return fail(value.at, () => `is absent; ${must()}`);
    case 'scalar':
      return pattern.test(String(value.value ?? ''))
        ? pass(value.at)
        : fail(value.at, () => `is ${quote(value)}; ${must()}`);
    case 'unknown':
      return unknown(value.at, value.settledBy);
    case 'text':
      return bySpelling(value, (text) =>
        pattern.test(text) ? pass(value.at) : fail(value.at, () => `is ${quote(value)}; ${must()}`),
      );
    case 'reference':
      return unknown(value.at, `the value ${quote(value)} has once it exists`);
    default:
      return fail(value.at, () => `is ${quote(value)}; ${must()}`);
  }
};
