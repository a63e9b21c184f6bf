import type { MarketScanHook } from '@fast-scanner/client/react';
import { JobHeader } from '../../components/job-header.tsx';
import { toJobStatus } from '../../format/job-status.ts';
import { testAgainPath } from './test-again-path.ts';
import { useStrategyTitle } from './use-strategies.ts';

/** What is tested, on whose data, and where one may go from here. */
export function BacktestHeader({ scan, jobId }: { readonly scan: MarketScanHook; readonly jobId: string }) {
  const { strategy, phase, dataSource, progress, result } = scan;
  const title = useStrategyTitle(strategy);
  return (
    <JobHeader
      title={title ?? `Market scan ${jobId.slice(0, 8)}`}
      id={jobId}
      status={toJobStatus(phase)}
      dataSource={dataSource}
      startTime={progress.startTime}
      all={{ label: 'All scans', href: '/backtest' }}
      again={result && { label: 'Change and test again', href: testAgainPath(result) }}
    />
  );
}
