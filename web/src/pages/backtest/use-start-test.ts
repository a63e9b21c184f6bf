import type { MarketScanInput } from '@fast-scanner/client';
import { useScannerClient } from '@fast-scanner/client/react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { backtestPath } from '../../app/page-paths.ts';

/** Starts a market scan and goes to its page. */
export function useStartTest() {
  const client = useScannerClient();
  const queryClient = useQueryClient();
  const [, navigate] = useLocation();
  return useMutation({
    mutationFn: (input: MarketScanInput) => client.marketScans.start(input),
    onSuccess: ({ jobId }) => {
      void queryClient.invalidateQueries({ queryKey: ['marketJobs'] });
      navigate(backtestPath(jobId));
    },
  });
}
