import { useScannerClient } from '@fast-scanner/client/react';
import { useEffect, useState } from 'react';

export interface PnlPoint {
  /** Stocks tested so far. */
  readonly done: number;
  /** Their profit or loss, in money. */
  readonly pnl: number;
}

const NONE: readonly PnlPoint[] = [];
/** How often the curve is drawn anew. */
const REDRAW_MS = 250;

/** How the running profit and loss came about, from the first stock, however late one comes to look. */
export function usePnlHistory(jobId: string): readonly PnlPoint[] {
  const client = useScannerClient();
  const [points, setPoints] = useState(NONE);
  useEffect(() => {
    const heard: PnlPoint[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = () => {
      timer = undefined;
      setPoints([...heard]);
    };
    const stop = client.marketScans.scan(jobId).on('progress', ({ current, current_pnl }) => {
      heard.push({ done: current, pnl: current_pnl });
      timer ??= setTimeout(show, REDRAW_MS);
    });
    return () => {
      stop();
      clearTimeout(timer);
      setPoints(NONE);
    };
  }, [client, jobId]);
  return points;
}
