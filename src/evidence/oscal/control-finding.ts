import { labelOf } from '#model/control.js';
import { type Assessment, compare, type Json, type Judged } from './assessment.js';
import { some, token } from './text.js';
import { uuidOf } from './uuid.js';
import { once } from './weakness.js';

/** Control id → what was judged in its support, leaving out what does not apply. Sorted by id. */
export function judgedByControl({ judged }: Assessment): Map<string, Judged[]> {
  const controls = new Map<string, Judged[]>();
  for (const one of judged) {
    if (one.finding.verdict === 'not-applicable') continue;
    for (const { id } of one.finding.controls) {
      const own = controls.get(id);
      if (own === undefined) controls.set(id, [one]);
      // A mapping may be given twice.
      else if (own.at(-1) !== one) own.push(one);
    }
  }
  return new Map([...controls].sort(([left], [right]) => compare(left, right)));
}

/**
 * One finding, `not-satisfied`, per control that something open speaks against. There is never a `satisfied`: a control
 * asks for more than settings, and what Rampart judges only supports it.
 */
export const controlFindings = (assessment: Assessment, byControl: ReadonlyMap<string, readonly Judged[]>): Json[] =>
  [...byControl]
    .filter(([, judged]) => judged.some(({ open }) => open))
    .map(([id, judged]) => controlFinding(assessment, id, judged));

function controlFinding({ run }: Assessment, id: string, judged: readonly Judged[]): Json {
  const open = judged.filter((one) => one.open);
  const failed = open.some(
    ({ finding: { verdict, undecided } }) => verdict === 'fail' || (verdict === 'waived' && !undecided),
  );
  const label = labelOf(token(id));
  return {
    uuid: uuidOf(run, 'finding', id),
    title: `${label}: ${open.length} of ${judged.length} judgements speak against it`,
    description: `Requirements that support ${label} are not met, or could not be shown to be met, in ${open.length} of ${judged.length} places.`,
    target: {
      type: 'statement-id',
      'target-id': `${token(id)}_smt`,
      status: {
        state: 'not-satisfied',
        reason: failed ? 'fail' : 'other',
        remarks: failed
          ? 'At least one requirement that supports the control is not met.'
          : 'Nothing was shown to be wrong, but at least one requirement could not be decided. That is not a pass.',
      },
    },
    'related-observations': once(judged.map(({ observation }) => observation)).map((uuid) => ({
      'observation-uuid': uuid,
    })),
    ...some(
      'related-risks',
      once(judged.flatMap(({ risk }) => risk ?? [])).map((risk) => ({ 'risk-uuid': risk })),
    ),
  };
}
