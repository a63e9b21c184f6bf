import { createEngine, type Engine, type EngineOverrides } from '@fast-scanner/server/engine.ts';
import { type ExchangeServer, exchangeOptionsFor } from './exchange-server/index.ts';
import { sharedAnalyst } from './shared-analyst.ts';
import { testConfig } from './test-config.ts';

export interface LiveEngineOptions extends Partial<EngineOverrides> {
  readonly dataDir: string;
  /** What stands in for Binance. */
  readonly exchange: Pick<ExchangeServer, 'url' | 'symbols'>;
}

export interface LiveEngine {
  readonly engine: Engine;
  /** Errors that are no expected failure. */
  readonly bugs: unknown[];
}

/** A whole engine that scans a test exchange through the real ccxt. Opened; `engine.close()` when done. */
export async function openLiveEngine({
  dataDir,
  exchange,
  ...overrides
}: LiveEngineOptions): Promise<LiveEngine> {
  const bugs: unknown[] = [];
  const config = testConfig({
    dataDir,
    defaultExchange: 'binance',
    universe: exchange.symbols,
    exchangeOptions: { binance: { ...exchangeOptionsFor(exchange), maxRequestsPerSecond: 1000 } },
  });
  const onBug = (error: unknown) => bugs.push(error);
  const engine = await createEngine(config, { analyst: sharedAnalyst(), onBug, ...overrides });
  await engine.open();
  return { engine, bugs };
}
