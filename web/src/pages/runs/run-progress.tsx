import type { ScanRun } from '@fast-scanner/client/react';
import { Text } from '@mantine/core';
import { ProgressPanel } from '../../components/progress-panel.tsx';
import { formatCount } from '../../format/format-number.ts';

/** How far the run is, and a way to stop it. */
export function RunProgress({ run }: { readonly run: ScanRun }) {
  return (
    <ProgressPanel label="Scanning" job={run}>
      <Text size="sm" c="dimmed" visibleFrom="xs">
        {formatCount(run.signals.length, 'signal')} · {run.rejections.total_rejected} rejected
      </Text>
    </ProgressPanel>
  );
}
