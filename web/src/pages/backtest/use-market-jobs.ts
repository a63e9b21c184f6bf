import type { JobStatus } from '@fast-scanner/client';
import { useScannerClient } from '@fast-scanner/client/react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';

const REFRESH_MS = 2_000;

/** The market scans of a status, or all, in pages; asked anew while one is under way. */
export function useMarketJobs(status: JobStatus | null) {
  const { marketScans } = useScannerClient();
  const query = useInfiniteQuery({
    queryKey: ['marketJobs', status],
    queryFn: ({ pageParam, signal }) =>
      marketScans.jobs(
        { ...(status !== null && { status }), ...(pageParam !== null && { cursor: pageParam }) },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next_cursor }) => next_cursor,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ jobs }) => jobs.some(({ completed_at }) => completed_at === null))
        ? REFRESH_MS
        : false,
  });
  const jobs = useMemo(() => query.data?.pages.flatMap((page) => page.jobs) ?? [], [query.data]);
  return { ...query, jobs };
}
