import { Anchor } from '@mantine/core';
import { Compass } from 'lucide-react';
import { Link, useLocation } from 'wouter';
import { EmptyState } from '../components/empty-state.tsx';
import { PageHeader } from '../components/page-header.tsx';

export function NotFoundPage() {
  const [location] = useLocation();
  return (
    <>
      <PageHeader title="Page not found" />
      <EmptyState
        icon={Compass}
        title={`There is no page at ${location}`}
        action={
          <Anchor component={Link} href="/">
            Go to the scanner
          </Anchor>
        }
      >
        The address may be mistyped, or the page may have moved.
      </EmptyState>
    </>
  );
}
