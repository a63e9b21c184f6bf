import { type Clock, ScannerError } from '@fast-scanner/shared';
import { withDeadline } from '../market-data/deadline.ts';
import type { MarketFeed, MarketFeeds } from '../market-data/market-feed.ts';
import type { MarketService } from './market-service.ts';
import { type PriceReading, readPrices } from './read-prices.ts';

export interface MarketServiceOptions {
  readonly feeds: MarketFeeds;
  readonly clock: Clock;
}

/** Whoever wants a price wants it now: an exchange that takes longer has failed. */
const DEADLINE_MS = 15_000;

/** The market's answers to the windows. Nothing runs but what was asked for. */
export function createMarketService({ feeds, clock }: MarketServiceOptions): MarketService {
  const openFeed = (exchange = feeds.defaultExchange) => feeds.get(exchange);
  const read = (feed: MarketFeed, symbols: readonly string[]) =>
    withDeadline({ clock, deadlineMs: DEADLINE_MS }, (signal) => readPrices(feed, symbols, { signal }));

  return {
    prices: async ({ symbols, exchange }) => {
      const feed = await openFeed(exchange);
      const reading = await read(feed, symbols);
      if (reading.prices.length === 0) throw totalFailure(reading);
      const { prices, errors } = reading;
      return {
        success: true,
        prices: [...prices],
        total: prices.length,
        errors: errors.length === 0 ? null : [...errors],
        ...origin(feed),
      };
    },
    price: async (symbol, { exchange }) => {
      const feed = await openFeed(exchange);
      const { prices, errors } = await read(feed, [symbol]);
      const [price] = prices;
      if (price) return { success: true, ...price, ...origin(feed) };
      throw new ScannerError(errors[0]?.code ?? 'no_data', errors[0]?.error ?? `${symbol} has no price`);
    },
  };
}

function origin({ dataSource }: MarketFeed) {
  return { exchange: dataSource.exchange, dataSource };
}

function totalFailure({ errors }: PriceReading): ScannerError {
  const fields = errors.map(({ code, error }) => ({ pointer: '?symbols', code, detail: error }));
  const detail = `none of the symbols has a price: ${errors[0]?.error}`;
  return new ScannerError('no_data', detail, { errors: fields });
}
