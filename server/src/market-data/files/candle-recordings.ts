import type { CandleColumns, Timeframe } from '@fast-scanner/shared';

/** Everything recorded of some symbols, past and future. Whoever shows candles must leave out what was not known at its moment. */
export interface CandleRecordings {
  /**
   * Every candle of a timeframe: of its own file, else made from the longest shorter timeframe that divides it. Rows as they were recorded.
   * @throws ScannerError `symbol_unknown`; `not_supported` when there is nothing to make it from; `bad_data`
   */
  all(symbol: string, timeframe: Timeframe, signal: AbortSignal): Promise<CandleColumns>;
  /** The recorded timeframes of a symbol, shortest first. @throws ScannerError `symbol_unknown` */
  timeframes(symbol: string, signal: AbortSignal): Promise<readonly Timeframe[]>;
}
