import { useMemo } from 'react';
import {
  type ContinuousActions,
  type ContinuousSignalsQueryInput,
  type ContinuousState,
  continuousStore,
} from '../index.ts';
import { useScannerClient } from './scanner-provider.tsx';
import { useStoreWithActions } from './use-store.ts';

/** The continuous scanner as it stands, and what can be done with it. */
export interface ContinuousScanner extends ContinuousState, ContinuousActions {}

/**
 * The continuous scanner: whether it runs and how its streams fare, the newest signals as they come, breadth and volatility.
 * @example
 * const { status, signals, start, stop } = useContinuous({ min_score: 60, limit: 50 });
 * <button onClick={() => (status?.running ? stop() : start())}>{status?.running ? 'Stop' : 'Start'}</button>
 * @param query which signals
 */
export function useContinuous(query: ContinuousSignalsQueryInput = {}): ContinuousScanner {
  const client = useScannerClient();
  const name = JSON.stringify(query);
  return useStoreWithActions(useMemo(() => continuousStore(client, JSON.parse(name)), [client, name]));
}
