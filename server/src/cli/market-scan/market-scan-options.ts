import type { Timeframe } from '@fast-scanner/shared';
import type { ServerOptions } from '../server/with-server.ts';

/** Which stocks to test on, and how. */
export interface TestOptions extends ServerOptions {
  /** Id of a strategy, or the file of an own one. */
  readonly strategy: string;
  readonly universe?: 'sp500';
  readonly tickers?: readonly string[];
  readonly exchange?: string;
  readonly interval?: Timeframe;
  readonly start?: string;
  readonly end?: string;
  readonly cash?: number;
  readonly commission?: number;
  readonly slippage?: number;
  readonly direction?: 'long' | 'short' | 'both';
  readonly units?: 'whole' | 'fractional';
  readonly lastTrade?: 'close' | 'open';
  readonly detach?: boolean;
  readonly json?: boolean;
}

/** Files that the result is written to. */
export interface OutputOptions {
  readonly report?: string;
  readonly csv?: string;
}

/** What `fast-scanner market-scan` was asked. */
export interface MarketScanOptions extends TestOptions, OutputOptions {
  readonly param?: Readonly<Record<string, number>>;
}

/** What `fast-scanner market-scan sweep` was asked. */
export interface SweepOptions extends TestOptions {
  readonly param: Readonly<Record<string, readonly number[]>>;
  readonly inSample?: number;
}
