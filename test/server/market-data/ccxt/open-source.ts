import { createCcxtMarketData } from '@fast-scanner/server/market-data/ccxt/ccxt-market-data.ts';
import type { MarketDataSource } from '@fast-scanner/server/market-data/market-data-source.ts';
import { systemClock } from '@fast-scanner/server/ops/system-clock.ts';
import {
  type ExchangeServer,
  type ExchangeServerOptions,
  exchangeOptionsFor,
  startExchangeServer,
} from '../../../support/exchange-server/index.ts';

export interface OpenExchange {
  readonly server: ExchangeServer;
  readonly source: MarketDataSource;
}

interface OpenOptions extends ExchangeServerOptions {
  /** For ccxt's constructor, beside the addresses. */
  readonly ccxt?: Readonly<Record<string, unknown>>;
}

/** A fresh test exchange and the real ccxt on it before each test of the suite; both closed after it. */
export function openSource({ ccxt = {}, ...options }: OpenOptions = {}): OpenExchange {
  const open: { server?: ExchangeServer; source?: MarketDataSource } = {};
  beforeEach(async () => {
    open.server = await startExchangeServer({ symbols: 5, ...options });
    const constructorOptions = { ...exchangeOptionsFor(open.server), ...ccxt };
    open.source = createCcxtMarketData({
      exchangeId: 'binance',
      options: constructorOptions,
      clock: systemClock,
    });
  });
  afterEach(async () => {
    await open.source?.close();
    await open.server?.close();
  });
  return {
    get server() {
      return present(open.server);
    },
    get source() {
      return present(open.source);
    },
  };
}

function present<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('only there while a test runs');
  return value;
}
