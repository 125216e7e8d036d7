import type { Finding } from '#model/finding.js';
import { activityUuid } from './activity.js';
import { type Assessment, type Json, originOf, property } from './assessment.js';
import { line, markup } from './text.js';

/** What an observation says whatever its subjects are. */
export const saidOf = (assessment: Assessment, finding: Finding, activities: string): Json => ({
  description: finding.branch ? `${markup(finding.reason)} (${markup(finding.branch)})` : markup(finding.reason),
  props: [
    property('requirement', line(finding.requirement)),
    property('verdict', finding.verdict),
    property('severity', finding.severity),
    ...(finding.branch ? [property('branch', line(finding.branch))] : []),
  ],
  links: [{ href: `${activities}#${activityUuid(assessment, finding.requirement)}`, rel: 'related-activity' }],
  // What somebody else is said to provide nobody here has tested.
  methods: [finding.inherited ? 'UNKNOWN' : 'TEST'],
  types: [finding.verdict === 'pass' || finding.verdict === 'not-applicable' ? 'control-objective' : 'finding'],
  origins: [originOf(assessment)],
});

/** What its verdict means. */
export const remarksOn = ({ verdict, undecided }: Finding): string =>
  undecided ? remarks.undecided : remarks[verdict];

const remarks: Readonly<Record<Finding['verdict'] | 'undecided', string>> = {
  pass: 'The requirement is met here. It supports its controls; it does not satisfy any of them as a whole.',
  fail: 'The requirement is not met here.',
  unknown:
    'Whether the requirement is met could not be decided. It is treated as not met until the named input settles it.',
  waived: 'The requirement is not met here. The deviation was accepted, with an end date: see the risk.',
  undecided:
    'Whether the requirement is met could not be decided. That it is not shown was accepted, with an end date: see the risk.',
  'not-applicable':
    'The requirement was not judged here, for the reason the observation gives. This says nothing about its controls.',
  error: 'The check broke, so nothing was decided. It is treated as not met.',
};
