import type { Text, Value } from '#model/value.js';
import { type Context, type Engine, type Predicate, RequirementFault, type Test } from '../context.js';
import { offeredOf, offerOf } from '../offers.js';
import { fail, type Outcome, open, pass, quote, unknown } from '../outcome.js';
import { referenceOf } from '../referent.js';
import { roleTrust } from '../role-trust.js';
import { bySpelling } from '../spelling.js';

/**
 * The value is the ARN of a managed policy of AWS that gives something, by the boundary data. What is no policy of AWS gives nothing here: its
 * document is judged where it stands. What AWS made for the role of a service gives nobody anything on a role only that service may assume.
 */
export const predicate: Predicate = (argument, engine) => {
  if (typeof argument !== 'string') throw new RequirementFault('`grants` takes what a policy of AWS may give');
  return judged(argument, engine);
};

function judged(wanted: string, engine: Engine): Test {
  const spelt: Spelt = (text, value, context) => ofName(text, wanted, value, context, engine);
  const test: Test = (value, context) => {
    if (isOwn(value, context)) return fail(value.at, 'is a policy of the manifest');
    switch (value.kind) {
      case 'scalar':
        return spelt(String(value.value ?? ''), value, context);
      case 'text': {
        const end = endOf(value);
        if (end !== undefined) return spelt(`arn::iam::aws:policy/${end}`, value, context);
        return bySpelling(value, (text) => spelt(text, value, context));
      }
      case 'unknown':
        return open(value);
      case 'reference':
        return unknown(value.at, `the value ${quote(value)} has once it exists`);
      default:
        return fail(value.at, () => `is ${quote(value)}, no policy of AWS`);
    }
  };
  return test;
}

type Spelt = (text: string, value: Value, context: Context) => Outcome;

function ofName(text: string, wanted: string, value: Value, context: Context, engine: Engine): Outcome {
  const id = /^arn:[^:]*:iam::aws:policy\/([^:]+)$/.exec(text)?.[1];
  if (id === undefined) return fail(value.at, () => `is ${quote(value)}, no policy of AWS`);
  const row = offerOf(offeredOf(context).managedPolicies, id);
  if (!row)
    return unknown(
      value.at,
      `what the policy ${id} of AWS gives, which can be stated under managedPolicies of a boundary file`,
    );
  if (!row.grants.includes(wanted)) return fail(value.at, () => `is ${quote(value)}, which does not give ${wanted}`);
  const trust = row.roleOf && roleTrust(context);
  if (!row.roleOf || !trust) return pass(value.at);
  const alone = engine.predicate(trustOf(row.roleOf))(trust, context);
  if (alone.verdict === 'pass') return fail(value.at, () => `is ${quote(value)}, on the role of a service alone`);
  return alone.verdict === 'unknown' ? alone : pass(value.at);
}

/** That nobody but some services may assume a role: one part of each list, so that it is made ready once. */
function trustOf(services: readonly string[]): object {
  let part = parts.get(services);
  if (!part) {
    const named = services.map((service) => `Service:${service}`);
    const others = [{ NotPrincipal: { present: true } }, { Principal: { some: { not: { in: named } } } }];
    part = { policy: { none: { Effect: { equals: 'Allow' }, 'any-of': others } } };
    parts.set(services, part);
  }
  return part;
}

const parts = new WeakMap<readonly string[], object>();

/** The name of a policy of AWS, where what is open in the text stands before that. */
function endOf({ parts }: Text): string | undefined {
  const last = parts.at(-1);
  return typeof last === 'string' ? /^(?:.*:)?iam::aws:policy\/([^:]+)$/.exec(last)?.[1] : undefined;
}

/** Whether it is one whose document stands in the manifest. */
function isOwn(value: Value, context: Context): boolean {
  const reference = referenceOf(value);
  const target = reference && context.resource && context.find(context.resource.manifest, reference.to);
  return target !== undefined && /^(?:AWS::IAM::ManagedPolicy|aws_iam_policy)$/.test(target.type);
}
