import { PageHeader } from '../../components/page-header.tsx';

export function BacktestPage({ jobId }: { readonly jobId: string | null }) {
  return <PageHeader title={jobId ? `Backtest ${jobId.slice(0, 8)}` : 'Market scan'} />;
}
