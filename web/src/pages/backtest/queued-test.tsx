import type { MarketScanHook } from '@fast-scanner/client/react';
import { QueueNotice } from '../../components/queue-notice.tsx';
import { useMarketJobs } from './use-market-jobs.ts';

/** A market scan that waits, and how many wait before it. */
export function QueuedTest({ scan }: { readonly scan: MarketScanHook }) {
  const { jobs } = useMarketJobs('queued');
  const place = jobs.findIndex(({ job_id }) => job_id === scan.jobId);
  return (
    <QueueNotice
      what="This market scan"
      ahead={place < 0 ? null : jobs.length - 1 - place}
      onCancel={() => void scan.cancel()}
      isCancelling={scan.isCancelling}
    />
  );
}
