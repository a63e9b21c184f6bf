import {
  type ColumnDef,
  columnFilteringFeature,
  createFilteredRowModel,
  createSortedRowModel,
  filterFn_includesString,
  globalFilteringFeature,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useMemo } from 'react';
import type { DataColumn, DataSort } from './data-column.ts';

const features = tableFeatures({
  rowSortingFeature,
  columnFilteringFeature,
  globalFilteringFeature,
  sortedRowModel: createSortedRowModel(),
  filteredRowModel: createFilteredRowModel(),
  filterFns: { includesString: filterFn_includesString },
});

interface RowOrderOptions<Row> {
  readonly columns: readonly DataColumn<Row>[];
  readonly rows: readonly Row[];
  readonly rowId: (row: Row) => string;
  readonly sort: DataSort | null;
  readonly search: string;
}

/** The rows that are searched for, in the order of the sorting. */
export function useRowOrder<Row extends object>(options: RowOrderOptions<Row>): readonly Row[] {
  const { columns, rows, rowId, sort, search } = options;
  const searched = useMemo(
    () => new Set(columns.filter(({ isSearched }) => isSearched).map(({ id }) => id)),
    [columns],
  );
  const table = useTable({
    features,
    columns: useMemo(() => columns.map((column) => toColumnDef(column)), [columns]),
    data: rows,
    getRowId: rowId,
    globalFilterFn: 'includesString',
    getColumnCanGlobalFilter: ({ id }) => searched.has(id),
    state: {
      sorting: useMemo(() => (sort ? [{ ...sort }] : []), [sort]),
      globalFilter: search,
      columnFilters: NO_FILTERS,
    },
  });
  const model = table.getRowModel();
  return useMemo(() => model.rows.map(({ original }) => original), [model]);
}

const NO_FILTERS: [] = [];

function toColumnDef<Row extends object>({ id, value }: DataColumn<Row>): ColumnDef<typeof features, Row> {
  return {
    id,
    accessorFn: (row: Row) => value?.(row) ?? undefined,
    sortUndefined: 'last',
    sortFn: (one, other) => compare(one.getValue(id), other.getValue(id)),
  };
}

function compare(one: unknown, other: unknown): number {
  if (typeof one === 'string' && typeof other === 'string') return one < other ? -1 : Number(one > other);
  return Number(one) - Number(other);
}
