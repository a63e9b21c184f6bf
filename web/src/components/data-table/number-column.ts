import type { ReactNode } from 'react';
import { formatNumber } from '../../format/format-number.ts';
import type { DataColumn } from './data-column.ts';

interface NumberColumn<Row> extends Omit<DataColumn<Row>, 'align' | 'value' | 'cell'> {
  readonly value: (row: Row) => number | null;
  /** How it is written; default: as a whole number. */
  readonly show?: (value: number | null) => ReactNode;
}

/** A column of numbers: it stands right, and is sorted by what it shows. */
export function numberColumn<Row>({ show = showWhole, ...column }: NumberColumn<Row>): DataColumn<Row> {
  return { ...column, align: 'right', cell: (row) => show(column.value(row)) };
}

function showWhole(value: number | null): string {
  return formatNumber(value);
}
