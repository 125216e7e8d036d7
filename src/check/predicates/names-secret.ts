import { secretName } from '#model/secret-name.js';
import { type Predicate, RequirementFault } from '../context.js';
import { predicate as matches } from './matches.js';

/** The string is a name of what holds a secret, such as `DB_PASSWORD`, `apiKey` or `hf-token`. */
export const predicate: Predicate = (argument, engine) => {
  if (argument !== true) throw new RequirementFault('`names-secret` takes true; use `not` for the opposite');
  return matches(secretName, engine);
};
