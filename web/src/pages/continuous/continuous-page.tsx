import { PageHeader } from '../../components/page-header.tsx';

export function ContinuousPage() {
  return <PageHeader title="Continuous" />;
}
