import { type ScanRun, useScanRuns } from '@fast-scanner/client/react';
import { QueueNotice } from '../../components/queue-notice.tsx';

const QUEUED = { status: 'queued', limit: 100 } as const;

/** A run that waits, and how many wait before it. */
export function QueuedRun({ run }: { readonly run: ScanRun }) {
  const { runs } = useScanRuns(QUEUED);
  const place = runs.findIndex(({ run_id }) => run_id === run.runId);
  return (
    <QueueNotice
      what="This run"
      ahead={place < 0 ? null : runs.length - 1 - place}
      onCancel={() => void run.cancel()}
      isCancelling={run.isCancelling}
    />
  );
}
