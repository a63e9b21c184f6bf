import type { ScanRun } from '@fast-scanner/client/react';
import { Button } from '@mantine/core';
import { ArrowLeft, RotateCcw } from 'lucide-react';
import { Link } from 'wouter';
import { DataSourceBadge } from '../../components/data-source-badge.tsx';
import { JobStatusBadge } from '../../components/job-status-badge.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { TimeText } from '../../components/time-text.tsx';
import { capitalize } from '../../format/capitalize.ts';
import { toJobStatus } from '../../format/job-status.ts';
import { armAgainPath } from './arm-again-path.ts';

/** What run it is, and where one may go from it. */
export function RunHeader({ run, runId }: { readonly run: ScanRun; readonly runId: string }) {
  const { mode, phase, dataSource, progress, metadata } = run;
  return (
    <PageHeader
      title={mode === null ? `Run ${runId.slice(0, 8)}` : `${capitalize(mode)} run`}
      badges={
        <>
          <JobStatusBadge status={toJobStatus(phase)} />
          {dataSource && <DataSourceBadge dataSource={dataSource} />}
        </>
      }
      description={
        <>
          {progress.startTime && (
            <>
              Begun <TimeText value={progress.startTime} /> ·{' '}
            </>
          )}
          {runId}
        </>
      }
      actions={
        <>
          <Button
            component={Link}
            href="/runs"
            variant="default"
            leftSection={<ArrowLeft size={16} aria-hidden />}
          >
            All runs
          </Button>
          {metadata && (
            <Button
              component={Link}
              href={armAgainPath(metadata)}
              variant="default"
              leftSection={<RotateCcw size={16} aria-hidden />}
            >
              Arm again
            </Button>
          )}
        </>
      }
    />
  );
}
