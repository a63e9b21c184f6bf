import type { Clock } from '@fast-scanner/shared';
import { type ExchangeServer, exchangeOptionsFor } from './exchange-server/index.ts';
import { type RunningApp, startApp } from './running-app.ts';

export interface LiveAppOptions {
  readonly dataDir: string;
  /** What stands in for Binance. */
  readonly exchange: Pick<ExchangeServer, 'url' | 'symbols'>;
  readonly clock?: Clock;
}

/** The whole product on a test exchange through the real ccxt. */
export function startLiveApp({ dataDir, exchange, clock }: LiveAppOptions): Promise<RunningApp> {
  const binance = { ...exchangeOptionsFor(exchange), maxRequestsPerSecond: 1_000 };
  const config = { dataDir, defaultExchange: 'binance', exchangeOptions: { binance } };
  return startApp(config, clock && { clock });
}
