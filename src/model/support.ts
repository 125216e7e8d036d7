import type { Verdict } from './verdict.js';

/** What became of the support that evidence gives a control. Only a pass supports one; `absent`: nothing spoke of it. */
export interface SupportChange {
  control: string;
  change: 'gained' | 'lost' | 'other';
  from: Verdict | 'absent';
  to: Verdict | 'absent';
  because: readonly {
    requirement: string;
    resource: string;
    file: string;
    from: Verdict | 'absent';
    to: Verdict | 'absent';
    reason: string;
  }[];
  /** Resources that went, each with its file, where no requirement explains the change. */
  removed: readonly string[];
  /** Resources that came, likewise. */
  added: readonly string[];
}
