import { BacktestOverview } from './backtest-overview.tsx';
import { BacktestView } from './backtest-view.tsx';

/** Market scans: a strategy tested on every stock of a market. */
export function BacktestPage({ jobId }: { readonly jobId: string | null }) {
  return jobId === null ? <BacktestOverview /> : <BacktestView key={jobId} jobId={jobId} />;
}
