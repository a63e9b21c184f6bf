import { PageHeader } from '../../components/page-header.tsx';

export function ScorecardPage() {
  return <PageHeader title="Scorecard" />;
}
