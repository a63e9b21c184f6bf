import { PageHeader } from '../../components/page-header.tsx';

export function ScannerPage() {
  return <PageHeader title="Scanner" />;
}
