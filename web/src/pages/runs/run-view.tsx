import { type ScanRun, useScanRun } from '@fast-scanner/client/react';
import { Stack } from '@mantine/core';
import { ErrorState } from '../../components/error-state.tsx';
import { isUnknown } from '../../components/is-unknown.ts';
import { LoadingState } from '../../components/loading-state.tsx';
import { OfflineNotice } from '../../components/offline-notice.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { useEndNotice } from '../../hooks/use-end-notice.ts';
import { QueuedRun } from './queued-run.tsx';
import { RunHeader } from './run-header.tsx';
import { RunProgress } from './run-progress.tsx';
import { RunRejectionsSection } from './run-rejections.tsx';
import { RunSignalsSection } from './run-signals.tsx';
import { RunSummarySection } from './run-summary.tsx';
import { SweptRun } from './swept-run.tsx';
import { UnknownRun } from './unknown-run.tsx';

/** One run: how far it is, what it has found so far, and how it came out. */
export function RunView({ runId }: { readonly runId: string }) {
  const run = useScanRun({ runId, name: 'page' });
  const isShown = run.runId === runId;
  useEndNotice(isShown ? run.phase : null, {
    what: 'Run',
    tag: runId,
    found: `${run.signals.length} signals`,
  });
  if (!isShown) return <RunLoading run={null} runId={runId} />;
  if (isUnknown(run.error)) return <UnknownRun runId={runId} />;
  if (run.phase === 'starting') return <RunLoading run={run} runId={runId} />;
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

function RunLoading({ run, runId }: { readonly run: ScanRun | null; readonly runId: string }) {
  return (
    <>
      <PageHeader title={`Run ${runId.slice(0, 8)}`} />
      <OfflineNotice />
      {run?.error && <ErrorState error={run.error} onRetry={run.retry} />}
      <LoadingState label="Loading the run" rows={8} />
    </>
  );
}

function RunTrouble({ run: { error, phase, retry } }: { readonly run: ScanRun }) {
  if (error === null) return null;
  const title = phase === 'failed' ? 'The run failed' : undefined;
  return (
    <ErrorState
      error={error}
      {...(title === undefined ? {} : { title })}
      {...(phase === 'failed' ? {} : { onRetry: retry })}
    />
  );
}

function RunFindings({ run }: { readonly run: ScanRun }) {
  return (
    <>
      <RunSignalsSection run={run} />
      {(run.phase === 'running' || run.rejections.total_rejected > 0) && (
        <RunRejectionsSection rejections={run.rejections} />
      )}
    </>
  );
}
