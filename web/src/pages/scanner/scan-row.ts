import type { ScanResult, SymbolFailure } from '@fast-scanner/client';

/** A symbol of the table. */
export interface ScanRow {
  readonly result: ScanResult;
  /** Why its deep analysis failed; `null` when it did not. */
  readonly failure: string | null;
}

export function rowIdOf({ result }: ScanRow): string {
  return result.symbol;
}

const rows = new WeakMap<ScanResult, ScanRow>();

/** The rows of a scan's results. A result that is the same object has the same row, so that the table leaves it alone. */
export function toRows(
  results: readonly ScanResult[],
  failures: readonly SymbolFailure[],
): readonly ScanRow[] {
  const details = new Map(failures.map(({ symbol, detail }) => [symbol, detail]));
  return results.map((result) => {
    const failure = details.get(result.symbol) ?? null;
    const known = rows.get(result);
    if (known?.failure === failure) return known;
    const row = { result, failure };
    rows.set(result, row);
    return row;
  });
}
