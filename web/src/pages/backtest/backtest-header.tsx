import type { MarketScanHook } from '@fast-scanner/client/react';
import { Button } from '@mantine/core';
import { ArrowLeft, RotateCcw } from 'lucide-react';
import { Link } from 'wouter';
import { DataSourceBadge } from '../../components/data-source-badge.tsx';
import { JobStatusBadge } from '../../components/job-status-badge.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { TimeText } from '../../components/time-text.tsx';
import { toJobStatus } from '../../format/job-status.ts';
import { testAgainPath } from './test-again-path.ts';
import { useStrategyTitle } from './use-strategies.ts';

/** What is tested, on whose data, and where one may go from here. */
export function BacktestHeader({ scan, jobId }: { readonly scan: MarketScanHook; readonly jobId: string }) {
  const { strategy, phase, dataSource, progress, result } = scan;
  const title = useStrategyTitle(strategy);
  return (
    <PageHeader
      title={title ?? `Market scan ${jobId.slice(0, 8)}`}
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
          {jobId}
        </>
      }
      actions={
        <>
          <Button
            component={Link}
            href="/backtest"
            variant="default"
            leftSection={<ArrowLeft size={16} aria-hidden />}
          >
            All scans
          </Button>
          {result && (
            <Button
              component={Link}
              href={testAgainPath(result)}
              variant="default"
              leftSection={<RotateCcw size={16} aria-hidden />}
            >
              Change and test again
            </Button>
          )}
        </>
      }
    />
  );
}
