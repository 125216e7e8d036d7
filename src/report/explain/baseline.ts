import type { Baseline } from '#model/baseline.js';
import { familyOf } from '#model/control.js';
import { judgedIndicators } from '#model/fedramp-rules.js';
import { type CoverageRow, coverage } from '../coverage.js';
import { code, type Inline, joined, type Page, paragraph, type Section, table } from './page.js';
import {
  asks,
  controlOfParameter,
  type ExplainedBase,
  languageName,
  parameterWords,
  shownValue,
  toControl,
  toIndicator,
  toRequirement,
  toSetting,
} from './references.js';

/** What a baseline selects, what Rampart judges of it, by what, and what is left to others and why. */
export function baselinePage(baseline: Baseline, base: ExplainedBase): Page {
  const { rows, indicators, sentence } = coverage(base, baseline);
  const judged = rows.filter((row) => row.judged !== 'outside');
  return {
    kind: 'baseline',
    id: baseline.id,
    title: baseline.title,
    facts: [
      ['Id', [code(baseline.id)]],
      ['FIPS 199 impact', [baseline.impact ?? 'none: it is laid over another baseline']],
      ['Controls', [`${rows.length}, ${judged.length} of them judged in part`]],
      ['Parameter values', [`${Object.keys(baseline.parameters).length} assigned by the publisher`]],
      ['Source', [`${baseline.source} (${baseline.date})`]],
    ],
    lead: [paragraph(sentence)],
    sections: [
      families(rows),
      {
        title: 'What is judged',
        blocks: [
          table(
            ['Control', 'Title', 'Judged in', 'Requirements'],
            judged.map((row) => [
              [toControl(row.control.id)],
              [row.control.title],
              [[...row.languages, ...(row.live.length > 0 ? ['live'] : [])].map(languageName).join(', ')],
              requirements(row),
            ]),
          ),
        ],
      },
      {
        title: 'What is not judged, and why',
        blocks: [
          paragraph('The sorting is Rampart’s own; no publication makes it.'),
          table(
            ['Control', 'Title', 'It mostly asks for'],
            rows
              .filter((row) => row.judged === 'outside')
              .map(({ control, reason }) => [[toControl(control.id)], [control.title], [reason]]),
          ),
        ],
      },
      {
        title: 'Key Security Indicators',
        blocks: [
          table(
            ['Indicator', 'Name', 'Force', 'Judged in part through'],
            indicators.map((row) => [
              [toIndicator(row.control.id)],
              [row.control.title],
              [baseline.indicators?.[row.control.id] ?? ''],
              row.judged === 'outside' ? [`nothing: ${row.reason}`] : through(row.control.id, judged, base),
            ]),
          ),
          ...(indicators.length > 0 ? [paragraph('* related by Rampart; the others by FedRAMP’s rules.')] : []),
        ],
      },
      settings(baseline, base),
      parameters(baseline),
    ],
  };
}

/** The judged controls an indicator is related to; with a star where Rampart relates them. */
function through(indicator: string, judged: readonly CoverageRow[], base: ExplainedBase): Inline[] {
  const { controls = [], own } = judgedIndicators(base.rules).find(({ id }) => id === indicator) ?? {};
  const related = judged.filter(({ control }) => controls.includes(control.id));
  const cells = related.map(({ control: { id } }) => [toControl(id), ...(own?.controls.includes(id) ? ['*'] : [])]);
  return related.length > 0
    ? cells.flatMap((cell, index) => (index === 0 ? cell : [', ', ...cell]))
    : ['nothing: the controls it is judged through are not selected here'];
}

const requirements = ({ manifest, live }: CoverageRow): Inline[] =>
  joined([...new Set([...manifest, ...live])].sort().map((id) => toRequirement({ id })));

/** Controls by family. The catalog's data name no families, so the letters stand for them. */
function families(rows: readonly CoverageRow[]): Section {
  const counts = new Map<string, { all: number; judged: number }>();
  for (const { control, judged } of rows) {
    const family = familyOf(control.id).toUpperCase();
    const { all, judged: before } = counts.get(family) ?? { all: 0, judged: 0 };
    counts.set(family, { all: all + 1, judged: before + (judged === 'outside' ? 0 : 1) });
  }
  return {
    title: 'Families',
    blocks: [
      table(
        ['Family', 'Controls', 'Judged in part', 'Not judged'],
        [...counts].map(([family, { all, judged }]) => [
          [family],
          [String(all)],
          [String(judged)],
          [String(all - judged)],
        ]),
      ),
    ],
  };
}

/** What requirements that speak to the baseline ask of settings under it. */
function settings(baseline: Baseline, base: ExplainedBase): Section {
  const rows = base.requirements
    .filter(({ controls }) => controls.some(({ id }) => baseline.controls.includes(id)))
    .flatMap((requirement) =>
      Object.entries(requirement.settings).map(([id, demand]) => ({
        id,
        row: [
          [toSetting(id)],
          [toRequirement(requirement)],
          [code(shownValue(asks(demand, baseline)))],
          demand.parameter && Object.hasOwn(baseline.parameters, demand.parameter) ? [code(demand.parameter)] : [''],
        ],
      })),
    )
    .sort((left, right) => (left.id < right.id ? -1 : left.id > right.id ? 1 : 0))
    .map(({ row }) => row);
  return {
    title: 'Settings under this baseline',
    blocks: [table(['Setting', 'Asked for by', 'Value', 'Fixed by'], rows)],
  };
}

function parameters({ parameters }: Baseline): Section {
  const rows = Object.entries(parameters).map(([parameter, values]): Inline[][] => {
    const control = controlOfParameter(parameter);
    return [[code(parameter)], control ? [toControl(control)] : [''], [parameterWords(values)]];
  });
  return {
    title: 'Parameters the publisher assigned',
    blocks: [table(['Parameter', 'Control', 'Value, in the publisher’s words'], rows)],
  };
}
