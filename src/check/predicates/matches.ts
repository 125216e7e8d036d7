import { type Predicate, RequirementFault } from '../context.js';
import { fail, open, pass, quote, unknown } from '../outcome.js';
import { bySpelling } from '../spelling.js';

/** The string matches a regular expression of the requirement; a partly known string is not judged by its known part. */
export const predicate: Predicate = (argument) => {
  if (typeof argument !== 'string') throw new RequirementFault('a regular expression is needed');
  const pattern = new RegExp(argument, 'u');
  const must = (): string => `must match ${argument}`;
  return (value) => {
    switch (value.kind) {
      case 'absent':
        return fail(value.at, () => `is absent; ${must()}`);
      case 'scalar':
        return pattern.test(String(value.value ?? ''))
          ? pass(value.at)
          : fail(value.at, () => `is ${quote(value)}; ${must()}`);
      case 'unknown':
        return open(value);
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
};
