// biome-ignore-all lint/a11y/useSemanticElements: elements of a real table cannot be placed one by one, as a virtualised grid wants
// biome-ignore-all lint/a11y/useFocusableInteractive: the keyboard goes from row to row, not from cell to cell
import { VisuallyHidden } from '@mantine/core';
import { ArrowDown, ArrowUp, ArrowUpDown } from 'lucide-react';
import { memo } from 'react';
import type { DataColumn, DataSort } from './data-column.ts';
import classes from './data-table.module.css';

interface SortProps {
  readonly sort: DataSort | null;
  readonly onSort: (sort: DataSort | null) => void;
}

interface DataTableHeaderProps<Row> extends SortProps {
  readonly columns: readonly DataColumn<Row>[];
}

/** The headings; those of columns with values are buttons that sort. */
export const DataTableHeader = memo(Header) as typeof Header; // `memo` loses the type parameter

function Header<Row>({ columns, sort, onSort }: DataTableHeaderProps<Row>) {
  return (
    <div role="rowgroup" className={classes['head']}>
      <div role="row" aria-rowindex={1} className={classes['headRow']} tabIndex={-1}>
        {columns.map((column) => (
          <div
            role="columnheader"
            key={column.id}
            className={classes['headCell']}
            data-align={column.align}
            aria-sort={ariaSort(column, sort)}
            title={column.help}
          >
            <Heading column={column} sort={sort} onSort={onSort} />
          </div>
        ))}
      </div>
    </div>
  );
}

interface HeadingProps<Row> extends SortProps {
  readonly column: DataColumn<Row>;
}

function Heading<Row>(props: HeadingProps<Row>) {
  const { header, hidesHeader, value } = props.column;
  if (hidesHeader) return <VisuallyHidden>{header}</VisuallyHidden>;
  return value ? <SortButton {...props} /> : header;
}

function SortButton<Row>({ column, sort, onSort }: HeadingProps<Row>) {
  const isSorted = sort?.id === column.id;
  const Icon = isSorted ? (sort.desc ? ArrowDown : ArrowUp) : ArrowUpDown;
  return (
    <button
      type="button"
      className={classes['sort']}
      data-sorted={isSorted}
      onClick={() => onSort(nextSort(column, sort))}
    >
      <span>{column.header}</span>
      <Icon size={12} aria-hidden />
    </button>
  );
}

/** Numbers fall first, words rise first; the third click leaves the order to itself. */
function nextSort<Row>({ id, align }: DataColumn<Row>, sort: DataSort | null): DataSort | null {
  const first = align === 'right';
  if (sort?.id !== id) return { id, desc: first };
  return sort.desc === first ? { id, desc: !first } : null;
}

function ariaSort<Row>({ id, value }: DataColumn<Row>, sort: DataSort | null) {
  if (!value) return undefined;
  if (sort?.id !== id) return 'none';
  return sort.desc ? 'descending' : 'ascending';
}
