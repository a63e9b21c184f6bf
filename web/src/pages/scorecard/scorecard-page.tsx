import type { Scorecard } from '@fast-scanner/client';
import { useScannerClient, useScorecard } from '@fast-scanner/client/react';
import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ChartCandlestick } from 'lucide-react';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { LoadingState } from '../../components/loading-state.tsx';
import { OfflineNotice } from '../../components/offline-notice.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { useSearchState } from '../../hooks/use-search-state.ts';
import { FilterBar } from './filter-bar.tsx';
import { GroupsSection } from './groups-section.tsx';
import { ModelsSection } from './models-section.tsx';
import { OverallSection } from './overall-section.tsx';
import { ReliabilitySection } from './reliability-section.tsx';
import { SCORECARD_FIELDS, type ScorecardFilters, toScorecardQuery } from './scorecard-filters.ts';

/** Everything the scanner said, held against what happened. */
export function ScorecardPage() {
  const [filters, change] = useSearchState<ScorecardFilters>(SCORECARD_FIELDS);
  const { scorecard, isLoading, error, refresh } = useScorecard(toScorecardQuery(filters));
  const groups = useAllGroups() ?? scorecard?.groups ?? {};
  return (
    <>
      <PageHeader
        title="Scorecard"
        description="Every signal is followed to its outcome. This is what they were worth: the past, and no promise."
      />
      <OfflineNotice />
      <Stack gap="md">
        <FilterBar filters={filters} onChange={change} groups={groups} />
        {error && (
          <ErrorState
            title={scorecard ? 'The scorecard may be out of date' : 'There is no scorecard'}
            error={error}
            onRetry={() => void refresh()}
          />
        )}
        {isLoading && !error && <LoadingState label="Loading the scorecard" rowHeight={64} />}
        {scorecard && <Figures scorecard={scorecard} onFilter={change} />}
        <ModelsSection />
      </Stack>
    </>
  );
}

interface FiguresProps {
  readonly scorecard: Scorecard;
  readonly onFilter: (change: Partial<ScorecardFilters>) => void;
}

function Figures({ scorecard, onFilter }: FiguresProps) {
  const { n, pending, unknown } = scorecard.overall;
  if (n + pending + unknown === 0) {
    return (
      <EmptyState title="No signal of these" icon={ChartCandlestick}>
        Change or clear the filters. Signals of scans, armed runs and the continuous scanner come here by
        themselves; <code>fast-scanner replay</code> brings months of them at once.
      </EmptyState>
    );
  }
  return (
    <>
      <OverallSection scorecard={scorecard} />
      <GroupsSection groups={scorecard.groups} onFilter={onFilter} />
      <ReliabilitySection {...scorecard} />
    </>
  );
}

const STALE_MS = 10 * 60_000;

/** The groups of all signals: what there is to filter by. */
function useAllGroups(): Scorecard['groups'] | undefined {
  const { outcomes } = useScannerClient();
  const { data } = useQuery({
    queryKey: ['scorecard', 'groups'],
    queryFn: ({ signal }) => outcomes.scorecard({}, { signal }),
    select: ({ groups }) => groups,
    staleTime: STALE_MS,
  });
  return data;
}
