import { basename } from 'node:path';
import { type CandleColumns, ScannerError, type Timeframe, timeframeMs } from '@fast-scanner/shared';
import { LRUCache } from 'lru-cache';
import { resampleCandles } from '../resample.ts';
import { SingleFlight } from '../single-flight.ts';
import { CandleCsvParser } from './candle-csv-parser.ts';
import type { FilesListing } from './files-listing.ts';
import { readTextFile } from './read-text-file.ts';

const BYTES_PER_ROW = 48;
const KEPT_BYTES = 256 * 1024 * 1024;

/** All recorded candles of a symbol and timeframe, read when first asked for and kept while there is room. */
export class RecordedCandles {
  readonly #listing: FilesListing;
  readonly #loads = new SingleFlight<CandleColumns>();
  readonly #loaded = new LRUCache<string, CandleColumns>({
    maxSize: KEPT_BYTES,
    sizeCalculation: (columns) => 1 + columns.openTime.length * BYTES_PER_ROW,
  });

  constructor(listing: FilesListing) {
    this.#listing = listing;
  }

  /**
   * Every closed candle there is, past and future: of the timeframe's own file, else made from the longest shorter timeframe that divides it.
   * @throws ScannerError `symbol_unknown`; `not_supported` when there is no file to make it from; `bad_data`
   */
  all(symbol: string, timeframe: Timeframe, signal: AbortSignal): Promise<CandleColumns> {
    const load = (loadSignal: AbortSignal) => this.#load(symbol, timeframe, loadSignal);
    const key = `${symbol} ${timeframe}`;
    const known = this.#loaded.get(key);
    if (known) return Promise.resolve(known);
    return this.#loads.run(key, load, signal);
  }

  /** The recorded timeframes of a symbol, shortest first. @throws ScannerError `symbol_unknown` */
  timeframes(symbol: string): readonly Timeframe[] {
    return [...this.#filesOf(symbol).keys()];
  }

  /** Ends reads under way. */
  close(): Promise<void> {
    return this.#loads.abortAll(new ScannerError('unavailable', 'The market data source is closed'));
  }

  async #load(symbol: string, timeframe: Timeframe, signal: AbortSignal): Promise<CandleColumns> {
    const path = this.#filesOf(symbol).get(timeframe);
    const columns = path
      ? await readCandleFile(path, signal)
      : await this.#resample(symbol, timeframe, signal);
    this.#loaded.set(`${symbol} ${timeframe}`, columns);
    return columns;
  }

  async #resample(symbol: string, timeframe: Timeframe, signal: AbortSignal): Promise<CandleColumns> {
    const from = dividing(this.timeframes(symbol), timeframe).at(-1);
    if (!from) {
      throw new ScannerError(
        'not_supported',
        `No recorded candles of ${symbol} are short enough for ${timeframe}`,
      );
    }
    return resampleCandles(await this.all(symbol, from, signal), { from, to: timeframe });
  }

  #filesOf(symbol: string): ReadonlyMap<Timeframe, string> {
    const files = this.#listing.get(symbol);
    if (!files) throw new ScannerError('symbol_unknown', `There are no recorded candles of ${symbol}`);
    return files;
  }
}

/** The timeframes of which a whole number, two or more, makes the given one; in the given order. */
export function dividing(timeframes: readonly Timeframe[], timeframe: Timeframe): readonly Timeframe[] {
  const span = timeframeMs(timeframe);
  return timeframes.filter((shorter) => timeframeMs(shorter) < span && span % timeframeMs(shorter) === 0);
}

async function readCandleFile(path: string, signal: AbortSignal): Promise<CandleColumns> {
  const parser = new CandleCsvParser(basename(path));
  await readTextFile(path, { signal, onText: (text) => parser.push(text) });
  return parser.finish();
}
