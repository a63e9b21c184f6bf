import { type ScanRun, useScanRuns } from '@fast-scanner/client/react';
import { QueueNotice } from '../../components/queue-notice.tsx';

const QUEUED = { status: 'queued', limit: 100 } as const;

/** A run that waits, and how many wait before it. */
export function QueuedRun({ run }: { readonly run: ScanRun }) {
  const { runs } = useScanRuns(QUEUED);
  return (
    <QueueNotice
      what="This run"
      id={run.runId}
      queue={runs.map(({ run_id }) => run_id)}
      onCancel={() => void run.cancel()}
      isCancelling={run.isCancelling}
    />
  );
}
