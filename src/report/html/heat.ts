import { type Content, html, type Markup } from './markup.js';
import { type Standing, standings } from './standing.js';
import { table } from './table.js';

export interface Item {
  label: string;
  standing: Standing;
}

/** One row: the controls that are counted, and how each of them stands. */
export interface HeatRow {
  head: Content;
  controls: readonly Item[];
  /** What is named under the head; the controls themselves, where nothing else is. */
  named?: readonly Item[];
}

const words: Readonly<Record<Standing, { sign: string; title: string }>> = {
  failed: { sign: '×', title: 'Failed' },
  unknown: { sign: '?', title: 'Unknown' },
  waived: { sign: '~', title: 'Waived' },
  supported: { sign: '✓', title: 'Supported in part' },
  silent: { sign: '·', title: 'Not covered' },
};

/** Shares from which on a cell is shaded more: what is there never fades to nothing. */
const steps = [0, 0.1, 0.25, 0.5];

/**
 * A heat map that is a table: every cell says its number and its share in words, and is shaded by the share; the shade says nothing
 * the numbers do not. A control counts once in the row that sums up.
 */
export function heatMap(caption: Content, title: string, rows: readonly HeatRow[]): Markup {
  const all = [...new Map(rows.flatMap(({ controls }) => controls).map((item) => [item.label, item])).values()];
  return table(
    caption,
    [
      { title, is: 'head' },
      { title: 'Controls', is: 'number' },
      ...standings.map((standing) => ({ title: words[standing].title, is: 'number' as const })),
    ],
    [
      ...rows.map((row) => [
        html`${row.head}${standings.map((standing) => detail(row, standing))}`,
        ...cells(row.controls),
      ]),
      ...(rows.length > 1 ? [[html`<b>All</b>`, ...cells(all)]] : []),
    ],
  );
}

const cells = (controls: readonly Item[]): Content[] => [
  controls.length,
  ...standings.map((standing) => {
    const number = controls.filter((item) => item.standing === standing).length;
    return cell(standing, number, controls.length);
  }),
];

function cell(standing: Standing, number: number, total: number): Markup {
  if (number === 0) return html`<span class="heat none">0</span>`;
  const share = number / total;
  const step = steps.filter((from) => share > from).length;
  return html`<span class="heat ${standing} step-${step}"><span aria-hidden="true">${words[standing].sign} </span>${number} <span class="share">(${percent(share)})</span></span>`;
}

/** Whole percents; what is there is never 0 %, and what is not whole never 100 %. */
const percent = (share: number): string =>
  `${share === 1 ? 100 : Math.min(99, Math.max(1, Math.round(share * 100)))} %`;

/** Controls nothing speaks of are not named, since they are most. */
function detail({ controls, named }: HeatRow, standing: Standing): Markup | false {
  const own = (named ?? controls).filter((item) => item.standing === standing);
  if (own.length === 0 || (standing === 'silent' && named === undefined)) return false;
  return html`<span class="detail">${words[standing].title.toLowerCase()}: ${joined(own.map(({ label }) => label))}</span>`;
}

/** A list whose items do not break at their hyphens and brackets, unless they would not fit a narrow screen. */
const joined = (items: readonly string[]): Content[] =>
  items.map((item, index) => html`<span class="item">${item}${index < items.length - 1 && ','}</span> `);
