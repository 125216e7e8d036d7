import type { Offers } from '#model/base.js';
import type { Value } from '#model/value.js';
import { type Predicate, RequirementFault } from '../context.js';
import { openPart } from '../equality.js';
import { judgeOffer, offeredOf, offerOf, regionsOf } from '../offers.js';
import { fail, open, quote, unknown } from '../outcome.js';

/** `g6.xlarge`, `ml.g6.xlarge`, `c7i.metal-24xl`: the family is what stands before the size. A family alone is one too. */
const instanceType = /^(ml\.)?([a-z][a-z0-9-]*)(?:\.[a-z0-9-]+)?$/;

/** An instance type of a family that a region of the boundary has. SageMaker's types are judged by their own row, else by EC2's. */
export const predicate: Predicate = (argument) => {
  if (argument !== true) throw new RequirementFault('`offered-instance` takes true');
  return (value, context) => {
    switch (value.kind) {
      case 'absent':
        return fail(value.at, 'is absent; must be an instance type');
      case 'unknown':
        return open(value);
      case 'reference':
        return unknown(value.at, `the value ${quote(value)} has once it exists`);
      case 'text':
        // The size may be open: the family decides.
        return startOf(value) === undefined ? unknown(value.at, openPart(value)) : judged(`${startOf(value)}x`);
      case 'scalar':
        return judged(String(value.value));
      default:
        return fail(value.at, () => `is ${quote(value)}; must be an instance type`);
    }

    function judged(text: string) {
      const [, service = '', family] = instanceType.exec(text) ?? [];
      if (family === undefined) return unknown(value.at, `the instance family of ${quote(value)}`);
      const { families } = offeredOf(context);
      const own = service ? offerOf(families, `${service}${family}`) : undefined;
      const rows = [own ?? offerOf(families, family)].filter((row): row is Offers => row !== undefined);
      return judgeOffer(value, { kind: 'instance family', id: family, list: 'families' }, rows, regionsOf(context));
    }
  };
};

/** The known beginning of a text, where it holds the family and the dot behind it. */
function startOf(value: Extract<Value, { kind: 'text' }>): string | undefined {
  const [start] = value.parts;
  return typeof start === 'string' && /^(ml\.)?[a-z][a-z0-9-]*\.$/.test(start) && start !== 'ml.' ? start : undefined;
}
