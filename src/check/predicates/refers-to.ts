import type { Resource } from '#model/resource.js';
import type { Value } from '#model/value.js';
import { type Context, contextOf, type Predicate, RequirementFault, type Test } from '../context.js';
import { fail, type Outcome, open, pass, quote, reworded, unknown } from '../outcome.js';
import { referent } from '../referent.js';
import { sameType } from '../type.js';

/** A reference to a resource of the manifest that is of the right type and meets a condition. */
export const predicate: Predicate = (argument, engine) => {
  const { type, must } = (argument ?? {}) as { type?: string | readonly string[]; must?: unknown };
  if (!type) throw new RequirementFault('`refers-to` needs a type');
  const types = typeof type === 'string' ? [type] : type;
  const judge = must === undefined ? undefined : engine.condition(must);
  return (value, context) => {
    if (value.kind === 'absent') return fail(value.at, () => `is absent; must refer to ${types.join(' or ')}`);
    const target = referent(value, types, context);
    if (!target) {
      if (value.kind === 'unknown') return open(value);
      const what = value.kind === 'reference' ? quote(value) : `what ${quote(value)} names`;
      return unknown(value.at, `${what}, which is not in this manifest`);
    }
    if (!types.some((wanted) => sameType(wanted, target.type))) {
      // What an expression takes from another resource may be the name of one of these.
      if (value.kind === 'unknown') return open(value);
      return fail(value.at, () => `refers to ${target.type}; must refer to ${types.join(' or ')}`);
    }
    return judge ? judged(judge, target, value, context) : pass(value.at);
  };
};

/** What the condition says of the resource a value refers to. */
function judged(judge: Test, target: Resource, value: Value, context: Context): Outcome {
  const { file } = target.manifest;
  // What one of another manifest says depends on choices of its own.
  if (target.manifest !== context.resource?.manifest) return unknown(value.at, `what ${file} makes of ${quote(value)}`);
  const outcome = judge(target.properties(context.world), contextOf(context, target, context.world));
  if (outcome.verdict === 'pass') return pass(outcome.at, [pass(value.at), outcome]);
  return reworded(outcome, (reason) => `refers to ${target.address}, whose ${reason}`);
}
