import type { StockFailure } from '@fast-scanner/client';
import { useScannerClient } from '@fast-scanner/client/react';
import { useEffect, useState } from 'react';

export interface PnlPoint {
  /** Stocks tested so far. */
  readonly done: number;
  /** Their profit or loss, in money. */
  readonly pnl: number;
}

export interface TestLog {
  /** How the running profit and loss came about. */
  readonly points: readonly PnlPoint[];
  /** Stocks that could not be tested. */
  readonly failures: readonly StockFailure[];
}

const EMPTY: TestLog = { points: [], failures: [] };
/** How often what is heard is shown. */
const REDRAW_MS = 250;

/** What a market scan has told, from its first stock, however late one comes to look. */
export function useTestLog(jobId: string): TestLog {
  const client = useScannerClient();
  const [log, setLog] = useState(EMPTY);
  useEffect(() => {
    const points: PnlPoint[] = [];
    const failures: StockFailure[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = () => {
      timer = undefined;
      setLog({ points: [...points], failures: [...failures] });
    };
    const showSoon = () => {
      timer ??= setTimeout(show, REDRAW_MS);
    };
    const scan = client.marketScans.scan(jobId);
    const stopProgress = scan.on('progress', ({ current, current_pnl }) => {
      points.push({ done: current, pnl: current_pnl });
      showSoon();
    });
    const stopErrors = scan.on('error', ({ ticker, error, code }) => {
      failures.push({ ticker, error, code });
      showSoon();
    });
    return () => {
      stopProgress();
      stopErrors();
      clearTimeout(timer);
      setLog(EMPTY);
    };
  }, [client, jobId]);
  return log;
}
