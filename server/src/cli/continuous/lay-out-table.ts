import type { Paint, Tone } from '../palette.ts';
import type { Column } from '../render-table.ts';

/** A column that has a shorter title where there is little room. */
export interface LiveColumn<Row> extends Column<Row> {
  readonly shortTitle: string;
}

export interface LayoutOptions {
  /** Characters on a line. */
  readonly width: number;
  readonly paint: Paint;
}

/** Lines of a table without a frame: the titles, then the rows in their order. Closer together, with the short titles, where it is narrow. */
export function layOutTable<Row>(
  columns: readonly LiveColumn<Row>[],
  rows: readonly Row[],
  { width, paint }: LayoutOptions,
): readonly string[] {
  const cells = rows.map((row) => columns.map(({ text }) => text(row)));
  const wide = layOut(
    columns.map(({ title }) => title),
    cells,
    2,
  );
  const narrow = () =>
    layOut(
      columns.map(({ shortTitle }) => shortTitle),
      cells,
      1,
    );
  const { titles, widths, gap } = wide.total <= width ? wide : narrow();
  const toLine = (texts: readonly string[], toneOf: (column: LiveColumn<Row>) => Tone) =>
    columns
      .map((column, index) =>
        paint(toneOf(column), align(texts[index] ?? '', column.align, widths[index] ?? 0)),
      )
      .join(' '.repeat(gap));
  return [
    toLine(titles, () => 'quiet'),
    ...rows.map((row, index) => toLine(cells[index] ?? [], ({ tone }) => tone?.(row) ?? 'plain')),
  ];
}

function layOut(titles: readonly string[], cells: readonly (readonly string[])[], gap: number) {
  const widths = titles.map((title, index) =>
    Math.max(title.length, ...cells.map((texts) => texts[index]?.length ?? 0)),
  );
  const total = widths.reduce((sum, width) => sum + width + gap, -gap);
  return { titles, widths, gap, total };
}

function align(text: string, side: 'left' | 'right', width: number): string {
  return side === 'right' ? text.padStart(width) : text.padEnd(width);
}
