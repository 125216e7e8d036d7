import { type Content, html, join, type Markup } from './markup.js';
import { type Standing, standings } from './standing.js';
import { table } from './table.js';

/** One row: what is counted, and how each of it stands. */
export interface HeatRow {
  head: Content;
  items: readonly { label: string; standing: Standing }[];
}

const words: Readonly<Record<Standing, { sign: string; title: string; detail?: string }>> = {
  failed: { sign: '×', title: 'Failed', detail: 'failed' },
  unknown: { sign: '?', title: 'Unknown', detail: 'unknown' },
  waived: { sign: '~', title: 'Waived', detail: 'waived' },
  supported: { sign: '✓', title: 'Supported in part', detail: 'supported in part' },
  silent: { sign: '·', title: 'Not covered' },
};

/** Shares from which on a cell is shaded more: what is there never fades to nothing. */
const steps = [0, 0.1, 0.25, 0.5];

/**
 * A heat map that is a table: every cell says its number and its share in words, and is shaded by the share; the shade says nothing
 * the numbers do not. `all` is the head of the row that sums up.
 */
export function heatMap(
  caption: Content,
  what: { one: string; many: string },
  rows: readonly HeatRow[],
  all: string,
): Markup {
  const sum = { head: html`<b>${all}</b>`, items: rows.flatMap(({ items }) => items) };
  return table(
    caption,
    [
      { title: what.one, is: 'head' },
      { title: what.many, is: 'number' },
      ...standings.map((standing) => ({ title: words[standing].title, is: 'number' as const })),
    ],
    [
      ...rows.map((row) => [html`${row.head}${standings.map((standing) => detail(row, standing))}`, ...cells(row)]),
      ...(rows.length > 1 ? [[sum.head, ...cells(sum)]] : []),
    ],
  );
}

const cells = ({ items }: HeatRow): Content[] => [
  items.length,
  ...standings.map((standing) =>
    cell(standing, items.filter((item) => item.standing === standing).length, items.length),
  ),
];

function cell(standing: Standing, number: number, total: number): Markup {
  if (number === 0) return html`<span class="heat none">0</span>`;
  const share = number / total;
  const step = steps.filter((from) => share > from).length;
  return html`<span class="heat ${standing} step-${step}"><span aria-hidden="true">${words[standing].sign} </span>${number} <span class="share">${percent(share)}</span></span>`;
}

/** Whole percents; what is there is never 0 %, and what is not whole never 100 %. */
const percent = (share: number): string =>
  `${share === 1 ? 100 : Math.min(99, Math.max(1, Math.round(share * 100)))} %`;

/** Names what is counted; what nothing speaks of is not named, since it is most. */
function detail({ items }: HeatRow, standing: Standing): Markup | false {
  const word = words[standing].detail;
  const own = items.filter((item) => item.standing === standing);
  if (word === undefined || own.length === 0) return false;
  return html`<span class="detail">${word}: ${joined(own.map(({ label }) => label))}</span>`;
}

/** A list whose items do not break at their hyphens and brackets, unless they would not fit a narrow screen. */
const joined = (items: readonly string[]): Content[] =>
  join(
    items.map((item) => html`<span class="item">${item}</span>`),
    ', ',
  );
