import { type Finding, weaknessOf } from '#model/finding.js';
import { severities } from '#model/severity.js';
import type { Verdict } from '#model/verdict.js';
import { toleranceText } from '../said.js';
import { dayOf, type Group, type HtmlReportInput, isOpen } from './input.js';
import { code, controlList, placesOf, severityMark, verdictMark, when, whereOf } from './mark.js';
import { compare, count, html, type Markup, slug } from './markup.js';
import { table } from './table.js';

/** Requirements with something open or waived, the worst first; each with where, why and what to do. */
export function openSection(input: HtmlReportInput): Markup {
  const day = dayOf(input);
  const open = input.findings.filter((finding) => isOpen(finding, day) || finding.verdict === 'waived');
  const groups = groupsOf(open);
  return html`<section aria-labelledby="findings">
<h2 id="findings">What to put right</h2>
${
  groups.length === 0
    ? html`<p>Nothing failed, broke, stayed unknown or is waived.</p>`
    : groups.map((group, index) => article(group, `finding-${index + 1}-${slug(group.requirement)}`, day))
}
</section>`;
}

function article({ requirement, findings }: Group, id: string, day: string): Markup {
  const [first] = findings as [Finding];
  const open = findings.filter((finding) => isOpen(finding, day));
  // Called as the plan of action calls it: by what is wrong, and not by what is wanted.
  const name = weaknessOf(open.length > 0 ? open : findings, open.length > 0);
  return html`<article aria-labelledby="${id}">
<h3 id="${id}">${name}</h3>
<p class="facts">${severityMark(first.severity)} ${code(requirement)}</p>
<ul class="findings">
${findings.map(item)}</ul>
<div class="advice">
<div><h4>What to do</h4>
<p>${first.remediation || 'The requirement says nothing on this.'}</p></div>
<div><h4>Controls it would support</h4>
${controlList(first.controls)}</div>
</div>
</article>
`;
}

const item = (finding: Finding): Markup => html`<li>
<p>${verdictMark(finding.verdict)} <code class="address">${finding.resource}</code> <span class="quiet">${finding.type}</span></p>
<p class="reason">${finding.reason}${finding.branch !== undefined && html` <em>${finding.branch}</em>`}${toleranceText(finding)}</p>
<p>${whereOf(finding)}</p>
${finding.waiver && html`<p class="quiet">Accepted by ${finding.waiver.approver} until ${when(finding.waiver.expires)}.</p>\n`}</li>
`;

/** What passed: one row per requirement, with every place the verdicts rest on. */
export function passedSection({ findings }: HtmlReportInput): Markup {
  const groups = groupsOf(findings.filter(({ verdict }) => verdict === 'pass')).sort((left, right) =>
    compare(left.requirement, right.requirement),
  );
  // What is inherited was not looked at, and is told there.
  const idle = findings.filter(({ verdict, inherited }) => verdict === 'not-applicable' && !inherited);
  return html`<section aria-labelledby="passed">
<h2 id="passed">What passed</h2>
${
  groups.length === 0
    ? html`<p>No check passed.</p>`
    : table(
        `${count(groups.length, 'requirement')} with at least one resource that meets ${groups.length === 1 ? 'it' : 'them'}`,
        [{ title: 'Requirement', is: 'head' }, { title: 'Resources and places' }, { title: 'Controls it supports' }],
        groups.map(passedRow),
      )
}
${idle.length > 0 && html`<h3>Did not apply</h3>\n<ul class="plain">${idle.map(placed).sort(byPlace).map(idleItem)}</ul>`}
</section>`;
}

const passedRow = ({ requirement, findings }: Group) => {
  const [first] = findings as [Finding];
  return [
    html`${first.title}<span class="detail">${code(requirement)}</span>`,
    html`<ul class="plain">${findings.map(passedItem)}</ul>`,
    controlList(first.controls),
  ];
};

const passedItem = (finding: Finding): Markup => {
  const places = finding.evidence && finding.evidence.length > 0 ? placesOf(finding.evidence) : whereOf(finding);
  return html`<li><code class="address">${finding.resource}</code>${finding.branch !== undefined && html` <em>${finding.branch}</em>`}<span class="detail">${places}</span></li>`;
};

const idleItem = ({ finding }: Placed): Markup =>
  html`<li>${code(finding.requirement)} on <code class="address">${finding.resource}</code>: ${finding.reason} ${whereOf(finding)}</li>`;

interface Placed {
  finding: Finding;
  /** Its place but for the line, spelled once for all comparisons. */
  place: string;
}

const placed = (finding: Finding): Placed => {
  const { requirement, position, resource, branch } = finding;
  return { finding, place: JSON.stringify([requirement, position?.file ?? '', resource, branch ?? '']) };
};

const byPlace = (left: Placed, right: Placed): number =>
  compare(left.place, right.place) || (left.finding.position?.line ?? 0) - (right.finding.position?.line ?? 0);

/** What to read first. */
const order: readonly Verdict[] = ['fail', 'error', 'unknown', 'waived', 'pass', 'not-applicable'];

const rank = ({ verdict }: Finding): number => order.indexOf(verdict);

/** By requirement: what is merely waived last, then the most severe first, then failed before unknown, then by id. */
export function groupsOf(findings: readonly Finding[]): Group[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const own = groups.get(finding.requirement);
    if (own) own.push(finding);
    else groups.set(finding.requirement, [finding]);
  }
  return [...groups]
    .map(([requirement, own]) => ({
      requirement,
      findings: own
        .map(placed)
        .sort(
          (left, right) =>
            rank(left.finding) - rank(right.finding) ||
            byPlace(left, right) ||
            compare(left.finding.reason, right.finding.reason),
        )
        .map(({ finding }) => finding),
    }))
    .sort(
      (left, right) =>
        waivedLast(left) - waivedLast(right) ||
        severity(left) - severity(right) ||
        worst(left) - worst(right) ||
        compare(left.requirement, right.requirement),
    );
}

const worst = ({ findings }: Group): number => Math.min(...findings.map(rank));

const waivedLast = (group: Group): number => (worst(group) < order.indexOf('waived') ? 0 : 1);

const severity = ({ findings }: Group): number =>
  Math.min(...findings.map((finding) => severities.indexOf(finding.severity)));
