import type { Judge } from '../context.js';
import { judge as absent } from './absent.js';
import { judge as absentOr } from './absent-or.js';
import { judge as all } from './all.js';
import { judge as any } from './any.js';
import { judge as arnInBoundary } from './arn-in-boundary.js';
import { judge as atLeast } from './at-least.js';
import { judge as atMost } from './at-most.js';
import { judge as contains } from './contains.js';
import { judge as covers } from './covers.js';
import { judge as customerKey } from './customer-key.js';
import { judge as endsWith } from './ends-with.js';
import { judge as equals } from './equals.js';
import { judge as every } from './every.js';
import { judge as oneOf } from './in.js';
import { judge as json } from './json.js';
import { judge as localReference } from './local-reference.js';
import { judge as matches } from './matches.js';
import { judge as maxItems } from './max-items.js';
import { judge as minItems } from './min-items.js';
import { judge as none } from './none.js';
import { judge as not } from './not.js';
import { judge as nvmeInstance } from './nvme-instance.js';
import { judge as offeredInstance } from './offered-instance.js';
import { judge as offeredModel } from './offered-model.js';
import { judge as offeredType } from './offered-type.js';
import { judge as policy } from './policy.js';
import { judge as present } from './present.js';
import { judge as quantityAtLeast } from './quantity-at-least.js';
import { judge as refersTo } from './refers-to.js';
import { judge as registryInBoundary } from './registry-in-boundary.js';
import { judge as some } from './some.js';
import { judge as speltOut } from './spelt-out.js';
import { judge as startsWith } from './starts-with.js';
import { judge as unsetOr } from './unset-or.js';

/** Every predicate by name; the test of the registry holds it against the files of this folder. */
export const predicates: ReadonlyMap<string, Judge> = new Map<string, Judge>([
  ['absent-or', absentOr],
  ['absent', absent],
  ['all', all],
  ['any', any],
  ['arn-in-boundary', arnInBoundary],
  ['at-least', atLeast],
  ['at-most', atMost],
  ['contains', contains],
  ['covers', covers],
  ['customer-key', customerKey],
  ['ends-with', endsWith],
  ['equals', equals],
  ['every', every],
  ['in', oneOf],
  ['json', json],
  ['local-reference', localReference],
  ['matches', matches],
  ['max-items', maxItems],
  ['min-items', minItems],
  ['none', none],
  ['not', not],
  ['nvme-instance', nvmeInstance],
  ['offered-instance', offeredInstance],
  ['offered-model', offeredModel],
  ['offered-type', offeredType],
  ['policy', policy],
  ['present', present],
  ['quantity-at-least', quantityAtLeast],
  ['refers-to', refersTo],
  ['registry-in-boundary', registryInBoundary],
  ['some', some],
  ['spelt-out', speltOut],
  ['starts-with', startsWith],
  ['unset-or', unsetOr],
]);
