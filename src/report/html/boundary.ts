import type { Flow, Part } from '#model/diagram.js';
import { diagramFigure } from '../diagram/svg.js';
import type { HtmlReportInput } from './input.js';
import { html, type Markup } from './markup.js';
import { table } from './table.js';

/** The authorization boundary as a drawing, and the same as a table. */
export function boundarySection({ drawing }: HtmlReportInput): Markup {
  return html`<section aria-labelledby="boundary">
<h2 id="boundary">Boundary and data flows</h2>
${
  drawing === undefined
    ? html`<p>The manifests were judged without a system file, so there is no boundary to draw.</p>`
    : html`<p>What the plan has, and what flows between it. The dashed frame is the authorization boundary; flows with a thick ring cross it. A key marks what is encrypted with the endpoint’s own key. Where the drawing is wider than the page, it can be scrolled sideways.</p>
<figure class="wide" tabindex="0" role="group" aria-label="Drawing of the boundary, can be scrolled sideways">${diagramFigure(drawing)}</figure>
${flowTable(drawing.diagram)}`
}
</section>`;
}

function flowTable({ parts, flows }: { parts: readonly Part[]; flows: readonly Flow[] }): Markup {
  const labels = new Map(parts.map(({ id, label }) => [id, label]));
  return table(
    'Flows by their number in the drawing',
    [
      { title: 'Flow', is: 'head', short: true },
      { title: 'From' },
      { title: 'To' },
      { title: 'Carries' },
      { title: 'Protected by' },
      { title: 'Crosses the boundary', short: true },
    ],
    flows.map(({ number, from, to, carries, protection, crosses }) => [
      number,
      labels.get(from),
      labels.get(to),
      carries,
      protection,
      crosses ? 'yes' : 'no',
    ]),
  );
}
