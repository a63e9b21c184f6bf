import { useMemo } from 'react';
import { type RunsActions, type RunsQueryInput, type RunsState, runsStore } from '../index.ts';
import { useScannerClient } from './scanner-provider.tsx';
import { useStoreWithActions } from './use-store.ts';

/** The history of runs, and what can be done with it. */
export interface ScanRuns extends RunsState, RunsActions {}

/**
 * The history of scan runs, newest first. It follows runs that are queued, start and end.
 * @example
 * const { runs, hasMore, loadMore } = useScanRuns({ status: 'completed' });
 * {runs.map((run) => <li key={run.run_id}>{run.mode}: {run.signals} signals</li>)}
 * {hasMore && <button onClick={loadMore}>Older ones</button>}
 */
export function useScanRuns(query: RunsQueryInput = {}): ScanRuns {
  const client = useScannerClient();
  const name = JSON.stringify(query);
  return useStoreWithActions(useMemo(() => runsStore(client, JSON.parse(name)), [client, name]));
}
