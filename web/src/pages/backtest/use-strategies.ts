import type { StrategiesResponse } from '@fast-scanner/client';
import { useScannerClient } from '@fast-scanner/client/react';
import { useQuery } from '@tanstack/react-query';

export type StrategyInfo = StrategiesResponse['strategies'][number];
export type ParameterInfo = StrategyInfo['parameters'][number];

/** The strategies of the server, with what each parameter means. They last as long as the server. */
export function useStrategies() {
  const client = useScannerClient();
  return useQuery({
    queryKey: ['strategies'],
    queryFn: ({ signal }) => client.marketScans.strategies({ signal }),
    select: ({ strategies }) => strategies,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** What people call a strategy; its id until it is known. */
export function useStrategyTitle(id: string | null): string | null {
  const { data } = useStrategies();
  return data?.find((strategy) => strategy.id === id)?.title ?? id;
}
