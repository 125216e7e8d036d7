import type { ControlBase } from '#model/base.js';
import type { Baseline } from '#model/baseline.js';
import type { Member } from '#model/bundle.js';
import { judgedIndicators } from '#model/fedramp-rules.js';
import type { ModelRecords } from '#model/model-record.js';
import { json, planPath } from './member.js';

/** What is on record of the models, for machines: the report tells people the same. */
export const recordMember = (system: { id: string; name: string }, records: ModelRecords): Member =>
  json('results/model-record.json', { format: 'rampart-model-record-1', system, ...records }, 'document', [
    planPath,
    'inputs/control-data.json',
  ]);

/** The indicators a class shows, with the controls they are judged through. */
export const indicatorsOf = ({ indicators = {} }: Baseline, { rules }: ControlBase) =>
  judgedIndicators(rules).flatMap(({ id, theme, controls }) =>
    Object.hasOwn(indicators, id) ? [{ id, theme, controls, force: indicators[id] ?? 'optional' }] : [],
  );
