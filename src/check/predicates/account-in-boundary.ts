import { ownerOf } from '../account.js';
import { type Predicate, RequirementFault, type Test } from '../context.js';
import { openPart } from '../equality.js';
import { fail, open, pass, quote, unknown } from '../outcome.js';

/**
 * If the value names an account, alone, in an ARN or as a principal: it is one of the boundary. What is of the own account or names none
 * passes.
 */
export const predicate: Predicate = (argument) => {
  if (argument !== true) throw new RequirementFault('`account-in-boundary` takes true; use `not` for the opposite');
  return judge;
};

const must = 'must be of an account of the boundary';

/** What other clouds call an account. */
const calledIn = (account: string): string => (/^[0-9a-f]{8}-/.test(account) ? 'subscription' : 'project');

const judge: Test = (value, context) => {
  if (value.kind === 'absent') return fail(value.at, `is absent; ${must}`);
  if (value.kind === 'list' || value.kind === 'dict') return fail(value.at, () => `is ${quote(value)}; ${must}`);
  const owner = ownerOf(value, context);
  if (owner === 'own') return pass(value.at);
  if (owner === 'open') {
    if (value.kind === 'unknown') return open(value);
    if (value.kind === 'scalar') return unknown(value.at, `whose canonical user ${quote(value)} is`);
    return unknown(value.at, value.kind === 'text' ? openPart(value) : `the value ${quote(value)} has once it exists`);
  }
  const { accounts } = context.boundary;
  if (!accounts) return unknown(value.at, 'boundary.account of the system file, which nobody gave');
  if (accounts.includes(owner.account)) return pass(value.at);
  if (owner.isNumber)
    return unknown(value.at, `whether project number ${owner.account} is of a project of the boundary`);
  if (!/^\d{12}$/.test(owner.account))
    return fail(value.at, `is of ${calledIn(owner.account)} ${owner.account}, which is none of the boundary's`);
  const of = value.kind === 'scalar' && value.value === owner.account ? '' : `of account ${owner.account}, `;
  return fail(value.at, () => `is ${quote(value)}, ${of}which is none of the boundary's`);
};
