import { type CandleColumns, ScannerError } from '@fast-scanner/shared';

/** Refuses fewer candles than a window needs. `what` begins the sentence. @throws ScannerError `insufficient_data` */
export function requireWindow({ close }: Pick<CandleColumns, 'close'>, count: number, what: string): void {
  if (close.length >= count) return;
  throw new ScannerError(
    'insufficient_data',
    `${what} needs at least ${count} closed candles, there are ${close.length}`,
  );
}
