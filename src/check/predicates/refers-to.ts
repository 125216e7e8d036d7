import { type Judge, RequirementFault } from '../context.js';
import { fail, pass, quote, unknown } from '../outcome.js';
import { referent } from '../referent.js';
import { sameType } from '../type.js';

/** A reference to a resource of the manifest that is of the right type and meets a condition. */
export const judge: Judge = (value, argument, context, engine) => {
  const { type, must } = (argument ?? {}) as { type?: string | readonly string[]; must?: unknown };
  if (!type) throw new RequirementFault('`refers-to` needs a type');
  const types = typeof type === 'string' ? [type] : type;
  if (value.kind === 'absent') return fail(value.at, () => `is absent; must refer to ${types.join(' or ')}`);
  const target = referent(value, types, context);
  if (!target) {
    if (value.kind === 'unknown') return unknown(value.at, value.settledBy);
    const what = value.kind === 'reference' ? quote(value) : `what ${quote(value)} names`;
    return unknown(value.at, `${what}, which is not in this manifest`);
  }
  if (!types.some((wanted) => sameType(wanted, target.type))) {
    // What an expression takes from another resource may be the name of one of these.
    if (value.kind === 'unknown') return unknown(value.at, value.settledBy);
    return fail(value.at, () => `refers to ${target.type}; must refer to ${types.join(' or ')}`);
  }
  if (must === undefined) return pass(value.at);
  const outcome = engine.condition(target.properties(context.world), must, { ...context, resource: target });
  if (outcome.verdict === 'pass') return { ...outcome, evidence: [value.at, ...outcome.evidence] };
  return { ...outcome, reason: `refers to ${target.address}, whose ${outcome.reason}` };
};
