import { assertNever } from '@fast-scanner/shared';
import type { SchemaElement } from 'hyparquet';
import { type ColumnSource, parquetWriteBuffer } from 'hyparquet-writer';
import type { TableColumn } from './table.ts';

/** Rows that are compressed as one; a reader holds one of them at a time. */
const ROW_GROUP = 100_000;

/** The table as a Parquet file that says in its metadata what it is. Times are UTC timestamps in ms; only texts, flags and numbers may be null. */
export function toParquet(
  columns: readonly TableColumn[],
  about: Readonly<Record<string, string>> = {},
): Buffer {
  const buffer = parquetWriteBuffer({
    schema: [{ name: 'root', num_children: columns.length }, ...columns.map(toSchemaElement)],
    columnData: columns.map(toColumnSource),
    rowGroupSize: ROW_GROUP,
    kvMetadata: Object.entries(about).map(([key, value]) => ({ key, value })),
    createdBy: 'fast-scanner',
  });
  return Buffer.from(buffer);
}

function toSchemaElement({ name, type }: TableColumn): SchemaElement {
  switch (type) {
    case 'time':
      return {
        name,
        type: 'INT64',
        repetition_type: 'REQUIRED',
        converted_type: 'TIMESTAMP_MILLIS',
        logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
      };
    case 'figure':
      return { name, type: 'DOUBLE', repetition_type: 'REQUIRED' };
    case 'number':
      return { name, type: 'DOUBLE', repetition_type: 'OPTIONAL' };
    case 'boolean':
      return { name, type: 'BOOLEAN', repetition_type: 'OPTIONAL' };
    case 'text':
      return {
        name,
        type: 'BYTE_ARRAY',
        repetition_type: 'OPTIONAL',
        converted_type: 'UTF8',
        logical_type: { type: 'STRING' },
      };
    default:
      return assertNever(type);
  }
}

function toColumnSource(column: TableColumn): ColumnSource {
  const { name } = column;
  if (column.type !== 'time') return { name, data: column.values };
  // Times a fixed step apart take next to no space as differences.
  return { name, data: BigInt64Array.from(column.values, BigInt), encoding: 'DELTA_BINARY_PACKED' };
}
