import { JOB_STATUSES, type MarketJob } from '@fast-scanner/client';
import { Button, Center } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import { useLocation } from 'wouter';
import { backtestPath } from '../../app/page-paths.ts';
import { ChoiceSelect } from '../../components/choice-select.tsx';
import { DataTable } from '../../components/data-table/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { LoadingState } from '../../components/loading-state.tsx';
import { Section } from '../../components/section.tsx';
import { choiceField, useSearchState } from '../../hooks/use-search-state.ts';
import { toJobColumns } from './job-columns.tsx';
import { useMarketJobs } from './use-market-jobs.ts';
import { useStrategies } from './use-strategies.ts';

const FIELDS = { status: choiceField(JOB_STATUSES) };

/** The market scans that were, newest first. */
export function JobHistory() {
  const [{ status }, change] = useSearchState(FIELDS);
  const { jobs, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } =
    useMarketJobs(status);
  return (
    <Section
      title="History"
      description="A row opens its market scan."
      actions={
        <ChoiceSelect
          label="Status"
          hidesLabel
          choices={JOB_STATUSES}
          value={status}
          onChange={(status) => change({ status })}
          w={160}
        />
      }
    >
      {error && (
        <ErrorState title="The history may be out of date" error={error} onRetry={() => void refetch()} />
      )}
      {isPending ? (
        <LoadingState label="Loading the history" />
      ) : (
        <JobTable jobs={jobs} isFiltered={status !== null} />
      )}
      {hasNextPage && (
        <Center>
          <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Older market scans
          </Button>
        </Center>
      )}
    </Section>
  );
}

function JobTable({
  jobs,
  isFiltered,
}: {
  readonly jobs: readonly MarketJob[];
  readonly isFiltered: boolean;
}) {
  const { data: strategies } = useStrategies();
  const [, navigate] = useLocation();
  const columns = useMemo(() => {
    const titles = new Map(strategies?.map(({ id, title }) => [id, title]));
    return toJobColumns((id) => titles.get(id) ?? id);
  }, [strategies]);
  const open = useCallback(({ job_id }: MarketJob) => navigate(backtestPath(job_id)), [navigate]);
  return (
    <DataTable
      label="Market scans"
      columns={columns}
      rows={jobs}
      rowId={idOf}
      onOpen={open}
      maxHeight="60vh"
      empty={
        <EmptyState title={isFiltered ? 'No market scan matches' : 'No market scan yet'}>
          {isFiltered ? 'Choose another status.' : 'Start a test above: it is listed here.'}
        </EmptyState>
      }
    />
  );
}

function idOf({ job_id }: MarketJob): string {
  return job_id;
}
