import type {
  CallOptions,
  CandleRequest,
  Market,
  MarketDataSource,
  Ticker,
} from '@fast-scanner/server/market-data/market-data-source.ts';
import {
  type CandleColumns,
  type CandleRow,
  type CandleSeries,
  columnsFromRows,
  type DataSource,
  rowsFromColumns,
  ScannerError,
  timeframeMs,
} from '@fast-scanner/shared';

export interface CandleCall {
  readonly request: CandleRequest;
  /** 1 for the first request to the source. */
  readonly number: number;
  readonly signal: AbortSignal | undefined;
}

export interface RecordedSourceOptions {
  readonly series: readonly CandleSeries[];
  readonly now: () => number;
  readonly kind?: DataSource['kind'];
  /** Its name. Default: recorded. */
  readonly exchange?: string;
  /** Symbols that are listed but do not trade. */
  readonly inactive?: readonly string[];
}

/**
 * A source in memory that tells the given series up to its clock, the newest candle still forming, and counts what it is asked.
 * Tests change an answer, or make it wait, with `script`.
 */
export class RecordedSource implements MarketDataSource {
  readonly dataSource: DataSource;
  readonly requests: CandleRequest[] = [];
  readonly tickerRequests: (readonly string[])[] = [];
  timesClosed = 0;
  /** Candles are answered as they were known so long ago. */
  lagMs = 0;
  script: (rows: CandleRow[], call: CandleCall) => CandleRow[] | Promise<CandleRow[]> = (rows) => rows;
  tickerScript: (ticker: Ticker) => Ticker = (ticker) => ticker;
  readonly #options: RecordedSourceOptions;

  constructor(options: RecordedSourceOptions) {
    this.#options = options;
    this.dataSource = { exchange: options.exchange ?? 'recorded', kind: options.kind ?? 'live' };
  }

  now(): number {
    return this.#options.now();
  }

  async listMarkets(): Promise<readonly Market[]> {
    const { series, inactive = [] } = this.#options;
    return [...new Set(series.map(({ symbol }) => symbol))].map((symbol) => ({
      ...toMarket(symbol),
      active: !inactive.includes(symbol),
    }));
  }

  async fetchCandles(request: CandleRequest, { signal }: CallOptions = {}): Promise<CandleColumns> {
    signal?.throwIfAborted();
    this.requests.push(request);
    const call = { request, number: this.requests.length, signal };
    const answer = await this.script(this.#rows(request), call);
    signal?.throwIfAborted();
    return columnsFromRows(answer);
  }

  async fetchTickers(symbols: readonly string[], { signal }: CallOptions = {}): Promise<Map<string, Ticker>> {
    signal?.throwIfAborted();
    this.tickerRequests.push(symbols);
    await Promise.resolve();
    return new Map(symbols.map((symbol) => [symbol, this.tickerScript(this.#ticker(symbol))]));
  }

  async close(): Promise<void> {
    this.timesClosed += 1;
  }

  #ticker(symbol: string): Ticker {
    return { symbol, last: 100, change24hPct: null, quoteVolume24h: null, timestamp: this.now() };
  }

  #rows({ symbol, timeframe, limit, since = 0 }: CandleRequest): CandleRow[] {
    const series = this.#options.series.find((one) => one.symbol === symbol && one.timeframe === timeframe);
    if (!series) throw new ScannerError('symbol_unknown', `${symbol} is not recorded`);
    const now = this.now() - this.lagMs;
    const isOpen = ([openTime]: CandleRow) => openTime + timeframeMs(timeframe) > now;
    return rowsFromColumns(series)
      .filter(([openTime]) => openTime >= since && openTime <= now)
      .slice(-limit)
      .map((row) => (isOpen(row) ? forming(row) : row));
  }
}

/** A candle as it looks before its close: other numbers than in the end. */
function forming([openTime, open, , , , volume]: CandleRow): CandleRow {
  return [openTime, open, open, open, open, volume / 2];
}

function toMarket(symbol: string): Omit<Market, 'active'> {
  const [base = symbol, quote = null] = symbol.split(/[/:]/);
  return { symbol, base, quote, kind: kindOf(symbol), tickSize: null };
}

function kindOf(symbol: string): Market['kind'] {
  if (!symbol.includes('/')) return 'stock';
  return symbol.includes(':') ? 'swap' : 'spot';
}
