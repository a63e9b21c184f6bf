import { type ScanRun, useElapsed } from '@fast-scanner/client/react';
import { Text } from '@mantine/core';
import { ProgressPanel } from '../../components/progress-panel.tsx';
import { formatCount } from '../../format/format-number.ts';

/** How far the run is, and a way to stop it. */
export function RunProgress({ run }: { readonly run: ScanRun }) {
  const { progress, signals, rejections, isCancelling, cancel } = run;
  return (
    <ProgressPanel
      label="Scanning"
      done={progress.processed}
      total={progress.total}
      current={progress.current}
      elapsedMs={useElapsed(progress, true)}
      etaSeconds={progress.etaSeconds}
      onCancel={() => void cancel()}
      isCancelling={isCancelling}
    >
      <Text size="sm" c="dimmed" visibleFrom="xs">
        {formatCount(signals.length, 'signal')} · {rejections.total_rejected} rejected
      </Text>
    </ProgressPanel>
  );
}
