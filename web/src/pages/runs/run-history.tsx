import type { RunSummary } from '@fast-scanner/client';
import { useScanRuns } from '@fast-scanner/client/react';
import { Button, Center } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import { useLocation } from 'wouter';
import { runPath } from '../../app/page-paths.ts';
import { DataTable } from '../../components/data-table/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { LoadingState } from '../../components/loading-state.tsx';
import { Section } from '../../components/section.tsx';
import { useSearchState } from '../../hooks/use-search-state.ts';
import { toggleCompared } from './compared-runs.ts';
import { HISTORY_FIELDS, toRunsQuery } from './history-choice.ts';
import { toHistoryColumns } from './history-columns.tsx';
import { HistoryFilters } from './history-filters.tsx';
import { RunDiff } from './run-diff.tsx';

/** The runs that were, newest first. It follows what happens to them, and compares two. */
export function RunHistory() {
  const [choice, change] = useSearchState(HISTORY_FIELDS);
  const history = useScanRuns(toRunsQuery(choice));
  const { compare } = choice;
  return (
    <Section
      title="History"
      description="A row opens its run. Choose two to see what changed from the older to the newer."
    >
      <HistoryFilters choice={choice} onChange={change} />
      {compare.length > 0 && <RunDiff runIds={compare} onClear={() => change({ compare: [] })} />}
      {history.error && (
        <ErrorState
          title="The history may be out of date"
          error={history.error}
          onRetry={() => void history.refresh()}
        />
      )}
      {history.isLoading && !history.error ? (
        <LoadingState label="Loading the history" />
      ) : (
        <HistoryTable
          runs={history.runs}
          compared={compare}
          onCompare={(runId) => change({ compare: toggleCompared(compare, runId, history.runs) })}
          isFiltered={choice.q !== '' || choice.status !== null || choice.was !== null}
        />
      )}
      {history.hasMore && (
        <Center>
          <Button variant="default" onClick={() => void history.loadMore()}>
            Older runs
          </Button>
        </Center>
      )}
    </Section>
  );
}

interface HistoryTableProps {
  readonly runs: readonly RunSummary[];
  readonly compared: readonly string[];
  readonly onCompare: (runId: string) => void;
  readonly isFiltered: boolean;
}

function HistoryTable({ runs, compared, onCompare, isFiltered }: HistoryTableProps) {
  const [, navigate] = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is done on a choice depends on nothing but the chosen
  const columns = useMemo(() => toHistoryColumns(compared, onCompare), [compared]);
  const open = useCallback(({ run_id }: RunSummary) => navigate(runPath(run_id)), [navigate]);
  return (
    <DataTable
      label="Runs"
      columns={columns}
      rows={runs}
      rowId={idOf}
      onOpen={open}
      maxHeight="60vh"
      empty={
        <EmptyState title={isFiltered ? 'No run matches' : 'No run yet'}>
          {isFiltered ? 'Change or clear the filters.' : 'Arm the scanner above: its runs are listed here.'}
        </EmptyState>
      }
    />
  );
}

function idOf({ run_id }: RunSummary): string {
  return run_id;
}
