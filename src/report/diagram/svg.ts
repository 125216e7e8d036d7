import type { Diagram } from '#model/diagram.js';
import { html, type Markup, raw } from '../html/markup.js';
import type { Box, Laid, Point } from './layout.js';
import { diagramStyle } from './style.js';

/** A diagram as a file of its own: no script, nothing loaded, light and dark by the reader's preference. */
export function diagramSvg(laid: Laid): string {
  const { diagram } = laid;
  const height = laid.height + notes.length * 17 + 12;
  const crossing = diagram.flows.filter(({ crosses }) => crosses).length;
  return html`<svg xmlns="http://www.w3.org/2000/svg" class="diagram" role="img" aria-labelledby="title desc" width="${laid.width}" height="${height}" viewBox="0 0 ${laid.width} ${height}">
<title id="title">${titleOf(diagram)}</title>
<desc id="desc">${diagram.parts.length} parts and ${diagram.flows.length} flows, of which ${crossing} cross the authorization boundary.</desc>
<style>${raw(diagramStyle)}</style>
<rect class="ground" width="${laid.width}" height="${height}"/>
${drawing(laid)}
${notes.map((note, index) => html`<text class="note" x="14" y="${laid.height + 14 + index * 17}">${note}</text>\n`)}</svg>
`.text;
}

const titleOf = ({ title }: Diagram): string => `Authorization boundary and data flows of ${title}`;

const notes = [
  'Dashed red frame: the authorization boundary. Red lines with a thick ring cross it. Key: encrypted with the endpoint’s own key.',
];

/** The same for a page that has `diagramStyle` in its style sheet and a table of the flows beside it. */
export const diagramFigure = (laid: Laid): Markup =>
  html`<svg class="diagram" role="img" aria-label="${titleOf(laid.diagram)}; the table below says the same" width="${laid.width}" height="${laid.height}" viewBox="0 0 ${laid.width} ${laid.height}">
${drawing(laid)}</svg>`;

const drawing = ({ zones, parts, flows }: Laid): Markup =>
  html`${zones.map(zoneMark)}${flows.map(lineMark)}${parts.map(partMark)}${flows.map(badgeMark)}`;

const corner = (box: Box, radius: number): Markup =>
  html`<rect x="${box.x}" y="${box.y}" width="${box.width}" height="${box.height}" rx="${radius}"/>`;

const zoneMark = ({ zone, box }: Laid['zones'][number]): Markup =>
  html`<g class="zone ${zone.kind}">${corner(box, zone.kind === 'boundary' ? 10 : 6)}<text x="${box.x + 12}" y="${box.y + 17}">${fitting(zone.label, box.width - 24)}</text></g>\n`;

/** A name no wider than its zone, as far as can be told without the face. */
const fitting = (text: string, width: number): string => {
  const most = Math.max(8, Math.floor(width / 6.6));
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
};

function partMark({ part, box, words }: Laid['parts'][number]): Markup {
  const middle = box.x + box.width / 2;
  const top = box.y + box.height / 2 - (words.lines.length * 15) / 2 + 11.5;
  return html`<g class="part ${part.role}">${corner(box, part.role === 'people' ? 18 : 4)}${part.sealed && keyMark(box)}${words.lines.map(
    ({ text, isLabel }, index) =>
      html`<text class="${isLabel ? 'label' : 'detail'}" x="${middle}" y="${top + index * 15}">${text}</text>`,
  )}</g>\n`;
}

/** A small key at the upper right corner. */
const keyMark = ({ x, y, width }: Box): Markup =>
  html`<path class="key" d="M${x + width - 18} ${y + 9}a3.2 3.2 0 1 0 0.01 0M${x + width - 14.8} ${y + 12.2}h8.4v3M${x + width - 9} ${y + 12.2}v2.4"/>`;

const lineMark = ({ points, crosses }: Laid['flows'][number]): Markup =>
  html`<g class="flow${crosses && ' crosses'}"><path d="${pathOf(points)}"/>${headMark(points)}</g>\n`;

const badgeMark = ({ number, badge, crosses }: Laid['flows'][number]): Markup =>
  html`<g class="flow${crosses && ' crosses'}"><circle cx="${badge.x}" cy="${badge.y}" r="9.5"/><text x="${badge.x}" y="${badge.y + 4}">${number}</text></g>\n`;

/** Straight from point to point, corners rounded. */
const pathOf = (points: readonly Point[]): string =>
  points
    .map((point, index) => {
      const [before, after] = [points[index - 1], points[index + 1]];
      if (!before) return `M${point.x} ${point.y}`;
      if (!after) return `L${point.x} ${point.y}`;
      const [from, to] = [toward(point, before), toward(point, after)];
      return `L${from.x} ${from.y}Q${point.x} ${point.y} ${to.x} ${to.y}`;
    })
    .join('');

/** A point at most five pixels away from one towards another. */
function toward(from: Point, to: Point): Point {
  const distance = Math.hypot(to.x - from.x, to.y - from.y);
  const part = distance === 0 ? 0 : Math.min(5, distance / 2) / distance;
  const between = (start: number, end: number): number => Math.round((start + (end - start) * part) * 10) / 10;
  return { x: between(from.x, to.x), y: between(from.y, to.y) };
}

function headMark(points: readonly Point[]): Markup {
  const end = points.at(-1) as Point;
  const before = points.at(-2) ?? end;
  const angle = Math.atan2(end.y - before.y, end.x - before.x);
  const at = (distance: number, turn: number): string =>
    `${(end.x - distance * Math.cos(angle + turn)).toFixed(1)} ${(end.y - distance * Math.sin(angle + turn)).toFixed(1)}`;
  return html`<path class="head" d="M${end.x} ${end.y}L${at(9, 0.4)}L${at(9, -0.4)}Z"/>`;
}
