import { labelOf } from '#model/control.js';
import type { Finding } from '#model/finding.js';
import type { Position } from '#model/position.js';
import type { Mapping } from '#model/requirement.js';
import type { Severity } from '#model/severity.js';
import type { Verdict } from '#model/verdict.js';
import { type Content, compare, html, type Markup } from './markup.js';

/** A verdict's word and sign. The sign differs in shape, so that nothing rests on colour. */
export const verdictWords: Readonly<Record<Verdict, { word: string; sign: string }>> = {
  error: { word: 'Check broke', sign: '!' },
  fail: { word: 'Failed', sign: '×' },
  unknown: { word: 'Unknown', sign: '?' },
  waived: { word: 'Waived', sign: '~' },
  pass: { word: 'Passed', sign: '✓' },
  'not-applicable': { word: 'Not applicable', sign: '–' },
};

export const verdictMark = (verdict: Verdict): Markup =>
  html`<span class="mark ${verdict}"><span class="sign" aria-hidden="true">${verdictWords[verdict].sign}</span>${verdictWords[verdict].word}</span>`;

export const severityMark = (severity: Severity): Markup =>
  html`<span class="severity ${severity}">${severity} severity</span>`;

export const code = (text: Content): Markup => html`<code>${text}</code>`;

/** A day or an instant, which does not break at its hyphens; text that is neither may. */
export const when = (text: string): Markup =>
  /^[\d:.TZ+-]{1,25}$/.test(text) ? html`<time class="whole">${text}</time>` : html`<time>${text}</time>`;

export const placeOf = ({ file, line, column }: Position): Markup =>
  html`<code class="place">${file}:${line}:${column}</code>`;

/** Places in line order, the file named once: `a.yaml:3:7, 9:7`. */
export function placesOf(places: readonly Position[]): Markup[] {
  const byFile = new Map<string, Position[]>();
  for (const place of places) {
    const own = byFile.get(place.file);
    if (own) own.push(place);
    else byFile.set(place.file, [place]);
  }
  return [...byFile]
    .sort(([left], [right]) => compare(left, right))
    .map(([file, own]) => {
      const spots = own
        .sort((left, right) => left.line - right.line || left.column - right.column)
        .map(({ line, column }) => `${line}:${column}`);
      return html`<code class="place">${file}:${[...new Set(spots)].join(', ')}</code> `;
    });
}

/** Where to look, or why there is no such place. */
export function whereOf({ position, type }: Finding): Markup {
  if (position) return placeOf(position);
  return type === 'system'
    ? html`<span class="quiet">in no manifest</span>`
    : html`<span class="quiet">in the live account</span>`;
}

/** Controls with who says that the requirement supports them. */
export const controlList = (controls: readonly Mapping[]): Markup =>
  controls.length === 0
    ? html`<p class="quiet">Supports no control of this baseline.</p>`
    : html`<ul class="controls">${controls.map(
        (mapping) =>
          html`<li><b>${labelOf(mapping.id)}</b> <span>${mapping.basis === 'sourced' ? html`sourced: ${mapping.source}` : 'Rampart’s own mapping'}</span></li>`,
      )}</ul>`;
