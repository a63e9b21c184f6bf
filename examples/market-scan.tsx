import type { MarketScanInput } from '@fast-scanner/client';
import { useMarketScan } from '@fast-scanner/client/react';

const REQUEST: MarketScanInput = {
  strategy: 'bollinger_bands_strategy',
  parameters: { period: 20, devfactor: 2 },
};

/** A strategy tested on a whole market, with progress, time left and the running profit or loss. */
export function MarketScan({
  request = REQUEST,
  jobId,
}: {
  readonly request?: MarketScanInput;
  readonly jobId?: string;
}) {
  const { phase, progress, pnl, result, failures, error, start, cancel } = useMarketScan({ jobId });
  const isUnderWay = phase === 'starting' || phase === 'queued' || phase === 'running';

  return (
    <section>
      <button type="button" onClick={() => start(request)} disabled={isUnderWay}>
        {isUnderWay ? 'Scanning…' : 'Start market scan'}
      </button>
      {isUnderWay && (
        <>
          <progress value={progress.pct} max={100} />
          <p role="status">
            {progress.pct.toFixed(1)} % · {progress.current ?? '…'} · {formatEta(progress.etaSeconds)} · PnL{' '}
            {pnl.toFixed(2)}
          </p>
          <button type="button" onClick={cancel}>
            Cancel
          </button>
        </>
      )}
      {error && <p role="alert">{error.message}</p>}
      {result && (
        <>
          <h2>Scan complete</h2>
          <p>
            Total PnL {result.total_pnl.toFixed(2)} over {result.successful} stocks, {failures.length} failed
          </p>
          <ul>
            {result.best.map(({ ticker, return_pct }) => (
              <li key={ticker}>
                {ticker} {return_pct.toFixed(1)} %
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function formatEta(seconds: number | null): string {
  if (seconds === null) return 'time left unknown';
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s left`;
}
