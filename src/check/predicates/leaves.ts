import { type Predicate, RequirementFault } from '../context.js';
import { fail } from '../outcome.js';

/**
 * The list, read as IAM patterns, leaves at least one of several literals to others: `NotAction: ["s3:*"]` leaves `iam:PassRole`, and
 * `["iam:*", "s3:*"]` does not.
 */
export const predicate: Predicate = (argument, engine) => {
  const literals: readonly unknown[] = Array.isArray(argument) ? argument : [argument];
  if (literals.length === 0 || !literals.every((literal) => typeof literal === 'string'))
    throw new RequirementFault('`leaves` takes literals');
  const judge = engine.predicate({
    all: [{ present: true }, { any: literals.map((literal) => ({ none: { covers: literal } })) }],
  });
  const must = `must leave ${literals.join(' or ')}`;
  return (value, context) => {
    const outcome = judge(value, context);
    if (outcome.verdict !== 'fail') return outcome;
    return fail(value.at, value.kind === 'absent' ? `is absent; ${must}` : `leaves none; ${must}`);
  };
};
