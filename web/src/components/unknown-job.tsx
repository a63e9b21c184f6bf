import { Anchor } from '@mantine/core';
import { SearchX } from 'lucide-react';
import { Link } from 'wouter';
import { capitalize } from '../format/capitalize.ts';
import { EmptyState } from './empty-state.tsx';
import { PageHeader } from './page-header.tsx';

interface UnknownJobProps {
  /** "market scan". */
  readonly what: string;
  readonly id: string;
  /** Where the others are listed. */
  readonly href: string;
}

/** In place of a job that the server does not know. */
export function UnknownJob({ what, id, href }: UnknownJobProps) {
  return (
    <>
      <PageHeader title={`${capitalize(what)} not found`} />
      <EmptyState
        icon={SearchX}
        title={`The server knows no such ${what}`}
        action={
          <Anchor component={Link} href={href}>
            All {what}s
          </Anchor>
        }
      >
        <code>{id}</code> is mistyped, of another server, or so old that nothing of it is left.
      </EmptyState>
    </>
  );
}
