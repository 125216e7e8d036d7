import type { EndpointRecord, RecordRow } from '#model/model-record.js';
import type { HtmlReportInput } from './input.js';
import { code, when } from './mark.js';
import { count, html, join, type Markup } from './markup.js';
import { table } from './table.js';

/** What is known of the model behind each endpoint, by whom, and what is missing, by name. */
export function recordsSection({ records }: HtmlReportInput): Markup {
  return html`<section aria-labelledby="records">
<h2 id="records">Models</h2>
${
  records === undefined
    ? html`<p>The manifests were judged without a system file, so no model is on record.</p>`
    : html`<p>What is on record of each model. Rampart judges none of it: it says who says so, and what nobody has said. The fields come from ${join(
        records.sources.map((source) => html`<span class="item">${source}</span>`),
        ' and ',
      )}, and from what assessors ask of a model.</p>
${records.endpoints.map(recordOf)}`
}
</section>`;
}

const recordOf = ({ endpoint, kind, model, rows, gaps }: EndpointRecord): Markup => html`<h3><bdi>${endpoint}</bdi></h3>
<p class="facts">${kind} · <bdi>${model}</bdi></p>
${
  gaps.length === 0
    ? html`<p>No field is missing.</p>`
    : html`<p><b>${count(gaps.length, 'field')} missing.</b> State them under ${code('record')} of the endpoint in the system file:</p>
<ul class="prose">${gaps.map(({ title, field }) => html`<li>${title} <span class="quiet">${code(field)}</span></li>`)}</ul>`
}
${table(
  html`On record of <bdi>${endpoint}</bdi>`,
  [{ title: 'Field', is: 'head' }, { title: 'Value' }, { title: 'Who says so' }],
  rows.filter(({ values, notApplicable }) => values.length > 0 || notApplicable !== undefined).map(row),
)}
`;

const row = ({ title, values, from, notApplicable }: RecordRow) => [
  title,
  notApplicable === undefined
    ? html`<ul class="plain">${values.map((value) => html`<li>${value}</li>`)}</ul>`
    : html`<span class="quiet">Does not apply. ${notApplicable}</span>`,
  from === undefined
    ? html`<span class="quiet">the kind of the endpoint</span>`
    : from === 'system-file'
      ? 'the system file'
      : html`Rampart’s dated data: ${from.source}<span class="detail">${when(from.date)}</span>`,
];
