import type { CellValue, TableColumn } from './table.ts';
import type { StoredRecord } from './training-store.ts';

/** Columns every table of records has, also without rows. */
const IDENTITY = ['exchange', 'symbol', 'timeframe', 'candleCloseTime'] as const;
const TIME = 'candleCloseTime';

/**
 * Records as a table: fields within fields become columns such as `momentum.momentum_score`, lists become JSON. A column is of numbers
 * or of booleans when all its values are, else of texts; what a record does not have is `null`.
 */
export function flattenRecords(records: readonly StoredRecord[]): TableColumn[] {
  const rows = records.map((record) => new Map(cellsOf(record, '')));
  const names = new Set<string>([...IDENTITY, ...rows.flatMap((row) => [...row.keys()])]);
  return Array.from(names, (name) => {
    const values = rows.map((row) => row.get(name) ?? null);
    return name === TIME ? toTimeColumn(name, values) : toColumn(name, values);
  });
}

function* cellsOf(value: object, prefix: string): Generator<readonly [string, CellValue]> {
  for (const [key, field] of Object.entries(value) as [string, unknown][]) {
    const name = `${prefix}${key}`;
    if (isNested(field)) yield* cellsOf(field, `${name}.`);
    else yield [name, toCell(field)];
  }
}

function isNested(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function toCell(value: unknown): CellValue {
  const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  if (isPlain) return value;
  return value === null || value === undefined ? null : JSON.stringify(value);
}

function toTimeColumn(name: string, values: readonly CellValue[]): TableColumn {
  return { name, type: 'time', values: Float64Array.from(values, (text) => Date.parse(String(text))) };
}

function toColumn(name: string, values: readonly CellValue[]): TableColumn {
  const known = values.filter((value) => value !== null);
  if (known.length > 0 && known.every((value) => typeof value === 'number'))
    return { name, type: 'number', values: values.map((value) => (value === null ? null : Number(value))) };
  if (known.length > 0 && known.every((value) => typeof value === 'boolean'))
    return { name, type: 'boolean', values: values.map((value) => (value === null ? null : value === true)) };
  return { name, type: 'text', values: values.map((value) => (value === null ? null : String(value))) };
}
