import { PageHeader } from '../../components/page-header.tsx';

export function RunsPage({ runId }: { readonly runId: string | null }) {
  return <PageHeader title={runId ? `Run ${runId.slice(0, 8)}` : 'Runs'} />;
}
