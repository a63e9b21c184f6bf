import type { ScanEvents } from '@fast-scanner/shared';

/** A symbol that was delisted in so many scans in a row is left out of the default universe. */
const SCANS_IN_A_ROW = 3;

/** Which symbols keep being delisted. A rate limit or an exchange in trouble never counts; one good answer brings a symbol back. */
export class RetiredSymbols {
  /** Scans in a row that found the symbol delisted, by exchange and symbol. */
  readonly #counts = new Map<string, number>();

  isRetired(exchange: string, symbol: string): boolean {
    return (this.#counts.get(`${exchange} ${symbol}`) ?? 0) >= SCANS_IN_A_ROW;
  }

  /** Takes note of what phase 1 of a scan found. */
  note(
    exchange: string,
    { signals, failures }: Pick<ScanEvents['quickScanComplete'], 'signals' | 'failures'>,
  ): void {
    for (const { symbol } of signals) this.#counts.delete(`${exchange} ${symbol}`);
    for (const { symbol, reason } of failures) {
      const key = `${exchange} ${symbol}`;
      if (reason === 'delisted') this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
    }
  }
}
