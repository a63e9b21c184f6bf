import { PageHeader } from '../../components/page-header.tsx';

export function SymbolPage({ symbol }: { readonly symbol: string }) {
  return <PageHeader title={symbol} />;
}
