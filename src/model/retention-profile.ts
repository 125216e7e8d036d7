import type { Dated } from './base.js';

/** How long a publication wants logs to be kept; one of them may be chosen in place of Rampart's own number of days. */
export interface RetentionProfile extends Dated {
  id: string;
  title: string;
  /** What the publication asks for, in its own units. */
  asks: string;
  /** Days logs can be searched without bringing them back first; left out where the publication does not say. */
  searchable?: number;
  /** Days until logs may be deleted. */
  kept: number;
}
