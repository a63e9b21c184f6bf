import { Anchor } from '@mantine/core';
import { Link } from 'wouter';
import { symbolPath } from '../app/page-paths.ts';

interface SymbolLinkProps {
  readonly symbol: string;
  /** `null`: where it was scanned last. */
  readonly exchange: string | null;
}

/** To a symbol's page, from a plain table. */
export function SymbolLink({ symbol, exchange }: SymbolLinkProps) {
  return (
    <Anchor
      component={Link}
      href={symbolPath(symbol, exchange === null ? {} : { exchange })}
      size="sm"
      underline="always"
    >
      {symbol}
    </Anchor>
  );
}
