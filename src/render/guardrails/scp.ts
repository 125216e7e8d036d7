import { labelOf } from '#model/control.js';
import type { OrganizationStatement } from '#model/guardrail.js';
import { visible } from '#model/unseen.js';
import { text as documentText } from '../document-text.js';
import type { Ground, Guardrail, GuardrailFile, Section } from '../guardrail.js';
import { statementsFor } from '../organization/statements.js';

type Filled = OrganizationStatement & { filled: Record<string, unknown> };

const titles = { scp: 'Service control policies', rcp: 'Resource control policies' } as const;

/** Policies of AWS Organizations: service control policies, resource control policies, and a page that says what serves what. */
export const scp: Guardrail = (ground) => {
  const statements = statementsFor(ground);
  const files = (['scp', 'rcp'] as const).flatMap((type) =>
    packed(
      statements.filter((each) => each.type === type),
      ground.guardrails.organization.limits.characters,
    ).map((group, index) => policyFile(`${ground.system.id}.${type}-${index + 1}.json`, group)),
  );
  const served = new Set(statements.flatMap(({ requirements }) => requirements ?? []));
  const page: GuardrailFile = {
    path: `${ground.system.id}.organization.md`,
    mediaType: 'text/markdown',
    sections: [{ text: pageOf(ground, statements, files), serves: [] }],
  };
  return {
    files: [...files, page],
    left: ground.requirements
      .filter(({ id }) => !served.has(id))
      .map(({ id, expect }) => ({
        requirement: id,
        reason: isOfAws(expect)
          ? 'is about how a resource is set up, of which a policy sees no condition key or not all of it'
          : 'is not about AWS accounts',
      })),
  };
};

const isOfAws = (expect: object): boolean => 'cloudformation' in expect || 'live' in expect;

const opening = '{"Version": "2012-10-17", "Statement": [';
const closing = ']}';

const spelt = ({ filled }: Filled): string => JSON.stringify(filled);

/** In the order of the data, a new policy where the next statement would be too much for one. */
function packed(statements: readonly Filled[], limit: number): Filled[][] {
  const groups: Filled[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const statement of statements) {
    // A comma and the end of the line before it.
    const more = spelt(statement).length + 2;
    if (size + more > limit) {
      groups.push([]);
      size = opening.length + closing.length + 2;
    }
    groups.at(-1)?.push(statement);
    size += more;
  }
  return groups;
}

function policyFile(path: string, group: readonly Filled[]): GuardrailFile {
  const lines = group.map(
    (statement, index): Section => ({
      text: `${spelt(statement)}${index < group.length - 1 ? ',' : ''}`,
      serves: statement.requirements ?? [],
    }),
  );
  const sections = [{ text: opening, serves: [] }, ...lines, { text: closing, serves: [] }];
  return { path, mediaType: 'application/json', sections, between: '' };
}

/** JSON has no comments: what each statement is for stands beside the policies. */
function pageOf(
  { system, baseline, requirements, guardrails }: Ground,
  statements: readonly Filled[],
  files: readonly GuardrailFile[],
): string {
  const { limits, date } = guardrails.organization;
  const known = new Map(requirements.map((each) => [each.id, each]));
  const rows = statements.map(({ sid, type, requirements: asked = [], controls = [] }) => {
    const own = asked.filter((id) => known.has(id));
    const mapped = [...own.flatMap((id) => known.get(id)?.controls ?? []), ...controls].map(({ id }) => id);
    return `| ${sid} | ${type} | ${own.join(', ') || 'none; kept for the account itself'} | ${[...new Set(mapped)].sort().map(labelOf).join(', ')} |`;
  });
  const counts = (['scp', 'rcp'] as const).map(
    (type) =>
      `${titles[type]}: ${files
        .filter(({ path }) => path.includes(`.${type}-`))
        .map(({ path }) => path)
        .join(', ')}`,
  );
  return [
    `# Organization policies of ${documentText(visible(system.name))}`,
    '',
    `From the requirements Rampart's gate judges by under ${baseline}. Statement data of ${date}.`,
    '',
    ...counts.map((each) => `- ${each}`),
    '',
    `A policy has at most ${limits.characters} characters, so the statements stand in several; ${limits.attached} may be attached to one account, unit or root, one of`,
    'which is the policy AWS attaches that allows everything. Attach them to the accounts of the system only: they name its regions and models.',
    'Give the roles that deploy the tag `rampart:deployer` = `true` before: trails and public access are theirs alone to change.',
    'None of them applies to the management account or to service-linked roles. Try them on one account first.',
    'Whether AWS Organizations offers resource control policies in GovCloud is not known to Rampart: look there before you rely on them.',
    '',
    '| Statement | Type | Requirements | Controls |',
    '| --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}
