import { type MarketScanHook, useMarketScan } from '@fast-scanner/client/react';
import { Stack } from '@mantine/core';
import { ErrorState } from '../../components/error-state.tsx';
import { isUnknown } from '../../components/is-unknown.ts';
import { JobLoading } from '../../components/job-loading.tsx';
import { OfflineNotice } from '../../components/offline-notice.tsx';
import { ProgressPanel } from '../../components/progress-panel.tsx';
import { UnknownJob } from '../../components/unknown-job.tsx';
import { formatSigned } from '../../format/format-number.ts';
import { useEndNotice } from '../../hooks/use-end-notice.ts';
import { BacktestHeader } from './backtest-header.tsx';
import { FailedStocks } from './failed-stocks.tsx';
import { PnlSection } from './pnl-section.tsx';
import { QueuedTest } from './queued-test.tsx';
import { ResultView } from './result-view.tsx';
import { SweepView } from './sweep-view.tsx';
import { SweptTest } from './swept-test.tsx';
import { useTestLog } from './use-test-log.ts';

/** One market scan or sweep: how far it is, and what it came to. */
export function BacktestView({ jobId }: { readonly jobId: string }) {
  const scan = useMarketScan({ jobId, name: 'page' });
  const isShown = scan.jobId === jobId;
  useEndNotice({
    what: 'Market scan',
    id: scan.jobId,
    phase: scan.phase,
    found: `${formatSigned(scan.pnl, 0)} in all`,
  });
  if (isShown && isUnknown(scan.error)) return <UnknownJob what="market scan" id={jobId} href="/backtest" />;
  if (!isShown || scan.phase === 'starting') {
    const error = isShown ? scan.error : null;
    return <JobLoading what="market scan" id={jobId} error={error} onRetry={scan.retry} />;
  }
  return (
    <>
      <BacktestHeader scan={scan} jobId={jobId} />
      <OfflineNotice />
      {scan.phase === 'running' && <ProgressPanel label="Testing" job={scan} />}
      <Stack>
        <Trouble scan={scan} />
        <Body scan={scan} jobId={jobId} />
      </Stack>
    </>
  );
}

function Body({ scan, jobId }: { readonly scan: MarketScanHook; readonly jobId: string }) {
  const { phase, result, sweepResult } = scan;
  if (phase === 'queued') return <QueuedTest scan={scan} />;
  if (result) return <ResultView jobId={jobId} result={result} />;
  if (sweepResult) return <SweepView result={sweepResult} />;
  if (phase === 'complete' || scan.error?.code === 'gone') return <SweptTest scan={scan} />;
  return <UnfinishedTest scan={scan} jobId={jobId} />;
}

/** What is known of a test that goes on, or did not come to its end. */
function UnfinishedTest({ scan, jobId }: { readonly scan: MarketScanHook; readonly jobId: string }) {
  const { points, failures } = useTestLog(jobId);
  return (
    <>
      <PnlSection scan={scan} points={points} />
      {failures.length > 0 && <FailedStocks failures={failures} />}
    </>
  );
}

function Trouble({ scan: { error, phase, retry } }: { readonly scan: MarketScanHook }) {
  if (error === null || error.code === 'gone') return null;
  if (phase === 'failed') return <ErrorState title="The market scan failed" error={error} />;
  return <ErrorState error={error} onRetry={retry} />;
}
