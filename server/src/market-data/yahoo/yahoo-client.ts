import { ScannerError } from '@fast-scanner/shared';
import { loadYahooFinance, type YahooFinanceClient } from './load-yahoo-finance.ts';
import { readChart, type StockChart } from './read-chart.ts';
import { toYahooSymbol } from './yahoo-symbol.ts';
import { createYahooTransport, type YahooTransportOptions } from './yahoo-transport.ts';

/** Runs one request when Yahoo may be asked: the governor's `run`. */
export type RunGoverned = <Result>(work: () => Promise<Result>, signal: AbortSignal) => Promise<Result>;

export interface YahooClientOptions extends YahooTransportOptions {
  readonly run: RunGoverned;
}

/** Earlier than any price Yahoo has. */
const EARLIEST_MS = Date.UTC(1962, 0, 1);

/** Asks Yahoo Finance, one governed request a chart. The library is imported by the first one. */
export class YahooClient {
  readonly #options: YahooClientOptions;
  #library: Promise<YahooFinanceClient> | null = null;

  constructor(options: YahooClientOptions) {
    this.#options = options;
  }

  /**
   * Daily candles of a stock from a moment to now; none when the moment has not come.
   * @throws ScannerError `symbol_unknown`, `exchange_bad_response`, … ; `exchange_unavailable` also without the optional package
   */
  async chart(symbol: string, from: number, signal: AbortSignal): Promise<StockChart> {
    const period1 = new Date(Math.max(from, EARLIEST_MS));
    const period2 = new Date(this.#options.now());
    const yahooSymbol = toYahooSymbol(symbol);
    const library = await this.#load();
    if (period2.getTime() - period1.getTime() < 1_000) return NO_CHART;
    const query = { period1, period2, interval: '1d', includePrePost: false, return: 'object' } as const;
    const ask = () =>
      library
        .chart(yahooSymbol, query, { validateResult: false, fetchOptions: { signal } })
        .then(readChart)
        .catch((error) => Promise.reject(toFailure(error, signal)));
    return this.#options.run(ask, signal).catch((error) => {
      if (error instanceof ScannerError && error.code === 'no_data') return NO_CHART;
      throw error;
    });
  }

  #load(): Promise<YahooFinanceClient> {
    this.#library ??= loadYahooFinance(createYahooTransport(this.#options));
    return this.#library;
  }
}

const NO_CHART: StockChart = { rows: [], paidCloses: [], lastPrice: null, lastPriceAt: null };

/** Whatever else the library throws comes from tripping over the answer. */
function toFailure(error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  if (error instanceof ScannerError) return error;
  return new ScannerError('exchange_bad_response', 'Yahoo Finance: sent something unreadable', {
    cause: error,
  });
}
