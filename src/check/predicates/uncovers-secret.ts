import type { Reference, Unknown, Value } from '#model/value.js';
import { type Predicate, RequirementFault } from '../context.js';
import { fail, pass } from '../outcome.js';

/**
 * A value, or what stands in it, brings in a secret the manifest hides elsewhere: a parameter of `NoEcho`, what Secrets Manager keeps, an
 * attribute with the name of a secret. Of properties the cloud shows to everybody who may describe what they belong to. The value is not quoted.
 */
export const predicate: Predicate = (argument) => {
  if (argument !== true) throw new RequirementFault('`uncovers-secret` takes true; use `not` for the opposite');
  return (value) => (uncovers(value, 0) ? pass(value.at) : fail(value.at, 'brings in no secret that is hidden'));
};

/** Deeper than any definition is written. */
const deepest = 50;

function uncovers(value: Value, depth: number): boolean {
  switch (value.kind) {
    // Whatever is given for it, now: whoever hides it will give a secret.
    case 'scalar':
      return value.hidden === true;
    case 'text':
      return value.sensitive === true || value.parts.some(isHidden);
    case 'unknown':
      return value.hidden === true || value.encodes?.parts.some(isHidden) === true;
    case 'list':
      return depth < deepest && value.items.some((item) => uncovers(item, depth + 1));
    case 'dict':
      return depth < deepest && value.keys().some((key) => uncovers(value.get(key), depth + 1));
    default:
      return false;
  }
}

const isHidden = (part: string | Unknown | Reference): boolean =>
  typeof part !== 'string' && part.kind === 'unknown' && part.hidden === true;
