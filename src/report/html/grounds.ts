import type { Observation } from '#model/observation.js';
import type { HtmlReportInput } from './input.js';
import { code, when } from './mark.js';
import { compare, count, html, type Markup } from './markup.js';
import { table } from './table.js';

/** What was judged: the files and the live calls. */
export function groundsSection({ manifests = [], observations = [] }: HtmlReportInput): Markup {
  return html`<section aria-labelledby="grounds">
<h2 id="grounds">What was looked at</h2>
${
  manifests.length > 0 &&
  table(
    `${count(manifests.length, 'file')} judged`,
    [
      { title: 'File', is: 'head' },
      { title: 'Resources', is: 'number' },
      { title: 'SHA-256 of the copy in the bundle' },
    ],
    [...manifests]
      .sort((left, right) => compare(left.path, right.path))
      .map(({ path, resources, sha256 }) => [code(path), resources ?? '', html`<code class="digest">${sha256}</code>`]),
  )
}
${
  observations.length > 0 &&
  table(
    `${count(observations.length, 'live call')}`,
    [{ title: 'Call', is: 'head' }, { title: 'Outcome' }, { title: 'Time' }],
    [...observations].sort((left, right) => compare(orderOf(left), orderOf(right))).map(callRow),
  )
}
${manifests.length === 0 && html`<p>No file was judged.</p>`}
${observations.length === 0 && html`<p>The live account was not looked at.</p>`}
</section>`;
}

const orderOf = ({ time, service, call, subject }: Observation): string =>
  JSON.stringify([time, service, call, subject]);

const callRow = ({ subject, service, call, outcome, detail, time }: Observation) => [
  html`${code(`${service}:${call}`)}<span class="detail">${code(subject)}</span>`,
  html`${outcome}${detail !== undefined && html`<span class="detail">${detail}</span>`}`,
  when(time),
];

/** What this report does not speak of. Its own section, so that silence is not read as a pass. */
export const silenceSection = ({ notLookedAt }: HtmlReportInput): Markup => html`<section aria-labelledby="silence">
<h2 id="silence">What was not looked at</h2>
${
  notLookedAt.length === 0
    ? html`<p>The run named nothing it left out. Controls that need people or processes are outside of what Rampart can see.</p>`
    : html`<ul class="prose">${notLookedAt.map((sentence) => html`<li>${sentence}</li>`)}</ul>`
}
</section>`;

/** How someone who does not trust this page checks it. */
export const verifySection = ({
  toolVersion,
  controlDataDigest,
  sources,
  plan,
}: HtmlReportInput): Markup => html`<section aria-labelledby="verify">
<h2 id="verify">How to verify this</h2>
<p>This page proves nothing by itself. If it came in an evidence bundle, check the bundle’s signature and digests offline, with a trust policy you have from somewhere else:</p>
<pre><code>rampart evidence verify bundle.evb.tar --trust rampart.trust.json</code></pre>
<p>The same version of Rampart, with the same control data, judges the files of the bundle again and makes everything in it again. What it says then must be the same:</p>
<pre><code>rampart evidence verify bundle.evb.tar --trust rampart.trust.json --rebuild</code></pre>
<dl class="facts-list">
<div><dt>Rampart version</dt><dd>${code(toolVersion)}</dd></div>
<div><dt>SHA-256 of the control data</dt><dd><code class="digest">${controlDataDigest}</code></dd></div>
</dl>
<h3>Sources</h3>
<ul class="prose">${[...new Set([...sources, ...(plan?.stoodOn ?? [])])].sort(compare).map((source) => html`<li>${source}</li>`)}</ul>
</section>`;
