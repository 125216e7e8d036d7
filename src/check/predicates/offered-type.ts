import { type Judge, RequirementFault } from '../context.js';
import { judgeOffer, offeredOf, offerOf, regionsOf } from '../offers.js';
import { pass } from '../outcome.js';

/** Types CloudFormation resolves itself, by a transform or in the account: no region's list can hold them. */
const ofTheAccount = /^Custom::|^AWS::Serverless::|::MODULE$/;

/**
 * A resource type that a region of the boundary has. Types that every region has, and types of others than AWS, pass with nothing to
 * rest on: of them there is nothing to tell. Of Terraform's types, which no list holds in whole, so do those the data are silent on.
 */
export const judge: Judge = (value, argument, context) => {
  if (argument !== true) throw new RequirementFault('`offered-type` takes true');
  const { types = [], partitions } = offeredOf(context);
  const silent = pass(value.at, []);
  if (value.kind !== 'scalar' || typeof value.value !== 'string') return silent;
  const id = value.value;
  const row = offerOf(types, id);
  if (!row && (!id.startsWith('AWS::') || ofTheAccount.test(id))) return silent;
  const all = partitions.find((each) => each.id === context.boundary.partition)?.regions ?? context.boundary.regions;
  if (row && all.every((region) => row.regions.includes(region))) return silent;
  return judgeOffer(value, { kind: 'resource type', id, list: 'types' }, row ? [row] : [], regionsOf(context));
};
