// biome-ignore-all lint/a11y/useSemanticElements: elements of a real table cannot be placed one by one, as a virtualised grid wants
// biome-ignore-all lint/a11y/useFocusableInteractive: the keyboard goes from row to row, not from cell to cell

import { memo } from 'react';
import type { DataColumn } from './data-column.ts';
import classes from './data-table.module.css';

export interface DataTableRowProps<Row> {
  readonly row: Row;
  readonly id: string;
  readonly columns: readonly DataColumn<Row>[];
  /** Among all rows, from 0. */
  readonly index: number;
  /** From the top of the body, px. */
  readonly start: number;
  readonly height: number;
  /** The Tab key leads to it. */
  readonly isReachable: boolean;
  readonly onFocus: (id: string) => void;
  readonly onOpen: ((row: Row) => void) | undefined;
}

/** Where a row stands. Its cells are drawn anew only when the row itself has changed, not when it has moved. */
export const DataTableRow = memo(Row) as typeof Row; // `memo` loses the type parameter

function Row<Row>(props: DataTableRowProps<Row>) {
  const { row, id, columns, index, start, height, isReachable, onFocus, onOpen } = props;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the table hears the keys of all rows
    <div
      role="row"
      className={classes['row']}
      data-row-id={id}
      data-opens={onOpen !== undefined}
      aria-rowindex={index + 2}
      tabIndex={isReachable ? 0 : -1}
      style={{ height, transform: `translateY(${start}px)` }}
      onFocus={() => onFocus(id)}
      onClick={onOpen && (() => onOpen(row))}
    >
      <Cells row={row} columns={columns} />
    </div>
  );
}

type CellsProps<Row> = Pick<DataTableRowProps<Row>, 'row' | 'columns'>;

const Cells = memo(AllCells) as typeof AllCells; // as above

function AllCells<Row>({ row, columns }: CellsProps<Row>) {
  return (
    <>
      {columns.map((column) => (
        <div role="gridcell" key={column.id} className={classes['cell']} data-align={column.align}>
          {column.cell(row)}
        </div>
      ))}
    </>
  );
}
