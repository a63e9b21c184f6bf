import type { ContinuousSignalsQueryInput, StartContinuousInput } from '@fast-scanner/shared';
import { toClientError } from '../client-error.ts';
import type { ContinuousEvent } from '../continuous.ts';
import type { ScannerClient } from '../create-scanner-client.ts';
import { type ContinuousState, NO_CONTINUOUS } from './continuous-state.ts';
import { foldContinuousEvent } from './fold-continuous.ts';
import { LiveStore } from './live-store.ts';
import type { ReadableStore } from './readable-store.ts';
import { sharedStore } from './store-registry.ts';

export interface ContinuousActions {
  /** Resolves with whether it runs now; why not is in `error`. */
  readonly start: (input?: StartContinuousInput) => Promise<boolean>;
  /** Resolves with whether it is stopped now; why not is in `error`. */
  readonly stop: () => Promise<boolean>;
  /** Reads everything anew, such as how late its streams are. */
  readonly refresh: () => Promise<void>;
}

export interface ContinuousStore extends ReadableStore<ContinuousState>, ContinuousActions {}

/** The continuous scanner with the signals that match a query; shared by all who ask for the same. */
export function continuousStore(
  client: ScannerClient,
  query: ContinuousSignalsQueryInput = {},
): ContinuousStore {
  return sharedStore(client, `continuous ${JSON.stringify(query)}`, () =>
    createContinuousStore(client, query),
  );
}

function createContinuousStore(
  { continuous }: ScannerClient,
  query: ContinuousSignalsQueryInput,
): ContinuousStore {
  const store = new LiveStore<ContinuousState, ContinuousEvent>({
    initial: NO_CONTINUOUS,
    watch: (onNews, options) => continuous.watch(onNews, options),
    read: async (options) => {
      const [status, { signals }] = await Promise.all([
        continuous.status(options),
        continuous.signals(query, options),
      ]);
      return (state) => ({
        ...state,
        status,
        signals,
        marketState: status.market_state ?? state.marketState,
      });
    },
    onNews: (state, event) => foldContinuousEvent(state, event, query),
  });
  const { getSnapshot, subscribe, refresh, change } = store;
  const changing = async (call: () => Promise<unknown>) => {
    change((state) => ({ ...state, isChanging: true, error: null }));
    try {
      await call();
      await refresh();
      return true;
    } catch (error) {
      change((state) => ({ ...state, error: toClientError(error) }));
      return false;
    } finally {
      change((state) => ({ ...state, isChanging: false }));
    }
  };
  return {
    getSnapshot,
    subscribe,
    refresh,
    start: (input) => changing(() => continuous.start(input)),
    stop: () => changing(() => continuous.stop()),
  };
}
