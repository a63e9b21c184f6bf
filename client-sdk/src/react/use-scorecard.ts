import { useMemo } from 'react';
import { type ScorecardQuery, type ScorecardState, type ScorecardStore, scorecardStore } from '../index.ts';
import { useScannerClient } from './scanner-provider.tsx';
import { useStoreWithActions } from './use-store.ts';

/** The scorecard, and what can be done with it. */
export interface ScorecardHook extends ScorecardState, Pick<ScorecardStore, 'refresh'> {}

/**
 * What became of the signals that match a query: hit rates with their intervals, returns after costs, how far predictions can be believed.
 * @example
 * const { scorecard, isLoading } = useScorecard({ timeframe: '1h', origin: 'scan' });
 * <p>{scorecard?.verdict}</p>
 * {scorecard?.groups.type?.map(({ key, hit_rate, note }) => <li key={key}>{key}: {hit_rate ?? note}</li>)}
 */
export function useScorecard(query: ScorecardQuery = {}): ScorecardHook {
  const client = useScannerClient();
  const name = JSON.stringify(query);
  return useStoreWithActions(useMemo(() => scorecardStore(client, JSON.parse(name)), [client, name]));
}
