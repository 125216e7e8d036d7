import type { Value } from '#model/value.js';
import { type Predicate, RequirementFault, type Test } from '../context.js';
import { fail, open, pass, unknown } from '../outcome.js';

/** There, and not empty: `""`, `[]` and `AWS::NoValue` are as good as absent. */
export const predicate: Predicate = (argument) => {
  if (argument !== true) throw new RequirementFault('`present` takes true; use `absent: true` for the opposite');
  return judge;
};

const judge: Test = (value) => {
  switch (value.kind) {
    case 'absent':
      return fail(value.at, 'is absent; must be set');
    case 'scalar':
      return value.value === '' || value.value === null ? fail(value.at, 'is empty; must be set') : pass(value.at);
    case 'list':
      if (value.items.some(isThere)) return pass(value.at);
      if (value.open) return open(value.open, value.at);
      return value.items.length > 0
        ? unknown(value.at, 'what is meant by an empty text in a list, which AWS refuses')
        : fail(value.at, 'is an empty list; must have items');
    case 'dict':
      if (value.keys().length > 0) return pass(value.at);
      return value.open ? open(value.open, value.at) : fail(value.at, 'is an empty object; must be set');
    case 'unknown':
      return value.not?.includes('') ? pass(value.at) : open(value);
    default:
      return pass(value.at);
  }
};

/** A parameter for a list that is left empty gives a list of one empty text, which is neither nothing nor something. */
const isThere = (item: Value): boolean => item.kind !== 'scalar' || item.value !== '';
