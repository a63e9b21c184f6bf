import type { MarketScanHook } from '@fast-scanner/client/react';
import { QueueNotice } from '../../components/queue-notice.tsx';
import { useMarketJobs } from './use-market-jobs.ts';

/** A market scan that waits, and how many wait before it. */
export function QueuedTest({ scan }: { readonly scan: MarketScanHook }) {
  const { jobs } = useMarketJobs('queued');
  return (
    <QueueNotice
      what="This market scan"
      id={scan.jobId}
      queue={jobs.map(({ job_id }) => job_id)}
      onCancel={() => void scan.cancel()}
      isCancelling={scan.isCancelling}
    />
  );
}
