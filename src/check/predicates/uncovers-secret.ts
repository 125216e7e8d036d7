import type { Reference, Unknown, Value } from '#model/value.js';
import { type Predicate, RequirementFault } from '../context.js';
import { fail, pass } from '../outcome.js';

/**
 * A value, or what stands in it, brings in a secret the manifest hides elsewhere: a parameter of `NoEcho`, what Secrets Manager keeps, an
 * attribute with the name of a secret. Of properties the cloud shows to everybody who may describe what they belong to. `named` is asked of
 * what stands under the name of a secret: there a hidden user or id is one too. The value is not quoted.
 */
export const predicate: Predicate = (argument) => {
  if (argument !== true && argument !== 'named')
    throw new RequirementFault('`uncovers-secret` takes true or named; use `not` for the opposite');
  const isHidden = argument === true ? (hidden: Hidden) => hidden === true : (hidden: Hidden) => hidden !== undefined;
  return (value) =>
    uncovers(value, isHidden, 0) ? pass(value.at) : fail(value.at, 'brings in no secret that is hidden');
};

type Hidden = Unknown['hidden'];
type IsHidden = (hidden: Hidden) => boolean;

/** Deeper than any definition is written. */
const deepest = 50;

function uncovers(value: Value, isHidden: IsHidden, depth: number): boolean {
  const some = (parts: readonly (string | Unknown | Reference)[] = []): boolean =>
    parts.some((part) => typeof part !== 'string' && part.kind === 'unknown' && isHidden(part.hidden));
  switch (value.kind) {
    // Whatever is given for it, now: whoever hides it will give a secret.
    case 'scalar':
      return isHidden(value.hidden);
    case 'text':
      return value.sensitive === true || some(value.parts);
    case 'unknown':
      return isHidden(value.hidden) || some(value.encodes?.parts);
    case 'list':
      return depth < deepest && value.items.some((item) => uncovers(item, isHidden, depth + 1));
    case 'dict':
      return depth < deepest && value.keys().some((key) => uncovers(value.get(key), isHidden, depth + 1));
    default:
      return false;
  }
}
