import type { Predicate } from '../context.js';
import { predicate as absent } from './absent.js';
import { predicate as absentOr } from './absent-or.js';
import { predicate as accountInBoundary } from './account-in-boundary.js';
import { predicate as all } from './all.js';
import { predicate as any } from './any.js';
import { predicate as arnInBoundary } from './arn-in-boundary.js';
import { predicate as atLeast } from './at-least.js';
import { predicate as atMost } from './at-most.js';
import { predicate as contains } from './contains.js';
import { predicate as covers } from './covers.js';
import { predicate as customerKey } from './customer-key.js';
import { predicate as endsWith } from './ends-with.js';
import { predicate as entries } from './entries.js';
import { predicate as equals } from './equals.js';
import { predicate as every } from './every.js';
import { predicate as forEachAction } from './for-each-action.js';
import { predicate as grants } from './grants.js';
import { predicate as holdsSecret } from './holds-secret.js';
import { predicate as oneOf } from './in.js';
import { predicate as json } from './json.js';
import { predicate as leaves } from './leaves.js';
import { predicate as localReference } from './local-reference.js';
import { predicate as matches } from './matches.js';
import { predicate as maxItems } from './max-items.js';
import { predicate as minItems } from './min-items.js';
import { predicate as namesSecret } from './names-secret.js';
import { predicate as namesSomebody } from './names-somebody.js';
import { predicate as none } from './none.js';
import { predicate as not } from './not.js';
import { predicate as nvmeInstance } from './nvme-instance.js';
import { predicate as offeredInstance } from './offered-instance.js';
import { predicate as offeredModel } from './offered-model.js';
import { predicate as offeredType } from './offered-type.js';
import { predicate as oneAccount } from './one-account.js';
import { predicate as policy } from './policy.js';
import { predicate as present } from './present.js';
import { predicate as quantityAtLeast } from './quantity-at-least.js';
import { predicate as refersTo } from './refers-to.js';
import { predicate as registryInBoundary } from './registry-in-boundary.js';
import { predicate as shaped } from './shaped.js';
import { predicate as some } from './some.js';
import { predicate as spells } from './spells.js';
import { predicate as spellsSecret } from './spells-secret.js';
import { predicate as speltOut } from './spelt-out.js';
import { predicate as startsWith } from './starts-with.js';
import { predicate as uncoversSecret } from './uncovers-secret.js';
import { predicate as undecided } from './undecided.js';
import { predicate as unset } from './unset.js';
import { predicate as unsetOr } from './unset-or.js';
import { predicate as wideRange } from './wide-range.js';

/** Every predicate by name; the test of the registry holds it against the files of this folder. */
export const predicates: ReadonlyMap<string, Predicate> = new Map<string, Predicate>([
  ['absent-or', absentOr],
  ['absent', absent],
  ['account-in-boundary', accountInBoundary],
  ['all', all],
  ['any', any],
  ['arn-in-boundary', arnInBoundary],
  ['at-least', atLeast],
  ['at-most', atMost],
  ['contains', contains],
  ['covers', covers],
  ['customer-key', customerKey],
  ['ends-with', endsWith],
  ['entries', entries],
  ['equals', equals],
  ['every', every],
  ['for-each-action', forEachAction],
  ['grants', grants],
  ['holds-secret', holdsSecret],
  ['in', oneOf],
  ['json', json],
  ['leaves', leaves],
  ['local-reference', localReference],
  ['matches', matches],
  ['max-items', maxItems],
  ['min-items', minItems],
  ['names-secret', namesSecret],
  ['names-somebody', namesSomebody],
  ['none', none],
  ['not', not],
  ['nvme-instance', nvmeInstance],
  ['offered-instance', offeredInstance],
  ['offered-model', offeredModel],
  ['offered-type', offeredType],
  ['one-account', oneAccount],
  ['policy', policy],
  ['present', present],
  ['quantity-at-least', quantityAtLeast],
  ['refers-to', refersTo],
  ['registry-in-boundary', registryInBoundary],
  ['shaped', shaped],
  ['some', some],
  ['spells-secret', spellsSecret],
  ['spells', spells],
  ['spelt-out', speltOut],
  ['starts-with', startsWith],
  ['uncovers-secret', uncoversSecret],
  ['undecided', undecided],
  ['unset', unset],
  ['unset-or', unsetOr],
  ['wide-range', wideRange],
]);
