import { familyOf, labelOf } from '#model/control.js';
import { blocks, dayOf, type HtmlReportInput } from './input.js';
import { type Content, compare, count, html, join, type Markup } from './markup.js';
import { table } from './table.js';

interface Family {
  id: string;
  /** Controls of the family in the baseline; of those judged, where the baseline’s list is not known. */
  total: number;
  against: readonly string[];
  supported: readonly string[];
}

/** Which controls the judgements speak about, by family, and which way. */
export function coverageSection(input: HtmlReportInput): Markup {
  const families = familiesOf(input);
  const judged = families.reduce((sum, { against, supported }) => sum + against.length + supported.length, 0);
  const all = families.reduce((sum, { total }) => sum + total, 0);
  const seen = families.filter(({ against, supported }) => against.length + supported.length > 0);
  const silent = families.filter((family) => !seen.includes(family));
  const whole = input.baseline.controls !== undefined;
  return html`<section aria-labelledby="coverage">
<h2 id="coverage">Coverage by control family</h2>
<p>At least one check speaks about ${
    whole
      ? `${judged} of the ${count(all, 'control')} in ${input.baseline.title}. The others need people, processes or other tools.`
      : `${count(judged, 'control')} of ${input.baseline.title}.`
  }</p>
${
  seen.length > 0 &&
  table(
    caption,
    columns,
    seen.map((family) => row(input, family)),
  )
}
${silent.length > 0 && html`<p>No control of ${silent.length}${seen.length > 0 && ' other'} ${silent.length === 1 ? 'family' : 'families'} was judged: ${joined(silent.map(({ id, total }) => `${id.toUpperCase()} (${total})`))}.</p>`}
</section>`;
}

const caption = html`Controls by family. <span class="legend"><span class="bar against">×</span> something is open or waived, <span class="bar supported">■</span> only support, <span class="bar rest">·</span> not judged</span>`;

const columns = [
  { title: 'Family', is: 'head' },
  { title: 'Controls', is: 'number' },
  { title: 'Open or waived', is: 'number' },
  { title: 'Supported only', is: 'number' },
  { title: 'Not judged', is: 'number' },
  { title: 'Share' },
] as const;

function row({ families }: HtmlReportInput, { id, total, against, supported }: Family) {
  const rest = total - against.length - supported.length;
  const title = families?.[id];
  return [
    html`<b>${id.toUpperCase()}</b>${title !== undefined && html` ${title}`}${against.length > 0 && html`<span class="detail">open or waived: ${labels(against)}</span>`}${supported.length > 0 && html`<span class="detail">only support: ${labels(supported)}</span>`}`,
    total,
    against.length,
    supported.length,
    rest,
    bar(against.length, supported.length, total),
  ];
}

const labels = (controls: readonly string[]): Content[] => joined(controls.map(labelOf));

/** A list whose items do not break at their hyphens and brackets. */
const joined = (items: readonly string[]): Content[] =>
  join(
    items.map((item) => html`<span class="whole">${item}</span>`),
    ', ',
  );

const cells = 16;

/** A bar of characters, for the eye only: the numbers beside it say the same. What is there never shrinks to nothing. */
function bar(against: number, supported: number, total: number): Markup {
  const share = (number: number) =>
    number === 0 || total === 0 ? 0 : Math.max(1, Math.round((number / total) * cells));
  const first = Math.min(share(against), cells);
  const second = Math.min(share(supported), cells - first);
  return html`<span class="bars" aria-hidden="true"><span class="bar against">${'×'.repeat(first)}</span><span class="bar supported">${'■'.repeat(second)}</span><span class="bar rest">${'·'.repeat(cells - first - second)}</span></span>`;
}

export function familiesOf(input: HtmlReportInput): Family[] {
  const day = dayOf(input);
  const against = new Set<string>();
  const judged = new Set<string>();
  for (const finding of input.findings) {
    if (finding.verdict === 'not-applicable') continue;
    for (const { id } of finding.controls) {
      judged.add(id);
      if (blocks(finding, day) || finding.verdict === 'waived') against.add(id);
    }
  }
  const all = [...new Set([...(input.baseline.controls ?? []), ...judged])].sort(byNumber);
  return [...new Set(all.map(familyOf))].sort(compare).map((id) => {
    const own = all.filter((control) => familyOf(control) === id);
    return {
      id,
      total: own.length,
      against: own.filter((control) => against.has(control)),
      supported: own.filter((control) => judged.has(control) && !against.has(control)),
    };
  });
}

/** `sc-7` before `sc-28`. */
const byNumber = (left: string, right: string): number =>
  left.localeCompare(right, 'en', { numeric: true }) || compare(left, right);
