export type CsvValue = string | number | null;

/** A spreadsheet would take such a text for a formula. */
const FORMULA = /^[=+\-@\t\r\n]/;

/**
 * CSV with a header line: lines end in CRLF, `null` is an empty cell, numbers are written as they are.
 * A text that a spreadsheet would execute stands behind an apostrophe, which makes it text.
 * @see https://www.rfc-editor.org/rfc/rfc4180
 */
export function toCsv<Column extends string>(
  columns: readonly Column[],
  rows: readonly Readonly<Record<Column, CsvValue>>[],
): string {
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column]))];
  return lines.map((cells) => `${cells.map(toCell).join(',')}\r\n`).join('');
}

function toCell(value: CsvValue): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return text !== value || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
