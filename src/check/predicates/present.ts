import { type Judge, RequirementFault } from '../context.js';
import { fail, pass, unknown } from '../outcome.js';

/** There, and not empty: `""`, `[]` and `AWS::NoValue` are as good as absent. */
export const judge: Judge = (value, argument) => {
  if (argument !== true) throw new RequirementFault('`present` takes true; use `absent: true` for the opposite');
  switch (value.kind) {
    case 'absent':
      return fail(value.at, 'is absent; must be set');
    case 'scalar':
      return value.value === '' || value.value === null ? fail(value.at, 'is empty; must be set') : pass(value.at);
    case 'list':
      if (value.items.length > 0) return pass(value.at);
      return value.open ? unknown(value.at, value.open.settledBy) : fail(value.at, 'is an empty list; must have items');
    case 'dict':
      if (value.keys().length > 0) return pass(value.at);
      return value.open ? unknown(value.at, value.open.settledBy) : fail(value.at, 'is an empty object; must be set');
    case 'unknown':
      return value.not?.includes('') ? pass(value.at) : unknown(value.at, value.settledBy);
    default:
      return pass(value.at);
  }
};
