import { toIsoTime } from '@fast-scanner/shared';
import type { CellValue, TableColumn } from './table.ts';

/** A spreadsheet would take such a text for a formula. */
const FORMULA = /^[=+\-@\t\r\n]/;
const NEEDS_QUOTES = /[",\r\n]/;
const END = '\r\n';

/**
 * The table as CSV with a header line. What does not exist is an empty cell. Times are as in the records: `openTime` in ms, others in
 * ISO 8601. A text that a spreadsheet would execute stands quoted and behind an apostrophe, which makes it text.
 * @see https://www.rfc-editor.org/rfc/rfc4180
 */
export function tableToCsv(columns: readonly TableColumn[]): Buffer {
  const rows = columns[0]?.values.length ?? 0;
  const lines = [columns.map(({ name }) => quoted(name)).join(',')];
  for (let row = 0; row < rows; row += 1)
    lines.push(columns.map((column) => cellText(column, row)).join(','));
  return Buffer.from(lines.map((line) => line + END).join(''));
}

function cellText(column: TableColumn, row: number): string {
  const value: CellValue = column.values[row] ?? null;
  if (value === null) return '';
  if (typeof value === 'string') return quoted(value);
  return column.type === 'time' && column.name !== 'openTime' ? toIsoTime(Number(value)) : String(value);
}

function quoted(text: string): string {
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  const isPlain = harmless === text && !NEEDS_QUOTES.test(text);
  return isPlain ? text : `"${harmless.replaceAll('"', '""')}"`;
}
