import type { JudgedIndicator } from '#model/fedramp-rules.js';
import { type Page, paragraph, table } from './page.js';
import { type ExplainedBase, relatedBy, titleOf, toBaseline, toControl, toRequirement } from './references.js';

/** Which classes have to show an indicator, which controls it is related to, and what Rampart judges of those. */
export function indicatorPage(indicator: JudgedIndicator, base: ExplainedBase): Page {
  const classes = base.baselines.flatMap((baseline) =>
    baseline.indicators && Object.hasOwn(baseline.indicators, indicator.id)
      ? [[[toBaseline(baseline)], [baseline.indicators[indicator.id] ?? '']]]
      : [],
  );
  const judged = base.requirements
    .filter((requirement) => requirement.controls.some(({ id }) => indicator.controls.includes(id)))
    .map((requirement) => [[toRequirement(requirement)], [requirement.title]]);
  return {
    kind: 'indicator',
    id: indicator.id,
    title: `${indicator.id}  ${indicator.name}`,
    facts: [
      ['Theme', [indicator.theme]],
      ['Source', [`Consolidated Rules ${base.rules.version} (${base.rules.date})`]],
    ],
    lead: [
      paragraph(
        'Findings on the requirements below are evidence for the indicator; they do not show it by themselves.',
      ),
    ],
    sections: [
      { title: 'Classes', blocks: [table(['Class', 'Force'], classes)] },
      {
        title: 'Controls it is judged through',
        blocks: [
          table(
            ['Control', 'Title', 'Related by'],
            indicator.controls.map((id) => [[toControl(id)], [titleOf(id, base)], [relatedBy(indicator.own, id)]]),
          ),
          ...(indicator.own ? [paragraph(`Why Rampart relates some: ${indicator.own.because}.`)] : []),
        ],
      },
      { title: 'Requirements that support those controls', blocks: [table(['Requirement', 'Title'], judged)] },
    ],
  };
}
