import type { Scorecard, ScorecardQuery } from '@fast-scanner/shared';
import type { ScannerClient } from '../create-scanner-client.ts';
import { onPageVisibility } from '../page-visibility.ts';
import { type LiveState, LiveStore } from './live-store.ts';
import type { ReadableStore } from './readable-store.ts';
import { sharedStore } from './store-registry.ts';

/** The scorecard as it was last read. */
export interface ScorecardState extends LiveState {
  /** `null` until it was read. */
  readonly scorecard: Scorecard | null;
}

export interface ScorecardStore extends ReadableStore<ScorecardState> {
  readonly refresh: () => Promise<void>;
}

/** Signals settle when candles close, and none of them closes more often. */
const INTERVAL_MS = 60_000;

/** The scorecard of the signals that match a query, read anew every minute while the page is shown; shared by all who ask for the same. */
export function scorecardStore(client: ScannerClient, query: ScorecardQuery = {}): ScorecardStore {
  return sharedStore(
    client,
    `scorecard ${JSON.stringify(query)}`,
    () =>
      new LiveStore<ScorecardState, 'stale'>({
        initial: { scorecard: null, isLoading: true, error: null },
        watch: (onNews, { onReady }) => {
          onReady?.();
          return everyMinute(() => onNews('stale'));
        },
        read: async (options) => {
          const { success, timestamp, ...scorecard } = await client.outcomes.scorecard(query, options);
          return (state) => ({ ...state, scorecard });
        },
        onNews: () => null,
      }),
  );
}

/** Calls `task` every minute in which the page is shown, and when it is shown again. */
function everyMinute(task: () => void): () => void {
  let timer: ReturnType<typeof setInterval> | undefined;
  let wasHidden = false;
  const stopLooking = onPageVisibility((isVisible) => {
    clearInterval(timer);
    if (isVisible) timer = setInterval(task, INTERVAL_MS);
    if (isVisible && wasHidden) task();
    wasHidden = !isVisible;
  });
  return () => {
    clearInterval(timer);
    stopLooking();
  };
}
