import { type MarketScanHook, useElapsed } from '@fast-scanner/client/react';
import { ProgressPanel } from '../../components/progress-panel.tsx';

/** How far the test is, and a way to stop it. */
export function BacktestProgress({ scan }: { readonly scan: MarketScanHook }) {
  const { progress, isCancelling, cancel } = scan;
  return (
    <ProgressPanel
      label="Testing"
      done={progress.processed}
      total={progress.total}
      current={progress.current}
      elapsedMs={useElapsed(progress, true)}
      etaSeconds={progress.etaSeconds}
      onCancel={() => void cancel()}
      isCancelling={isCancelling}
    />
  );
}
