import type { SignalChange } from '@fast-scanner/client';
import { useScannerClient } from '@fast-scanner/client/react';
import { Anchor, List, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { symbolPath } from '../../app/page-paths.ts';
import { ErrorState } from '../../components/error-state.tsx';
import { LoadingState } from '../../components/loading-state.tsx';
import { Section } from '../../components/section.tsx';
import { SignalBadge } from '../../components/signal-badge.tsx';
import { capitalize } from '../../format/capitalize.ts';

const CHANGE_LABELS: Readonly<Record<SignalChange['change'], string>> = {
  new: 'new',
  dropped: 'dropped',
  flipped: 'flipped',
  strengthened: 'stronger',
  weakened: 'weaker',
  price_move: 'price',
  regime_change: 'regime',
};

interface ScanChangesProps {
  readonly scanId: string;
  /** Changes are known once it has ended. */
  readonly hasEnded: boolean;
  readonly exchange: string;
}

/** What is not as it was in the scan before of the same symbols and timeframe. */
export function ScanChanges({ scanId, hasEnded, exchange }: ScanChangesProps) {
  const client = useScannerClient();
  const { data, error, refetch } = useQuery({
    queryKey: ['changes', scanId, hasEnded],
    queryFn: ({ signal }) => client.changes({ scanId }, { signal }),
    enabled: hasEnded,
  });
  return (
    <Section title="Since the scan before">
      {!hasEnded && (
        <Text size="sm" c="dimmed">
          Known when the scan has ended.
        </Text>
      )}
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {hasEnded && !data && !error && <LoadingState rows={3} rowHeight={20} label="Looking for changes" />}
      {data &&
        ((data.reason ?? data.count === 0) ? (
          <Text size="sm">
            {data.reason === null ? 'Nothing has changed.' : `${capitalize(data.reason)}.`}
          </Text>
        ) : null)}
      {data && data.count > 0 && <ChangeList changes={data.changes} exchange={exchange} />}
    </Section>
  );
}

interface ChangeListProps {
  readonly changes: readonly SignalChange[];
  readonly exchange: string;
}

function ChangeList({ changes, exchange }: ChangeListProps) {
  return (
    <List listStyleType="none" spacing={6} size="sm" mah={320} style={{ overflow: 'auto' }} tabIndex={0}>
      {changes.map(({ symbol, change, detail, to }) => (
        <List.Item key={`${symbol} ${change}`}>
          <SignalBadge signal={to ?? ''} label={CHANGE_LABELS[change]} />{' '}
          <Anchor component={Link} href={symbolPath(symbol, { exchange })} inherit fw={600}>
            {symbol}
          </Anchor>{' '}
          <Text span inherit c="dimmed">
            {detail}
          </Text>
        </List.Item>
      ))}
    </List>
  );
}
