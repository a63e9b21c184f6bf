import { basename } from 'node:path';
import {
  type CandleColumns,
  parseSymbol,
  ScannerError,
  type Timeframe,
  timeframeMs,
} from '@fast-scanner/shared';
import { LRUCache } from 'lru-cache';
import { resampleCandles } from '../resample.ts';
import { SingleFlight } from '../single-flight.ts';
import { CandleCsvParser } from './candle-csv-parser.ts';
import type { CandleRecordings } from './candle-recordings.ts';
import type { FilesListing } from './files-listing.ts';
import { readTextFile } from './read-text-file.ts';
import type { StockPanelContent, StockPanels } from './stock-panels.ts';

const BYTES_PER_ROW = 48;
const KEPT_BYTES = 256 * 1024 * 1024;
const NO_PANELS: StockPanelContent = { stocks: new Map(), failure: null };

/** Where the candles of a timeframe are: the path of their own file, or in a panel. */
type TimeframeRecordings = ReadonlyMap<Timeframe, string | CandleColumns>;

/** All recorded candles of a symbol and timeframe, read when first asked for and kept while there is room. */
export class RecordedCandles implements CandleRecordings {
  readonly #listing: FilesListing;
  readonly #panels: StockPanels;
  readonly #loads = new SingleFlight<CandleColumns>();
  readonly #loaded = new LRUCache<string, CandleColumns>({
    maxSize: KEPT_BYTES,
    sizeCalculation: (columns) => 1 + columns.openTime.length * BYTES_PER_ROW,
  });

  constructor({ listing, panels }: { readonly listing: FilesListing; readonly panels: StockPanels }) {
    this.#listing = listing;
    this.#panels = panels;
  }

  all(symbol: string, timeframe: Timeframe, signal: AbortSignal): Promise<CandleColumns> {
    const load = (loadSignal: AbortSignal) => this.#load(symbol, timeframe, loadSignal);
    const key = `${symbol} ${timeframe}`;
    const known = this.#loaded.get(key);
    if (known) return Promise.resolve(known);
    return this.#loads.run(key, load, signal);
  }

  async timeframes(symbol: string, signal: AbortSignal): Promise<readonly Timeframe[]> {
    return [...(await this.#recordingsOf(symbol, signal)).keys()];
  }

  /** Ends reads under way. */
  async close(): Promise<void> {
    const reason = new ScannerError('unavailable', 'The market data source is closed');
    await Promise.all([this.#loads.abortAll(reason), this.#panels.close(reason)]);
  }

  async #load(symbol: string, timeframe: Timeframe, signal: AbortSignal): Promise<CandleColumns> {
    const recording = (await this.#recordingsOf(symbol, signal)).get(timeframe);
    if (typeof recording === 'object') return recording;
    const columns = recording
      ? await readCandleFile(recording, signal)
      : await this.#resample(symbol, timeframe, signal);
    this.#loaded.set(`${symbol} ${timeframe}`, columns);
    return columns;
  }

  async #resample(symbol: string, timeframe: Timeframe, signal: AbortSignal): Promise<CandleColumns> {
    const from = dividing(await this.timeframes(symbol, signal), timeframe).at(-1);
    if (!from) {
      throw new ScannerError(
        'not_supported',
        `No recorded candles of ${symbol} are short enough for ${timeframe}`,
      );
    }
    return resampleCandles(await this.all(symbol, from, signal), { from, to: timeframe });
  }

  /** A file of its own says more of a stock's days than a panel that also has them. */
  async #recordingsOf(symbol: string, signal: AbortSignal): Promise<TimeframeRecordings> {
    const files = this.#listing.get(symbol);
    const mayBeInPanel = parseSymbol(symbol)?.kind === 'stock' && !files?.has('1d');
    if (files && !mayBeInPanel) return files;
    const { stocks, failure } = mayBeInPanel ? await this.#panels.read(signal) : NO_PANELS;
    const stock = stocks.get(symbol);
    if (stock) return new Map<Timeframe, string | CandleColumns>([...(files ?? []), ['1d', stock.candles]]);
    if (files) return files;
    throw failure ?? new ScannerError('symbol_unknown', `There are no recorded candles of ${symbol}`);
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
