import type { Price, PriceError } from '@fast-scanner/shared';
import type { ClientError } from '../client-error.ts';
import type { ScannerClient } from '../create-scanner-client.ts';
import type { PriceUpdate } from '../price-feed.ts';
import type { WatchPricesOptions } from '../prices.ts';
import { jobFailure } from './job-state.ts';
import type { ReadableStore } from './readable-store.ts';
import { StateCell } from './state-cell.ts';
import { sharedStore } from './store-registry.ts';

/** Live prices. */
export interface PricesState {
  /** By symbol; a symbol that has none is absent. */
  readonly prices: ReadonlyMap<string, Price>;
  /** Symbols that have no price, and why. */
  readonly errors: ReadonlyMap<string, PriceError>;
  /** Whose prices; `null` before the first. */
  readonly exchange: string | null;
  /** Nothing was heard yet. */
  readonly isLoading: boolean;
  /** Why there is nothing new for now: the prices are as they were last. */
  readonly error: ClientError | null;
}

const NO_PRICES: PricesState = {
  prices: new Map(),
  errors: new Map(),
  exchange: null,
  isLoading: true,
  error: null,
};

/** The prices of some symbols; shared by all who ask for the same. In a hidden page nothing is asked for. */
export function pricesStore(
  client: ScannerClient,
  symbols: readonly string[],
  { exchange }: WatchPricesOptions = {},
): ReadableStore<PricesState> {
  const wanted = [...new Set(symbols)].sort();
  return sharedStore(client, `prices ${JSON.stringify([exchange, ...wanted])}`, () =>
    createPricesStore(client, wanted, { exchange }),
  );
}

function createPricesStore(
  { prices }: ScannerClient,
  symbols: readonly string[],
  options: WatchPricesOptions,
): ReadableStore<PricesState> {
  let stop = () => {};
  const cell = new StateCell<PricesState>(
    { ...NO_PRICES, isLoading: symbols.length > 0 },
    {
      onWatched: () => {
        if (symbols.length > 0)
          stop = prices.watch(symbols, (update) => cell.set(foldPrices(cell.state, update)), options);
      },
      onForgotten: () => stop(),
    },
  );
  return cell;
}

function foldPrices(state: PricesState, update: PriceUpdate): PricesState {
  const prices = new Map(state.prices);
  const errors = new Map(state.errors);
  for (const price of update.prices) {
    prices.set(price.symbol, price);
    errors.delete(price.symbol);
  }
  for (const error of update.errors ?? []) {
    errors.set(error.symbol, error);
    prices.delete(error.symbol);
  }
  const error = update.error && jobFailure(update.error.code, update.error.detail);
  return { prices, errors, exchange: update.exchange, isLoading: false, error };
}
