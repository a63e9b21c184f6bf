import type { Alert } from '@fast-scanner/client';
import { useAlerts } from '@fast-scanner/client/react';
import { Text } from '@mantine/core';
import { BellOff } from 'lucide-react';
import { useCallback, useMemo } from 'react';
import { useLocation } from 'wouter';
import { symbolPath } from '../../app/page-paths.ts';
import { DataTable } from '../../components/data-table/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { LoadingState } from '../../components/loading-state.tsx';
import { Section } from '../../components/section.tsx';
import { formatCount } from '../../format/format-number.ts';
import { useSearchState } from '../../hooks/use-search-state.ts';
import { FIRING_COLUMNS } from './firing-columns.tsx';
import { FiringsFilterBar } from './firings-filter-bar.tsx';
import { FIRINGS_FIELDS, type FiringsFilters, filterAlerts } from './firings-filters.ts';

/** Room for two lines of detail. */
const ROW_HEIGHT = 48;
/** As many as the server answers at once. */
const NEWEST = { limit: 500 };

/** The alerts that fired, as they fire. */
export function FiringsSection() {
  const { alerts, isLoading, error, refresh } = useAlerts(NEWEST);
  const [filters, change] = useSearchState<FiringsFilters>(FIRINGS_FIELDS);
  const shown = useMemo(() => filterAlerts(alerts, filters), [alerts, filters]);
  const isFiltered = shown.length < alerts.length;
  return (
    <Section title="Fired" description="The newest first; a row opens its symbol’s page.">
      {error && (
        <ErrorState title="The list may be out of date" error={error} onRetry={() => void refresh()} />
      )}
      <FiringsFilterBar alerts={alerts} filters={filters} onChange={change} />
      {isLoading && !error && <LoadingState label="Loading the alerts" />}
      {!isLoading && (
        <>
          <Text size="xs" c="dimmed" role="status">
            {isFiltered
              ? `${shown.length} of ${formatCount(alerts.length, 'alert')}`
              : formatCount(alerts.length, 'alert')}
          </Text>
          <FiringsTable alerts={shown} isFiltered={isFiltered} />
        </>
      )}
    </Section>
  );
}

interface FiringsTableProps {
  readonly alerts: readonly Alert[];
  readonly isFiltered: boolean;
}

function FiringsTable({ alerts, isFiltered }: FiringsTableProps) {
  const [, navigate] = useLocation();
  const open = useCallback(
    ({ symbol, exchange, timeframe }: Alert) => navigate(symbolPath(symbol, { exchange, timeframe })),
    [navigate],
  );
  return (
    <DataTable
      label="Alerts"
      columns={FIRING_COLUMNS}
      rows={alerts}
      rowId={idOf}
      rowHeight={ROW_HEIGHT}
      onOpen={open}
      empty={
        <EmptyState title={isFiltered ? 'No alert matches' : 'No alert yet'} icon={BellOff}>
          {isFiltered
            ? 'Change or clear the filters.'
            : 'Two scans of the same symbols are needed. The preview says what would fire now, and why not.'}
        </EmptyState>
      }
    />
  );
}

function idOf({ seq }: Alert): string {
  return String(seq);
}
