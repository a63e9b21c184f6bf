import { type ScanRun, useScanRun } from '@fast-scanner/client/react';
import { Stack } from '@mantine/core';
import { ErrorState } from '../../components/error-state.tsx';
import { isUnknown } from '../../components/is-unknown.ts';
import { JobLoading } from '../../components/job-loading.tsx';
import { OfflineNotice } from '../../components/offline-notice.tsx';
import { UnknownJob } from '../../components/unknown-job.tsx';
import { formatCount } from '../../format/format-number.ts';
import { useEndNotice } from '../../hooks/use-end-notice.ts';
import { QueuedRun } from './queued-run.tsx';
import { RunHeader } from './run-header.tsx';
import { RunProgress } from './run-progress.tsx';
import { RunRejectionsSection } from './run-rejections.tsx';
import { RunSignalsSection } from './run-signals.tsx';
import { RunSummarySection } from './run-summary.tsx';
import { SweptRun } from './swept-run.tsx';

/** One run: how far it is, what it has found so far, and how it came out. */
export function RunView({ runId }: { readonly runId: string }) {
  const run = useScanRun({ runId, name: 'page' });
  const isShown = run.runId === runId;
  useEndNotice({
    what: 'Run',
    id: run.runId,
    phase: run.phase,
    found: formatCount(run.signals.length, 'signal'),
  });
  if (isShown && isUnknown(run.error)) return <UnknownJob what="run" id={runId} href="/runs" />;
  if (!isShown || run.phase === 'starting')
    return <JobLoading what="run" id={runId} error={isShown ? run.error : null} onRetry={run.retry} />;
  const isSwept = run.error?.code === 'gone';
  return (
    <>
      <RunHeader run={run} runId={runId} />
      <OfflineNotice />
      {run.phase === 'running' && <RunProgress run={run} />}
      <Stack>
        {isSwept ? <SweptRun run={run} /> : <RunTrouble run={run} />}
        {run.phase === 'queued' && <QueuedRun run={run} />}
        {run.metadata && <RunSummarySection metadata={run.metadata} />}
        {!isSwept && run.phase !== 'queued' && <RunFindings run={run} />}
      </Stack>
    </>
  );
}

function RunTrouble({ run: { error, phase, retry } }: { readonly run: ScanRun }) {
  if (error === null) return null;
  if (phase === 'failed') return <ErrorState title="The run failed" error={error} />;
  return <ErrorState error={error} onRetry={retry} />;
}

function RunFindings({ run }: { readonly run: ScanRun }) {
  return (
    <>
      <RunSignalsSection run={run} />
      {(run.phase === 'running' || run.rejections.total_rejected > 0) && <RunRejectionsSection run={run} />}
    </>
  );
}
