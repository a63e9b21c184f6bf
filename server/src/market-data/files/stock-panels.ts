import { ScannerError } from '@fast-scanner/shared';
import { joinColumns } from '../shared-columns.ts';
import { SingleFlight } from '../single-flight.ts';
import { readFilePieces } from './read-file-pieces.ts';
import type { StockPanelFile } from './stock-panel-files.ts';
import { type PanelStock, StockPanelParser } from './stock-panel-parser.ts';

/** What the panels say. */
export interface StockPanelContent {
  /** By ticker. What more than one file says of a ticker is put together. */
  readonly stocks: ReadonlyMap<string, PanelStock>;
  /** Why a file could not be read. Nothing of it is among the stocks: half a past misleads. `null` when all could be. */
  readonly failure: ScannerError | null;
}

/** All stocks of the panels. Read once, when they are first needed, and kept: 30 MB for 505 stocks over five years. */
export class StockPanels {
  readonly #files: readonly StockPanelFile[];
  readonly #loads = new SingleFlight<StockPanelContent>();
  #content: StockPanelContent | null;

  constructor(files: readonly StockPanelFile[]) {
    this.#files = files;
    this.#content = files.length === 0 ? { stocks: new Map(), failure: null } : null;
  }

  read(signal: AbortSignal): Promise<StockPanelContent> {
    if (this.#content) return Promise.resolve(this.#content);
    return this.#loads.run('panels', (loadSignal) => this.#load(loadSignal), signal);
  }

  /** Ends a read under way. */
  close(reason: ScannerError): Promise<void> {
    return this.#loads.abortAll(reason);
  }

  async #load(signal: AbortSignal): Promise<StockPanelContent> {
    const stocks = new Map<string, PanelStock>();
    let failure: ScannerError | null = null;
    for (const file of this.#files) {
      try {
        for (const [ticker, stock] of await readPanel(file, signal)) {
          const earlier = stocks.get(ticker);
          stocks.set(ticker, earlier ? joinStocks(earlier, stock) : stock);
        }
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof ScannerError)) throw error;
        failure ??= error;
      }
    }
    this.#content = { stocks, failure };
    return this.#content;
  }
}

async function readPanel({ path, ticker }: StockPanelFile, signal: AbortSignal) {
  const parser = new StockPanelParser(ticker);
  await readFilePieces(path, { signal, onPiece: (piece) => parser.push(piece) });
  return parser.finish();
}

function joinStocks(first: PanelStock, second: PanelStock): PanelStock {
  return {
    candles: joinColumns(first.candles, second.candles),
    priceDecimals: Math.max(first.priceDecimals, second.priceDecimals),
  };
}
