import { createHash } from 'node:crypto';
import { boundarySection } from './html/boundary.js';
import { coverageSection } from './html/coverage.js';
import { openSection, passedSection } from './html/findings.js';
import { groundsSection, silenceSection, verifySection } from './html/grounds.js';
import type { HtmlReportInput } from './html/input.js';
import { when } from './html/mark.js';
import { html, raw } from './html/markup.js';
import { recordsSection } from './html/records.js';
import { settingsSection } from './html/settings.js';
import { style } from './html/style.js';
import { verdictOf, verdictSection } from './html/verdict.js';
import { waiverSection } from './html/waivers.js';

export type { HtmlReportInput, JudgedFile } from './html/input.js';

/** Nothing is loaded, run or sent; the one style sheet is allowed by its digest, so that markup smuggled in stays plain. */
const policy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const contents: readonly (readonly [string, string])[] = [
  ['verdict', 'Verdict'],
  ['coverage', 'Coverage'],
  ['findings', 'What to put right'],
  ['waivers', 'Waivers'],
  ['passed', 'What passed'],
  ['boundary', 'Boundary'],
  ['records', 'Models'],
  ['settings', 'Settings'],
  ['grounds', 'What was looked at'],
  ['silence', 'What was not'],
  ['verify', 'How to verify'],
];

/** The report as one HTML file that stands alone: no script, nothing loaded. The same input gives the same bytes. */
export const htmlReport = (input: HtmlReportInput): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${verdictOf(input).word}: ${input.system.name} against ${input.baseline.title} – Rampart</title>
<style>${raw(style)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the report</a>
<header>
<p class="brand">Rampart <span>assessment of AI model endpoints</span></p>
<h1><bdi>${input.system.name}</bdi></h1>
<dl class="facts-list">
<div><dt>Baseline</dt><dd>${input.baseline.title}</dd></div>
<div><dt>System</dt><dd><code>${input.system.id}</code></dd></div>
${input.plan && html`<div><dt>Owner</dt><dd>${input.plan.system.owner.organization}</dd></div>\n`}<div><dt>Judged</dt><dd>${when(input.time)}</dd></div>
</dl>
</header>
<nav aria-label="Contents"><ul>${contents.map(([id, title]) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
<main id="main" tabindex="-1">
${verdictSection(input)}
${coverageSection(input)}
${openSection(input)}
${waiverSection(input)}
${passedSection(input)}
${boundarySection(input)}
${recordsSection(input)}
${settingsSection(input)}
${groundsSection(input)}
${silenceSection(input)}
${verifySection(input)}
</main>
<footer><p>Made by Rampart ${input.toolVersion} from manifests and observations. A person has not reviewed it. Rampart supports controls; whether a control is met is for an assessor to say.</p></footer>
</body>
</html>
`.text;
