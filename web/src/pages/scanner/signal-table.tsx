import { useCallback, useMemo } from 'react';
import { useLocation } from 'wouter';
import type { DataSort } from '../../components/data-table/data-column.ts';
import { DataTable } from '../../components/data-table/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ResultsToolbar } from './results-toolbar.tsx';
import { rowPath, SCAN_COLUMNS } from './scan-columns.tsx';
import { rowIdOf, type ScanRow } from './scan-row.ts';
import type { ScannerFilters } from './scanner-filters.ts';

interface SignalTableProps {
  readonly rows: readonly ScanRow[];
  readonly filters: ScannerFilters;
  readonly onFilter: (change: Partial<ScannerFilters>) => void;
}

/** The symbols of a scan, those that the filters let through. */
export function SignalTable({ rows, filters, onFilter }: SignalTableProps) {
  const [, navigate] = useLocation();
  const { signal, strength, sort, q } = filters;
  const shown = useMemo(
    () =>
      rows.filter(({ result }) => (signal ?? result.signal) === result.signal && result.strength >= strength),
    [rows, signal, strength],
  );
  const onSort = useCallback((sort: DataSort | null) => onFilter({ sort }), [onFilter]);
  const onOpen = useCallback((row: ScanRow) => navigate(rowPath(row)), [navigate]);
  return (
    <>
      <ResultsToolbar filters={filters} onChange={onFilter} shown={shown.length} total={rows.length} />
      <DataTable
        label="Signals"
        columns={SCAN_COLUMNS}
        rows={shown}
        rowId={rowIdOf}
        sort={sort}
        onSortChange={onSort}
        search={q}
        onOpen={onOpen}
        maxHeight="max(360px, 64vh)"
        empty={
          <EmptyState title="No symbol fits the filters">
            Widen the search, the signal or the strength.
          </EmptyState>
        }
      />
    </>
  );
}
