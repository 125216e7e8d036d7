import type { Baseline } from '#model/baseline.js';
import type { Control } from '#model/control.js';
import { judgedIndicators } from '#model/fedramp-rules.js';
import { natureOf } from '#model/nature.js';
import { type Block, code, type Page, paragraph, table } from './page.js';
import {
  basisOf,
  controlOfParameter,
  type ExplainedBase,
  parameterWords,
  relatedBy,
  toBaseline,
  toIndicator,
  toRequirement,
} from './references.js';

/** Which baselines select a control with which parameters, and which requirements speak to it. */
export function controlPage(control: Control, base: ExplainedBase, only?: Baseline): Page {
  const baselines = (only ? [only] : base.baselines).filter(({ controls }) => controls.includes(control.id));
  const supporting = base.requirements.filter(({ controls }) => controls.some(({ id }) => id === control.id));
  const parameters = baselines.flatMap((baseline) =>
    Object.entries(baseline.parameters)
      .filter(([parameter]) => controlOfParameter(parameter) === control.id)
      .map(([parameter, values]) => [[code(parameter)], [toBaseline(baseline)], [parameterWords(values)]]),
  );
  const indicators = judgedIndicators(base.rules)
    .filter(({ controls }) => controls.includes(control.id))
    .map(({ id, name, own }) => [[toIndicator(id)], [name], [relatedBy(own, control.id)]]);
  const judged = supporting.map((requirement) => [
    [toRequirement(requirement)],
    [requirement.title],
    [basisOf(requirement.controls.find(({ id }) => id === control.id))],
  ]);
  const nowhere = only ? `not ${only.id}` : 'no shipped baseline';
  const selected: Block =
    baselines.length > 0
      ? { block: 'list', lines: baselines.map((baseline) => ({ text: [toBaseline(baseline)] })) }
      : paragraph(nowhere);
  const silence = `No requirement supports this control: Rampart says nothing about it (${natureOf(control.id, base.natures).words}).`;
  return {
    kind: 'control',
    id: control.id,
    title: `${control.label}  ${control.title}`,
    facts: [],
    lead: [
      paragraph(
        supporting.length === 0
          ? silence
          : 'The requirements below judge technical parts of the control. Passing them supports it; it does not meet it by itself.',
      ),
    ],
    sections: [
      { title: 'Selected by', blocks: [selected] },
      { title: 'Parameters', blocks: [table(['Parameter', 'Baseline', 'Value'], parameters)] },
      { title: 'Requirements', blocks: [table(['Requirement', 'Title', 'Mapping'], judged)] },
      { title: 'Key Security Indicators', blocks: [table(['Indicator', 'Name', 'Related by'], indicators)] },
      { title: 'Text, from your own catalog', blocks: prose(control.id, base) },
    ],
  };
}

/** The publication's own words, where the user brought them. */
const prose = (id: string, { prose }: ExplainedBase): Block[] => {
  const text = prose?.get(id);
  return text ? [{ block: 'quotation', text }] : [];
};
