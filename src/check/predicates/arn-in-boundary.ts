import { arnOf } from '../arn.js';
import type { Predicate, Test } from '../context.js';
import { openPart } from '../equality.js';
import { fail, open, pass, quote, unknown } from '../outcome.js';

/** An ARN names the boundary's partition and, where it names a region, one of its regions. Other strings pass. */
export const predicate: Predicate = () => judge;

const judge: Test = (value, context) => {
  if (value.kind === 'unknown') return open(value);
  // What begins with an open part may turn out to be an ARN of anywhere; one that begins with a reference is of this stack.
  const [start] = value.kind === 'text' ? value.parts : [];
  if (typeof start === 'object' && start.kind === 'unknown') return open(start, value.at);
  const arn = arnOf(value);
  if (!arn) return pass(value.at);
  const { partition, regions } = context.boundary;
  const outside = (what: string, inside: string) =>
    fail(value.at, () => `is ${quote(value)}, of ${what}; the boundary is ${inside}`);
  const isOpen = (part: string | undefined) => part === undefined || part === '*';
  if (arn.partition === '*') return fail(value.at, () => `is ${quote(value)}, which matches every partition`);
  if (!isOpen(arn.partition) && arn.partition !== partition) return outside(`partition ${arn.partition}`, partition);
  if (!isOpen(arn.region) && arn.region !== '' && !regions.includes(arn.region as string)) {
    return outside(`region ${arn.region}`, regions.join(' and '));
  }
  // A `*` region is a pattern; the account's own regions are bounded elsewhere.
  if (arn.partition !== undefined && arn.region !== undefined) return pass(value.at);
  return unknown(value.at, value.kind === 'text' ? openPart(value) : 'the rest of the ARN');
};
