import { Anchor } from '@mantine/core';
import { SearchX } from 'lucide-react';
import { Link } from 'wouter';
import { EmptyState } from '../../components/empty-state.tsx';
import { PageHeader } from '../../components/page-header.tsx';

export function UnknownTest({ jobId }: { readonly jobId: string }) {
  return (
    <>
      <PageHeader title="Market scan not found" />
      <EmptyState
        icon={SearchX}
        title="The server knows no such market scan"
        action={
          <Anchor component={Link} href="/backtest">
            All market scans
          </Anchor>
        }
      >
        <code>{jobId}</code> is mistyped, of another server, or so old that nothing of it is left.
      </EmptyState>
    </>
  );
}
