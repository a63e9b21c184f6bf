import { useScanRun } from '@fast-scanner/client/react';

/** A scan run in the background, with a progress bar and a way to end it. */
export function ArmScanner({ runId }: { readonly runId?: string }) {
  const { phase, progress, signals, metadata, error, isCancelling, start, cancel } = useScanRun({ runId });
  const isUnderWay = phase === 'starting' || phase === 'queued' || phase === 'running';

  return (
    <section>
      <button type="button" onClick={() => start({ sniper_mode: 'recon', limit: 50 })} disabled={isUnderWay}>
        Arm scanner
      </button>
      {isUnderWay && (
        <>
          <progress value={progress.processed} max={progress.total || 1} />
          <p role="status">
            Scanning {progress.processed}/{progress.total} · {progress.current ?? '…'}
          </p>
          <button type="button" onClick={cancel} disabled={isCancelling}>
            {isCancelling ? 'Cancelling…' : 'Cancel'}
          </button>
        </>
      )}
      {phase === 'cancelled' && <p role="status">Cancelled after {progress.processed} symbols.</p>}
      {metadata && <p>{metadata.summary}</p>}
      {error && <p role="alert">{error.message}</p>}
      <ul>
        {signals.map(({ symbol, direction, score, entry_near, stop_loss }) => (
          <li key={symbol}>
            {symbol} {direction} {score.toFixed(0)} · entry {entry_near}, stop {stop_loss}
          </li>
        ))}
      </ul>
    </section>
  );
}
