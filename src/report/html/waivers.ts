import { type Finding, reasonsOf } from '#model/finding.js';
import { holdsOn, type Waiver, type WaiverProblem } from '#model/waiver.js';
import { dayOf, type HtmlReportInput } from './input.js';
import { code, when } from './mark.js';
import { compare, count, html, type Markup } from './markup.js';
import { table } from './table.js';

interface Accepted {
  waiver: Waiver;
  /** Findings it stands for. */
  findings: readonly Finding[];
  /** What is wrong with it, when something is. */
  problem?: WaiverProblem;
}

/** Accepted deviations, the next to end first. One that stands for nothing, or has run out, is shown and said to be so. */
export function waiverSection(input: HtmlReportInput): Markup {
  const accepted = acceptedOf(input);
  const day = dayOf(input);
  return html`<section aria-labelledby="waivers">
<h2 id="waivers">Waivers</h2>
${
  accepted.length === 0
    ? html`<p>No deviation was accepted.</p>`
    : table(
        `${captionOf(accepted)}, the next to end first`,
        [{ title: 'Deviation', is: 'head' }, { title: 'Ends' }, { title: 'Why' }, { title: 'Who' }],
        accepted.map((one) => row(one, day)),
      )
}
</section>`;
}

/** One with a fault is written down and accepts nothing, so that it is not counted as accepted. */
function captionOf(accepted: readonly Accepted[]): string {
  const wrong = accepted.filter(({ problem }) => problem).length;
  if (wrong === 0) return count(accepted.length, 'accepted deviation');
  return `${count(accepted.length, 'waiver')}, of which ${wrong} must be put right`;
}

const row = ({ waiver, findings, problem }: Accepted, day: string) => [
  html`${code(waiver.requirement)} on <code class="address">${waiver.resource}</code>${whereOf(waiver)}${findings.length > 0 && html`<span class="detail">${reasonsOf(findings)}</span>`}`,
  html`${when(waiver.expires)}<span class="detail">${endOf(waiver, day)}</span>${saysMore(problem, findings.length)}`,
  waiver.reason,
  html`Accepted by ${waiver.approver}${waiver.approved !== undefined && ` on ${waiver.approved}`}<span class="detail">to be put right by ${waiver.owner}</span>${waiver.ticket !== undefined && html`<span class="detail">${code(waiver.ticket)}</span>`}`,
];

/** What else of the resource a waiver names. */
const whereOf = ({ type, file, pin }: Waiver): Markup[] => [
  ...[type, file].flatMap((each) => (each === undefined ? [] : [html`<span class="detail">${code(each)}</span>`])),
  ...(pin ? [html`<span class="detail">For what was found when it was approved, and nothing else.</span>`] : []),
];

/** What is wrong with it; that it has run out is said beside its end already. */
function saysMore(problem: WaiverProblem | undefined, uses: number): Markup | false {
  if (!problem) return uses === 0 && html`<span class="detail"><b>Matches no finding.</b></span>`;
  const why = problem.fault === 'expired' ? '' : `: it ${problem.why}`;
  return html`<span class="detail"><b>Must be put right${why}.</b></span>`;
}

function endOf(waiver: Waiver, day: string): Markup | string {
  if (!holdsOn(waiver, day)) return html`<b>Has run out.</b>`;
  const days = Math.round((Date.parse(waiver.expires) - Date.parse(day)) / 86_400_000);
  if (Number.isNaN(days)) return html`<b>Not a date.</b>`;
  return days === 0 ? html`<b>Last day.</b>` : `${count(days, 'day')} left`;
}

function acceptedOf({ plan, findings, waiverProblems = [] }: HtmlReportInput): Accepted[] {
  const keyOf = ({ position: _, expires, ...waiver }: Waiver) =>
    JSON.stringify([expires, ...Object.entries(waiver).sort(([left], [right]) => compare(left, right))]);
  const accepted = new Map<string, Accepted & { findings: Finding[] }>();
  for (const waiver of plan?.system.waivers ?? []) accepted.set(keyOf(waiver), { waiver, findings: [] });
  for (const problem of waiverProblems)
    accepted.set(keyOf(problem.waiver), { waiver: problem.waiver, findings: [], problem });
  for (const finding of findings) {
    const { waiver } = finding;
    if (!waiver) continue;
    const known = accepted.get(keyOf(waiver));
    if (known) known.findings.push(finding);
    else accepted.set(keyOf(waiver), { waiver, findings: [finding] });
  }
  return [...accepted].sort(([left], [right]) => compare(left, right)).map(([, one]) => one);
}
