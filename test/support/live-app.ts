import { type ExchangeServer, exchangeOptionsFor } from './exchange-server/index.ts';
import { type RunningApp, startApp } from './running-app.ts';

export interface LiveAppOptions {
  readonly dataDir: string;
  /** What stands in for Binance. */
  readonly exchange: Pick<ExchangeServer, 'url' | 'symbols'>;
}

/** The whole product on a test exchange through the real ccxt. */
export function startLiveApp({ dataDir, exchange }: LiveAppOptions): Promise<RunningApp> {
  const binance = { ...exchangeOptionsFor(exchange), maxRequestsPerSecond: 1_000 };
  return startApp({ dataDir, defaultExchange: 'binance', exchangeOptions: { binance } });
}
