import type { RunSummary } from '@fast-scanner/client';
import { type ScanRun, useScanRuns } from '@fast-scanner/client/react';
import { QueueNotice } from '../../components/queue-notice.tsx';
import { formatCount } from '../../format/format-number.ts';

const QUEUED = { status: 'queued', limit: 100 } as const;

/** A run that waits, and how many wait before it. */
export function QueuedRun({ run }: { readonly run: ScanRun }) {
  const { runs } = useScanRuns(QUEUED);
  const ahead = countAhead(runs, run.runId);
  return (
    <QueueNotice what="This run" onCancel={() => void run.cancel()} isCancelling={run.isCancelling}>
      {ahead !== null && (ahead === 0 ? 'It is the next.' : `${formatCount(ahead, 'other run')} came first.`)}
    </QueueNotice>
  );
}

/** How many of the waiting runs are older; `null` while the list does not know this one. */
export function countAhead(queued: readonly RunSummary[], runId: string | null): number | null {
  const mine = queued.find(({ run_id }) => run_id === runId);
  return mine ? queued.filter(({ created_at }) => created_at < mine.created_at).length : null;
}
