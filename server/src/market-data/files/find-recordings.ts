import { ScannerError } from '@fast-scanner/shared';
import { readFilesListing } from './files-listing.ts';
import type { Recordings } from './recorded-markets.ts';
import { findStockPanels } from './stock-panel-files.ts';
import { StockPanels } from './stock-panels.ts';

/**
 * What a folder has recorded. Nothing of it is read yet.
 * @throws ScannerError `exchange_unavailable` when the folder cannot be read, `no_data` when it has no candles
 */
export async function findRecordings(directory: string): Promise<Recordings> {
  const listing = await readFilesListing(directory);
  const panelFiles = await findStockPanels(directory);
  if (listing.size === 0 && panelFiles.length === 0) {
    throw new ScannerError(
      'no_data',
      'FILES_DIR has no candles; they are expected at <timeframe>/<SYMBOL>.csv[.gz] or, for stocks, in stocks/*.csv[.gz] with the header ' +
        'date,open,high,low,close,volume,Name',
    );
  }
  return { listing, panels: new StockPanels(panelFiles) };
}
