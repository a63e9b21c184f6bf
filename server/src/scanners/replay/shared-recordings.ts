import { type CandleColumns, ScannerError, type Timeframe, timeframeMs } from '@fast-scanner/shared';
import type { CandleRecordings } from '../../market-data/files/candle-recordings.ts';
import { selectRange } from '../../market-data/select-range.ts';
import { isMissing, type SymbolRecording } from './symbol-recording.ts';

/**
 * The recording of a symbol as far as it is closed at `now()`, as views: a reader that looks for the newest rows finds them at the end.
 * Rows that are not in order of time are all answered, for the reader to leave out what is not closed.
 */
export class SharedRecordings implements CandleRecordings {
  readonly #recording: SymbolRecording;
  readonly #now: () => number;
  readonly #ordered = new Map<Timeframe, boolean>();
  readonly #failures = new Map<Timeframe, ScannerError>();

  constructor(recording: SymbolRecording, now: () => number) {
    this.#recording = recording;
    this.#now = now;
  }

  async timeframes(symbol: string): Promise<readonly Timeframe[]> {
    this.#assertKnown(symbol);
    return this.#recording.recorded;
  }

  async all(symbol: string, timeframe: Timeframe): Promise<CandleColumns> {
    this.#assertKnown(symbol);
    const whole = this.whole(timeframe);
    if (!this.isOrdered(timeframe)) return whole;
    return selectRange(whole, { from: Number.NEGATIVE_INFINITY, to: this.#now() - timeframeMs(timeframe) });
  }

  /** All candles of a timeframe, past and future. @throws ScannerError why there are none */
  whole(timeframe: Timeframe): CandleColumns {
    const candles = this.#recording.candles.get(timeframe);
    if (candles && !isMissing(candles)) return candles;
    throw this.#failure(timeframe);
  }

  /** Whether the rows are in order of time, each with one of its own. */
  isOrdered(timeframe: Timeframe): boolean {
    const known = this.#ordered.get(timeframe);
    if (known !== undefined) return known;
    const { openTime } = this.whole(timeframe);
    const isOrdered = openTime.every((time, index) => time > (openTime[index - 1] ?? 0));
    this.#ordered.set(timeframe, isOrdered);
    return isOrdered;
  }

  /** The same error every time: there may be one for every step of a replay. */
  #failure(timeframe: Timeframe): ScannerError {
    const known = this.#failures.get(timeframe);
    if (known) return known;
    const { symbol, candles } = this.#recording;
    const missing = candles.get(timeframe);
    const failure =
      missing && isMissing(missing)
        ? new ScannerError(missing.code, missing.detail)
        : new ScannerError('not_supported', `No ${timeframe} candles of ${symbol} were read`);
    this.#failures.set(timeframe, failure);
    return failure;
  }

  #assertKnown(symbol: string): void {
    if (symbol === this.#recording.symbol) return;
    throw new ScannerError('symbol_unknown', `There are no recorded candles of ${symbol}`);
  }
}
