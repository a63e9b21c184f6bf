import { toCommonError } from '../common/summarize-failures.ts';
import type { MarketScanLedger } from './market-scan-ledger.ts';

/**
 * A job of which every stock failed has no result.
 * @throws ScannerError with the most frequent of the reasons
 */
export function assertNotInVain({ items, job }: MarketScanLedger): void {
  const failures = items.flatMap((item) =>
    item.status === 'failed'
      ? [{ symbol: item.ticker, reason: item.failure.code, detail: item.failure.error }]
      : [],
  );
  const total = job.state.universe?.tickers.length ?? 0;
  if (failures.length < total) return;
  throw toCommonError(failures, `none of the ${total} symbols could be tested`);
}
