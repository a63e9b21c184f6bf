import type { ContinuousStatus } from '@fast-scanner/client';
import { useScannerClient } from '@fast-scanner/client/react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

const STATUS_KEY = ['continuous', 'status'];
const REFRESH_MS = 5000;

/** How the loops and buffers stand, read again and again: the live topic tells only what changes. */
export function useContinuousStatus(live: ContinuousStatus | null) {
  const client = useScannerClient();
  const queryClient = useQueryClient();
  const startedAt = live?.started_at;
  // biome-ignore lint/correctness/useExhaustiveDependencies: somebody has started or stopped it
  useEffect(() => void queryClient.invalidateQueries({ queryKey: STATUS_KEY }), [queryClient, startedAt]);
  return useQuery({
    queryKey: STATUS_KEY,
    queryFn: ({ signal }) => client.continuous.status({ signal }),
    refetchInterval: REFRESH_MS,
  });
}

/** Starts or stops it, and reads how it stands then. */
export function useChangeContinuous<Input>(call: (input: Input) => Promise<unknown>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: call,
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['continuous'] }),
  });
}
