import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isSymbol } from '@fast-scanner/shared';
import { nullWhenBroken } from './null-when-broken.ts';
import { readFilePieces } from './read-file-pieces.ts';

/** A file of daily candles of stocks. */
export interface StockPanelFile {
  readonly path: string;
  /** Whom its rows are about when it has no column `Name`: the beginning of its own name, as in `SPY_1999-2020.csv`. */
  readonly ticker: string | null;
}

/** Folder of the panels below FILES_DIR. */
const STOCKS_FOLDER = 'stocks';
const CSV_FILE = /^(.+)\.csv(?:\.gz)?$/;
const HEADER = 'date,open,high,low,close,volume';

/** The stock panels below a directory, recognised by their header; none when there is no such folder. Other files are ignored. */
export async function findStockPanels(directory: string): Promise<readonly StockPanelFile[]> {
  const folder = join(directory, STOCKS_FOLDER);
  const names = await readdir(folder).catch((): string[] => []);
  const panels: StockPanelFile[] = [];
  for (const name of names.sort()) {
    const [ticker] = CSV_FILE.exec(name)?.[1]?.split('_') ?? [];
    if (ticker === undefined) continue;
    const path = join(folder, name);
    const header = (await readFirstLine(path))?.trim().toLowerCase();
    if (header === `${HEADER},name`) panels.push({ path, ticker: null });
    else if (header === HEADER && isSymbol(ticker)) panels.push({ path, ticker });
  }
  return panels;
}

/** `null` when the file cannot be read. */
async function readFirstLine(path: string): Promise<string | null> {
  const enough = new AbortController();
  let head = '';
  const onPiece = (piece: Buffer) => {
    head += piece.toString('latin1');
    if (head.includes('\n')) enough.abort();
  };
  try {
    await readFilePieces(path, { signal: enough.signal, onPiece }).catch(nullWhenBroken);
  } catch (error) {
    if (!enough.signal.aborted) throw error;
  }
  return head.split('\n')[0] ?? null;
}
