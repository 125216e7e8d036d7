import { diagramStyle } from '../diagram/style.js';

/** The one style sheet. Light and dark by the reader’s preference, always light on paper; colours keep 4.5:1 on their ground. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: #faf9f6; --card: #ffffff; --ink: #1d2429; --quiet: #545e67; --rule: #dedad1; --edge: #88898a; --link: #124d6b;
  --fail: #a01f17; --error: #8c1d5c; --unknown: #7a4d00; --waived: #50409a; --pass: #1f6339; --idle: #545e67;
  --fail-tint: #fbeeec; --unknown-tint: #faf2e0; --pass-tint: #ebf4ed;
  --serif: 'Iowan Old Style', 'Palatino Nova', Palatino, 'Palatino Linotype', 'URW Palladio L', Georgia, serif;
  --sans: system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Liberation Sans', Arial, sans-serif;
  --mono: ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, 'Liberation Mono', monospace;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #14181b; --card: #1b2024; --ink: #e9e6e0; --quiet: #a8b1b9; --rule: #343c43; --edge: #78828b; --link: #93cbe6;
    --fail: #ff9f95; --error: #f49fd0; --unknown: #efc170; --waived: #c0b4f8; --pass: #8fd8a8; --idle: #a8b1b9;
    --fail-tint: #2b1b1a; --unknown-tint: #2a2315; --pass-tint: #17251c;
  }
}
*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; padding: 2.5rem 1.5rem 4rem; background: var(--paper); color: var(--ink); font: 1rem/1.6 var(--sans); overflow-wrap: break-word; }
body > header, body > nav, main, body > footer { max-width: 58rem; margin-inline: auto; }
h1, h2, h3, h4 { font-weight: 600; line-height: 1.25; text-wrap: balance; }
h1, h2, h3 { font-family: var(--serif); }
h1 { font-size: clamp(1.9rem, 1.4rem + 2.2vw, 2.9rem); margin: 0.1em 0 0.6em; letter-spacing: -0.012em; }
h2 { font-size: 1.55rem; margin: 0 0 0.75rem; }
h3 { font-size: 1.18rem; margin: 2rem 0 0.4rem; }
h4 { font-size: 0.9rem; margin: 1.2rem 0 0.25rem; color: var(--quiet); }
p { margin: 0 0 0.75rem; }
p, .prose li { max-width: 42rem; }
ul, dl, dd { margin: 0; padding: 0; }
ul { list-style: none; }
.prose { list-style: disc; padding-left: 1.2rem; }
.prose li { margin-bottom: 0.35rem; }
a { color: var(--link); text-underline-offset: 0.2em; }
a:focus-visible { outline: 3px solid var(--link); outline-offset: 3px; border-radius: 2px; }
main:focus { outline: none; }
code { font: 0.9em var(--mono); unicode-bidi: isolate; overflow-wrap: anywhere; }
pre { margin: 0 0 1rem; padding: 0.75rem 1rem; background: var(--card); border: 1px solid var(--rule); border-radius: 6px; white-space: pre-wrap; }
em { color: var(--quiet); }
time { font-variant-numeric: tabular-nums; }
.quiet, .facts { color: var(--quiet); }
.detail { display: block; color: var(--quiet); font-size: 0.9em; font-weight: 400; }
.whole { white-space: nowrap; }
.item { display: inline-block; max-width: 100%; }
.skip { position: absolute; left: 1rem; top: -6rem; padding: 0.6rem 1rem; background: var(--card); border: 2px solid var(--link); border-radius: 6px; z-index: 1; }
.skip:focus { top: 1rem; }

.brand { margin: 0; font-size: 0.95rem; font-weight: 700; letter-spacing: 0.01em; }
.brand span { font-weight: 400; color: var(--quiet); }
.facts-list { display: flex; flex-wrap: wrap; gap: 0.75rem 2.5rem; margin-bottom: 1rem; }
.facts-list > div { min-width: 0; }
.facts-list dt { color: var(--quiet); font-size: 0.85rem; }
body > nav { margin-block: 1.25rem 2rem; padding-block: 0.5rem; border-block: 1px solid var(--rule); }
body > nav ul { display: flex; flex-wrap: wrap; gap: 0 1.4rem; }
body > nav a { display: inline-block; padding: 0.3rem 0; font-size: 0.92rem; text-decoration-thickness: 1px; }
main > section { margin-top: 3.75rem; scroll-margin-top: 1rem; }
main > section.verdict { margin-top: 0; }
h2[id], h3[id] { scroll-margin-top: 1.5rem; }

.verdict { padding: 1.6rem 1.75rem 1rem; border-radius: 8px; border: 1px solid var(--tone); background: var(--tint); }
.blocked { --tone: var(--fail); --tint: var(--fail-tint); }
.hollow { --tone: var(--unknown); --tint: var(--unknown-tint); }
.open { --tone: var(--pass); --tint: var(--pass-tint); }
.verdict h2 { display: flex; align-items: center; gap: 0.5em; margin-bottom: 0.4rem; font-size: 2rem; color: var(--tone); }
.verdict h2 .sign { display: inline-grid; place-items: center; width: 1.35em; height: 1.35em; flex: none; border: 2px solid; border-radius: 50%; font: 700 0.72em/1 var(--sans); }
.lead { font-size: 1.22rem; line-height: 1.45; }
.counts { display: grid; grid-template-columns: repeat(3, 1fr); gap: 1rem; margin: 1.4rem 0 1.2rem; }
.counts > div { display: flex; flex-direction: column-reverse; justify-content: flex-end; border-top: 2px solid var(--tone); padding-top: 0.5rem; }
.counts dt { font-size: 0.92rem; color: var(--tone); }
.counts dd { font: 600 1.9rem/1.1 var(--serif); font-variant-numeric: lining-nums tabular-nums; }
.fail { --tone: var(--fail); } .error { --tone: var(--error); } .unknown { --tone: var(--unknown); }
.waived { --tone: var(--waived); } .pass { --tone: var(--pass); } .not-applicable { --tone: var(--idle); }

.mark { display: inline-flex; align-items: center; gap: 0.4em; margin-right: 0.4em; color: var(--tone); font-weight: 600; }
.mark .sign { display: inline-grid; place-items: center; width: 1.35em; height: 1.35em; border: 1.5px solid; border-radius: 50%; font-size: 0.82em; line-height: 1; }
.severity { display: inline-block; margin-right: 0.6em; padding: 0 0.6em; border: 1px solid var(--edge); border-radius: 1em; font-size: 0.88em; color: var(--ink); }
.severity.critical, .severity.high { border-color: var(--fail); color: var(--fail); font-weight: 600; }
.address { font-weight: 600; }
.place { color: var(--quiet); }
article { margin-top: 1.25rem; padding: 1.4rem 1.6rem 1.1rem; background: var(--card); border: 1px solid var(--rule); border-radius: 8px; }
article h3 { margin-top: 0; }
.advice { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); column-gap: 2.5rem; }
.advice > div, main { min-width: 0; }
.findings { margin-top: 0.75rem; border-top: 1px solid var(--rule); }
.findings > li { padding: 0.9rem 0 0.7rem; border-bottom: 1px solid var(--rule); }
.findings p { margin-bottom: 0.25rem; }
.findings .reason { font-size: 1.05rem; }
.controls li { margin-bottom: 0.15rem; }
.controls span { color: var(--quiet); }
.plain > li + li { margin-top: 0.4rem; }

table { width: 100%; border-collapse: collapse; margin: 1rem 0 1.5rem; font-size: 0.95rem; line-height: 1.5; }
caption { text-align: left; color: var(--quiet); padding-bottom: 0.6rem; }
th, td { text-align: left; vertical-align: top; padding: 0.6rem 1.25rem 0.6rem 0; border-bottom: 1px solid var(--rule); }
th:last-child, td:last-child { padding-right: 0; }
thead th { font-size: 0.85rem; font-weight: 600; color: var(--quiet); border-bottom: 1.5px solid var(--edge); vertical-align: bottom; }
tbody th { font-weight: 400; }
td > div, tbody th > div { min-width: 9rem; }
td > div, tbody th > div, caption { overflow-wrap: anywhere; }
td.number > div, tbody .short > div { min-width: 0; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
.digest { font-size: 0.82em; }
.wide { margin: 1rem 0 1.5rem; padding: 0; overflow-x: auto; border: 1px solid var(--rule); border-radius: 8px; background: var(--card); }
.wide:focus-visible { outline: 3px solid var(--link); outline-offset: 3px; }
.wide svg { display: block; }
.heat { --tone: var(--idle); --depth: 14%; display: block; padding: 0.15rem 0.5rem; border-radius: 4px; background: color-mix(in srgb, var(--tone) var(--depth), var(--paper)); color: var(--ink); white-space: nowrap; }
.heat.failed { --tone: var(--fail); } .heat.unknown { --tone: var(--unknown); } .heat.waived { --tone: var(--waived); } .heat.supported { --tone: var(--pass); }
.heat.none { background: none; color: var(--quiet); }
.heat.step-2 { --depth: 22%; } .heat.step-3 { --depth: 31%; } .heat.step-4 { --depth: 40%; }
.share { display: block; font-size: 0.85em; }
body > footer { margin-top: 4rem; padding-top: 1rem; border-top: 1px solid var(--rule); color: var(--quiet); font-size: 0.9rem; }

@media screen and (max-width: 54rem) {
  td > div, tbody th > div { min-width: 6.5rem; }
  td.number > div, tbody .short > div { min-width: 0; }
}
@media (min-width: 60rem) { .counts { grid-template-columns: repeat(6, 1fr); } }
@media screen and (min-width: 78rem) {
  body { display: grid; grid-template-columns: 12rem minmax(0, 58rem); column-gap: 4rem; justify-content: center; padding-top: 3.5rem; }
  body > header, main, body > footer { grid-column: 2; width: 100%; margin-inline: 0; }
  body > nav { grid-column: 1; grid-row: 1 / span 3; position: sticky; top: 3.5rem; align-self: start; margin: 0; border: 0; padding: 0; }
  body > nav ul { flex-direction: column; }
  body > header { margin-bottom: 1.5rem; }
}
@media screen and (max-width: 46rem) {
  body { padding: 1.25rem 1rem 3rem; }
  .verdict, article { padding: 1.1rem 1rem 0.6rem; }
  .counts { grid-template-columns: repeat(2, 1fr); }
  table, caption, tbody, tbody tr, tbody th, tbody td { display: block; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  tbody tr { padding: 0.8rem 0; border-bottom: 1px solid var(--rule); }
  caption { border-bottom: 1.5px solid var(--edge); }
  tbody th, tbody td { padding: 0.15rem 0; border: 0; text-align: left; }
  tbody th { font-size: 1.05rem; }
  tbody td.number { display: grid; grid-template-columns: 9rem minmax(0, 1fr); text-align: left; }
  td > div, tbody th > div { min-width: 0; }
  .heat { justify-self: start; }
  .share { display: inline; }
  td::before { content: attr(data-column); color: var(--quiet); font-size: 0.9em; }
}
@media print {
  @page { margin: 18mm 16mm; }
  @page wide { size: landscape; margin: 12mm; }
  :root { --paper: #ffffff; }
  html { font-size: 9.5pt; }
  body { padding: 0; }
  body > header, main, body > footer { max-width: none; }
  body > nav, .skip { display: none; }
  main > section { margin-top: 2rem; }
  h1, h2, h3, h4, caption { break-after: avoid; }
  .wide { page: wide; overflow: visible; margin: 0; border: 0; break-inside: avoid; }
  .wide svg { width: 100%; height: auto; max-height: 180mm; }
  .findings > li, tr, .verdict, .counts { break-inside: avoid; }
  article { padding: 0.8rem 1rem 0.5rem; }
  .mark, .severity, .heat, .verdict { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
${diagramStyle}`;
