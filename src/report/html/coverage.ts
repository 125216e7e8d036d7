import { byNumber, familyOf, labelOf } from '#model/control.js';
import { type HeatRow, heatMap, type Item } from './heat.js';
import { dayOf, type HtmlReportInput } from './input.js';
import { compare, count, html, type Markup } from './markup.js';
import { type Standing, standingsOf, worst } from './standing.js';

/** Which controls the judgements speak about and which way: by family, and by theme where the baseline has indicators. */
export function coverageSection(input: HtmlReportInput): Markup {
  const { baseline, indicators = [] } = input;
  const found = standingsOf(input.findings, dayOf(input));
  const families = familyRows(input, found);
  const all = families.reduce((sum, { controls }) => sum + controls.length, 0);
  return html`<section aria-labelledby="coverage">
<h2 id="coverage">Coverage</h2>
<p>At least one check speaks about ${
    baseline.controls === undefined
      ? `${count(found.size, 'control')} of ${baseline.title}.`
      : `${found.size} of the ${count(all, 'control')} in ${baseline.title}. Of the others nothing was judged in this run; most need people, processes or other tools.`
  } Each control counts once, by the worst that was found; a check that broke counts as failed, and a supported control is supported in part. The deeper a cell is shaded, the larger its share of the row.</p>
${families.length > 0 && html`<h3>By control family</h3>\n${heatMap('Controls by family, and how they stand', 'Family', families)}`}
${
  indicators.length > 0 &&
  html`<h3>By KSI theme</h3>
<p>The controls related to the Key Security Indicators of a theme, of those the baseline selects: by FedRAMP’s rules, and by Rampart where those name none that settings could show. An indicator is named by the worst that was found of its controls; supported in part means that a part of at least one of them is. What an indicator itself asks for is not measured here.</p>
${heatMap('Controls by KSI theme, and how they stand', 'Theme', themeRows(input, found))}`
}
</section>`;
}

type Found = ReadonlyMap<string, Standing>;

function familyRows({ baseline, families }: HtmlReportInput, found: Found): HeatRow[] {
  const controls = [...new Set([...(baseline.controls ?? []), ...found.keys()])].sort(byNumber);
  return [...new Set(controls.map(familyOf))].sort(compare).map((family) => {
    const title = families && Object.hasOwn(families, family) ? families[family] : undefined;
    return {
      head: html`<b>${family.toUpperCase()}</b>${title !== undefined && html` ${title}`}`,
      controls: controls.filter((id) => familyOf(id) === family).map((id) => itemOf(id, found)),
    };
  });
}

const itemOf = (id: string, found: Found): Item => ({ label: labelOf(id), standing: found.get(id) ?? 'silent' });

function themeRows({ baseline, indicators = [] }: HtmlReportInput, found: Found): HeatRow[] {
  const selected = baseline.controls && new Set(baseline.controls);
  const sorted = [...indicators].sort((left, right) => compare(left.id, right.id));
  return [...new Set(sorted.map(({ theme }) => theme))].sort(compare).map((theme) => {
    const own = sorted.filter((each) => each.theme === theme);
    const related = [...new Set(own.flatMap(({ controls }) => controls))].sort(byNumber);
    return {
      head: html`<b>${theme}</b>`,
      controls: related.filter((id) => selected?.has(id) ?? true).map((id) => itemOf(id, found)),
      named: own.map(({ id, force, controls }) => ({
        label: force === 'optional' ? `${id} (optional)` : id,
        standing: worst(controls.map((control) => found.get(control) ?? 'silent')),
      })),
    };
  });
}
