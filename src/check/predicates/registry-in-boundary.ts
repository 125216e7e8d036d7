import { type Context, type Predicate, RequirementFault } from '../context.js';
import { openPart } from '../equality.js';
import { fail, open, pass, quote, unknown } from '../outcome.js';
import { beginningsOf } from '../spelling.js';

/** `<account>.dkr.ecr(-fips).<region>.amazonaws.com/` and the dual-stack form `<account>.dkr-ecr(-fips).<region>.on.aws/`. */
const ecr = /^\d{12}\.dkr[.-]ecr(?:-fips)?\.([a-z0-9-]+)\.(?:amazonaws\.com|on\.aws)\//;

/** `<name>.azurecr.us/`, of Azure Government alone. The name tells the cloud and not its region. */
const acr = /^[a-z0-9][a-z0-9-]*\.azurecr\.us\//;

/** `<location>-docker.pkg.dev/`. */
const artifactRegistry = /^([a-z0-9-]+)-docker\.pkg\.dev\//;

interface Registries {
  isInside: (start: string) => boolean;
  /** What they are called. */
  title: () => string;
}

/** Private registries of the boundary's cloud, in so far as a name tells where they are. */
function registriesOf({ partition, regions }: Context['boundary']): Registries {
  if (partition === 'azure-us-gov')
    return { isInside: (start) => acr.test(start), title: () => 'private registry of Azure Government (*.azurecr.us)' };
  const isOf = (form: RegExp, places: readonly string[]) => (start: string) =>
    places.includes(form.exec(start)?.[1] ?? '');
  // Of several regions `us` means those of the United States, as for other resources of Google's.
  if (partition === 'google-us') {
    const places = ['us', ...regions];
    return {
      isInside: isOf(artifactRegistry, places),
      title: () => `private Artifact Registry of ${places.join(' or ')}`,
    };
  }
  return { isInside: isOf(ecr, regions), title: () => `private ECR registry of ${regions.join(' or ')}` };
}

/** A container image from a private registry inside the boundary. Decided from the beginning of its name. */
export const predicate: Predicate = (argument) => {
  if (argument !== true) throw new RequirementFault('`registry-in-boundary` takes true');
  return (value, context) => {
    const { isInside, title } = registriesOf(context.boundary);
    const must = (): string => `must be in a ${title()}`;
    switch (value.kind) {
      case 'absent':
        return fail(value.at, () => `is absent; ${must()}`);
      case 'unknown':
        return open(value);
      case 'reference':
        return unknown(value.at, `the value ${quote(value)} has once it exists`);
      case 'scalar':
      case 'text': {
        // The account of a registry has a shape, whichever it is.
        const starts = value.kind === 'text' ? beginningsOf(value).spelt : [String(value.value ?? '')];
        const [known = ''] = starts;
        if (starts.length > 0 && starts.every(isInside)) return pass(value.at);
        // Where the registry itself is still open, what settles it decides.
        if (value.kind === 'text' && !known.includes('/')) return unknown(value.at, openPart(value));
        return fail(value.at, () => `is ${quote(value)}; ${must()}`);
      }
      default:
        return fail(value.at, () => `is ${quote(value)}; ${must()}`);
    }
  };
};
