import type { Threat } from '#model/threat.js';
import { type Block, code, type Page, paragraph, type Section, table } from './page.js';
import { type ExplainedBase, toRequirement } from './references.js';

/** The requirements that answer a threat, as a table. */
const answers = ({ id }: Threat, base: ExplainedBase): Block =>
  table(
    ['Requirement', 'Title', 'Severity'],
    base.requirements
      .filter(({ threats }) => threats.includes(id))
      .map((requirement) => [[toRequirement(requirement)], [requirement.title], [requirement.severity]]),
  );

/** What a threat is, and which requirements answer it. */
export const threatPage = (threat: Threat, base: ExplainedBase): Page => ({
  kind: 'threat',
  id: threat.id,
  title: threat.title,
  facts: [['Id', [code(threat.id)]]],
  lead: [paragraph(threat.description)],
  sections: [{ title: 'Requirements that answer it', blocks: [answers(threat, base)] }],
});

/** The same as a section of a page on all of them. */
export const threatSection = (threat: Threat, base: ExplainedBase): Section => ({
  title: threat.title,
  blocks: [paragraph(threat.description), paragraph('Id: ', code(threat.id)), answers(threat, base)],
});
