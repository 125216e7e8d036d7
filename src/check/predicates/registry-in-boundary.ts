import { type Predicate, RequirementFault } from '../context.js';
import { openPart } from '../equality.js';
import { fail, open, pass, quote, unknown } from '../outcome.js';

/** `<account>.dkr.ecr(-fips).<region>.amazonaws.com/` and the dual-stack form `<account>.dkr-ecr(-fips).<region>.on.aws/`. */
const ecr = /^\d{12}\.dkr[.-]ecr(?:-fips)?\.([a-z0-9-]+)\.(?:amazonaws\.com|on\.aws)\//;

/** A container image from a private ECR registry in a region of the boundary. Decided from the beginning of its name. */
export const predicate: Predicate = (argument) => {
  if (argument !== true) throw new RequirementFault('`registry-in-boundary` takes true');
  return (value, context) => {
    const { regions } = context.boundary;
    const must = `must be in a private ECR registry of ${regions.join(' or ')}`;
    switch (value.kind) {
      case 'absent':
        return fail(value.at, () => `is absent; ${must}`);
      case 'unknown':
        return open(value);
      case 'reference':
        return unknown(value.at, `the value ${quote(value)} has once it exists`);
      case 'scalar':
      case 'text': {
        const [start] = value.kind === 'text' ? value.parts : [String(value.value ?? '')];
        const known = typeof start === 'string' ? start : '';
        const region = ecr.exec(known)?.[1];
        if (region !== undefined && regions.includes(region)) return pass(value.at);
        // Where the registry itself is still open, what settles it decides.
        if (value.kind === 'text' && region === undefined && !known.includes('/'))
          return unknown(value.at, openPart(value));
        return fail(value.at, () => `is ${quote(value)}; ${must}`);
      }
      default:
        return fail(value.at, () => `is ${quote(value)}; ${must}`);
    }
  };
};
