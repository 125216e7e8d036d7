import { type Content, html, type Markup, raw } from './markup.js';

export interface Column {
  title: string;
  /** `head` names the row; `number` is set to the right. */
  is?: 'head' | 'number';
  /** Set where no cell of it needs room. */
  short?: true;
}

/**
 * A table that turns into a list of cards on a narrow screen. That takes the table out of the browser's table layout, and with
 * it out of what assistive technology sees, so every role is spelled out. Exactly one column is the row's head.
 */
export function table(caption: Content, columns: readonly Column[], rows: readonly (readonly Content[])[]): Markup {
  return html`<table role="table">
<caption>${caption}</caption>
<thead role="rowgroup"><tr role="row">${columns.map(
    ({ title, is }) =>
      html`<th role="columnheader" scope="col"${is === 'number' && raw(' class="number"')}>${title}</th>`,
  )}</tr></thead>
<tbody role="rowgroup">
${rows.map((cells) => html`<tr role="row">${columns.map((column, index) => cell(column, cells[index]))}</tr>\n`)}</tbody>
</table>`;
}

const cell = ({ title, is, short }: Column, content: Content): Markup =>
  is === 'head'
    ? html`<th role="rowheader" scope="row"${short && raw(' class="short"')}><div>${content}</div></th>`
    : html`<td role="cell" data-column="${title}"${is === 'number' ? raw(' class="number"') : short && raw(' class="short"')}><div>${content}</div></td>`;
