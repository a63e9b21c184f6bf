import { Anchor } from '@mantine/core';
import { SearchX } from 'lucide-react';
import { Link } from 'wouter';
import { describeError } from '../../components/describe-error.ts';
import { EmptyState } from '../../components/empty-state.tsx';

interface UnknownSymbolProps {
  /** Why there is nothing to show. */
  readonly error: unknown;
}

/** In place of a symbol that its exchange does not have. */
export function UnknownSymbol({ error }: UnknownSymbolProps) {
  const { title, detail } = describeError(error);
  return (
    <EmptyState
      icon={SearchX}
      title={title}
      action={
        <Anchor component={Link} href="/">
          To the scanner
        </Anchor>
      }
    >
      {detail}. The search above finds the symbols there are.
    </EmptyState>
  );
}
