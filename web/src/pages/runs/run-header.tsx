import type { ScanRun } from '@fast-scanner/client/react';
import { JobHeader } from '../../components/job-header.tsx';
import { capitalize } from '../../format/capitalize.ts';
import { toJobStatus } from '../../format/job-status.ts';
import { armAgainPath } from './arm-again-path.ts';

/** What run it is, and where one may go from it. */
export function RunHeader({ run, runId }: { readonly run: ScanRun; readonly runId: string }) {
  const { mode, phase, dataSource, progress, metadata } = run;
  return (
    <JobHeader
      title={mode === null ? `Run ${runId.slice(0, 8)}` : `${capitalize(mode)} run`}
      id={runId}
      status={toJobStatus(phase)}
      dataSource={dataSource}
      startTime={progress.startTime}
      all={{ label: 'All runs', href: '/runs' }}
      again={metadata && { label: 'Arm again', href: armAgainPath(metadata) }}
    />
  );
}
