import type { Baseline } from '#model/baseline.js';
import type { Requirement } from '#model/requirement.js';
import { descriptionOf, type SettingDemand } from '#model/setting.js';
import { type Block, code, joined, type Page, paragraph, table } from './page.js';
import {
  accepted,
  asks,
  combination,
  type ExplainedBase,
  fixedBy,
  profileRows,
  shownValue,
  toBaseline,
  toControl,
  toRequirement,
} from './references.js';

/** What a setting does, how its value comes about, and who asks for what; undefined when nobody asks for it. */
export function settingPage(id: string, base: ExplainedBase, only?: Baseline): Page | undefined {
  const demands = base.requirements.flatMap((requirement) => {
    const demand = Object.hasOwn(requirement.settings, id) ? requirement.settings[id] : undefined;
    return demand ? [{ requirement, demand }] : [];
  });
  const [first] = demands;
  if (!first) return undefined;
  const asked = demands.flatMap(({ requirement, demand }) =>
    (only ? [only] : base.baselines).map((baseline) => [
      [toRequirement(requirement)],
      [toBaseline(baseline)],
      [code(shownValue(asks(demand, baseline)))],
      [fixedBy(demand, baseline, base)],
    ]),
  );
  return {
    kind: 'setting',
    id,
    title: id,
    facts: [['Type', [first.demand.type]]],
    lead: [
      paragraph(descriptionOf(demands.map(({ demand }) => demand))),
      first.demand.combine === 'choice'
        ? paragraph('Your choice goes under ', code('settings'), ' in rampart.yaml.')
        : paragraph(
            'Your own value goes under ',
            code('settings'),
            ' in rampart.yaml; it may be tighter, never looser.',
          ),
    ],
    sections: [
      { title: 'How values combine', blocks: [paragraph(combination[first.demand.combine])] },
      { title: 'Values accepted', blocks: acceptedBy(demands) },
      {
        title: 'Requirements that ask for it',
        blocks: [
          table(
            ['Requirement', 'Title', 'Controls'],
            demands.map(({ requirement }) => [
              [toRequirement(requirement)],
              [requirement.title],
              joined(requirement.controls.map((mapping) => toControl(mapping.id))),
            ]),
          ),
        ],
      },
      {
        title: 'Asked for by',
        blocks: [table(['Requirement', 'Baseline', 'Value', 'Fixed by'], asked)],
      },
      {
        title: 'Under a profile',
        blocks: [table(['Profile', 'Days', 'It asks for', 'Publication'], profileRows(first.demand, base))],
      },
    ],
  };
}

/** What services accept: of each requirement by itself where they differ. */
function acceptedBy(demands: readonly { requirement: Requirement; demand: SettingDemand }[]): Block[] {
  const values = new Set(demands.map(({ demand }) => accepted(demand)));
  if (values.size > 1) {
    const rows = demands.map(({ requirement, demand }) => [[toRequirement(requirement)], [accepted(demand) || 'any']]);
    return [table(['Requirement', 'Values'], rows)];
  }
  const [all = ''] = values;
  return all === '' ? [] : [paragraph(all)];
}
