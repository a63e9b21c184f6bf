import { useElapsed, useQuickScan } from '@fast-scanner/client/react';

/** A quick scan: results at once, each row filled in as its deep analysis arrives. */
export function QuickScan({ scanId }: { readonly scanId?: string }) {
  const { phase, signals, progress, error, start, cancel } = useQuickScan({ scanId });
  const isAnalyzing = phase === 'quick' || phase === 'analyzing';
  const elapsedMs = useElapsed(progress, isAnalyzing);
  const { processed, total, current } = progress;

  return (
    <section>
      <button
        type="button"
        onClick={() => start({ limit: 20 })}
        disabled={phase === 'starting' || isAnalyzing}
      >
        {phase === 'starting' ? 'Scanning…' : 'Quick scan'}
      </button>
      {isAnalyzing && (
        <p role="status">
          {processed} of {total} · {current ?? '…'} · {Math.round(elapsedMs / 1000)} s{' '}
          <button type="button" onClick={cancel}>
            Cancel
          </button>
        </p>
      )}
      {error && <p role="alert">{error.message}</p>}
      <ul>
        {signals.map(({ symbol, signal, strength, deepAnalysis }) => (
          <li key={symbol}>
            {symbol} {signal} {strength.toFixed(0)} ·{' '}
            {deepAnalysis
              ? `score ${deepAnalysis.opportunity_score.toFixed(0)}, ${deepAnalysis.market_regime.regime}`
              : 'analysing…'}
          </li>
        ))}
      </ul>
    </section>
  );
}
