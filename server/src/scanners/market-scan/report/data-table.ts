import { type Html, type HtmlValue, html } from './html.ts';

/** A column of a table, and what it shows of an item. */
export interface TableColumn<Item> {
  /** With its unit. */
  readonly label: string;
  readonly cell: (item: Item) => HtmlValue;
  /** Default: numbers, aligned at their end. */
  readonly kind?: 'number' | 'text' | 'bar';
}

export interface DataTable<Item> {
  /** Read out, not shown: the heading and the words around the table say it to the eye. */
  readonly caption: string;
  /** The first names the row. */
  readonly columns: readonly [TableColumn<Item>, ...TableColumn<Item>[]];
  readonly items: readonly Item[];
  /** Further classes of the table. */
  readonly className?: string;
}

/**
 * A table in its own scroller, so that a wide one never makes the page wide. Cells of numbers have no class and take the style of the
 * table: that keeps five hundred rows small.
 */
export function renderTable<Item>({ caption, columns, items, className = '' }: DataTable<Item>): Html {
  const [naming, ...rest] = columns;
  const rows = items.map(
    (item) =>
      html`<tr><th scope="row">${naming.cell(item)}</th>${rest.map(({ cell, kind }) => renderCell(cell(item), kind))}</tr>\n`,
  );
  return html`<div class="scroller" role="region" aria-label="${caption}" tabindex="0"><table class="${className}">
<caption>${caption}</caption>
<thead><tr>${columns.map(
    ({ label, kind }, index) =>
      html`<th scope="col"${index === 0 || kind ? html` class="${kind ?? 'text'}"` : null}>${label}</th>`,
  )}</tr></thead>
<tbody>${rows}</tbody>
</table></div>
`;
}

function renderCell(value: HtmlValue, kind: TableColumn<unknown>['kind'] = 'number'): Html {
  return kind === 'number' ? html`<td>${value}</td>` : html`<td class="${kind}">${value}</td>`;
}
