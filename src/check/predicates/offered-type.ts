import { type Predicate, RequirementFault } from '../context.js';
import { judgeOffer, offeredOf, offerOf, regionsOf } from '../offers.js';
import { pass } from '../outcome.js';

/** Types CloudFormation resolves itself, by a transform or in the account: no region's list can hold them. */
const ofTheAccount = /^Custom::|^AWS::Serverless::|::MODULE$/;

/**
 * A resource type that a region of the boundary has. A pass rests on nothing in the manifest: a resource must not count as judged
 * because its type exists. Types of others than AWS pass, and of Terraform's, which no list holds in whole, those the data are
 * silent on.
 */
export const predicate: Predicate = (argument) => {
  if (argument !== true) throw new RequirementFault('`offered-type` takes true');
  return (value, context) => {
    const { types } = offeredOf(context);
    const silent = pass(value.at, []);
    if (value.kind !== 'scalar' || typeof value.value !== 'string') return silent;
    const id = value.value;
    const row = offerOf(types, id);
    if (!row && (!id.startsWith('AWS::') || ofTheAccount.test(id))) return silent;
    return judgeOffer(value, { kind: 'resource type', id, list: 'types' }, row ? [row] : [], regionsOf(context), []);
  };
};
