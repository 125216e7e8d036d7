import type { Assessment, Json } from './assessment.js';
import { risksOf } from './risk.js';
import { inventoryItems } from './subject.js';

/** What several documents of one assessment hold word for word: made once for all of them. */
export interface SharedParts {
  inventory: readonly Json[];
  risks: readonly Json[];
}

export const sharedParts = (assessment: Assessment): SharedParts => ({
  inventory: inventoryItems(assessment),
  risks: risksOf(assessment),
});
