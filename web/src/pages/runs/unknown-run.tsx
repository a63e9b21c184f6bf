import { Anchor } from '@mantine/core';
import { SearchX } from 'lucide-react';
import { Link } from 'wouter';
import { EmptyState } from '../../components/empty-state.tsx';
import { PageHeader } from '../../components/page-header.tsx';

export function UnknownRun({ runId }: { readonly runId: string }) {
  return (
    <>
      <PageHeader title="Run not found" />
      <EmptyState
        icon={SearchX}
        title="The server knows no such run"
        action={
          <Anchor component={Link} href="/runs">
            All runs
          </Anchor>
        }
      >
        <code>{runId}</code> is mistyped, of another server, or so old that its summary is gone too.
      </EmptyState>
    </>
  );
}
