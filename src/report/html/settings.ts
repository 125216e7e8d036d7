import { labelOf } from '#model/control.js';
import type { EndpointPlan } from '#model/plan.js';
import type { Because, Setting, SettingValue } from '#model/setting.js';
import type { HtmlReportInput } from './input.js';
import { code } from './mark.js';
import { html, join, type Markup } from './markup.js';
import { table } from './table.js';

/** The planned settings of every endpoint, each with its reasons. */
export function settingsSection({ plan }: HtmlReportInput): Markup {
  return html`<section aria-labelledby="settings">
<h2 id="settings">Settings and their reasons</h2>
${
  plan === undefined
    ? html`<p>The manifests were judged without a system file, so no settings were planned.</p>`
    : plan.endpoints.map(endpointSettings)
}
</section>`;
}

const endpointSettings = ({
  endpoint,
  settings,
  limits = [],
}: EndpointPlan): Markup => html`<h3><bdi>${endpoint.name}</bdi></h3>
<p class="facts">${endpoint.kind} · <bdi>${endpoint.model}</bdi> · ${endpoint.region}</p>
${limits.length > 0 && html`<p>What no setting can give it:</p><ul>${limits.map((limit) => html`<li>${limit}</li>`)}</ul>`}${
  settings.length === 0
    ? html`<p>No setting applies.</p>`
    : table(
        html`Settings of <bdi>${endpoint.name}</bdi>`,
        [{ title: 'Setting', is: 'head' }, { title: 'Value' }, { title: 'Because' }],
        settings.map(row),
      )
}
`;

const row = ({ id, value, description, because }: Setting) => [
  html`${code(id)}<span class="detail">${description}</span>`,
  shown(value),
  html`<ul class="plain">${because.map((reason) => html`<li>${reasonOf(reason)}</li>`)}</ul>`,
];

const shown = (value: SettingValue): Markup => {
  if (typeof value === 'boolean') return html`${value ? 'yes' : 'no'}`;
  if (typeof value === 'object')
    return value.length === 0 ? html`<span class="quiet">none</span>` : html`${join(value.map(code), ' ')}`;
  return code(String(value));
};

function reasonOf(because: Because): Markup {
  if (because.kind === 'user') return html`the system file asks for ${shown(because.value)}`;
  if (because.kind === 'parameter') {
    return html`parameter ${code(because.parameter)} of the baseline: “${because.text}”`;
  }
  if (because.kind === 'rule') return html`rule ${code(because.rule)}, ${because.text}`;
  if (because.kind === 'profile') {
    return html`profile ${code(because.profile)}, ${because.text}, asks for ${shown(because.value)}`;
  }
  const controls = because.controls.map(labelOf).join(', ');
  return html`${code(because.requirement)} asks for ${shown(because.value)}${controls !== '' && `, in support of ${controls}`}`;
}
