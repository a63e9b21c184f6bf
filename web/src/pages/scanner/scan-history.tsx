import type { ScanSummary } from '@fast-scanner/client';
import { useScannerClient } from '@fast-scanner/client/react';
import { Anchor, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { scanPath } from '../../app/page-paths.ts';
import { ErrorState } from '../../components/error-state.tsx';
import { JobStatusBadge } from '../../components/job-status-badge.tsx';
import { LoadingState } from '../../components/loading-state.tsx';
import { Section } from '../../components/section.tsx';
import { TimeText } from '../../components/time-text.tsx';
import { formatCount } from '../../format/format-number.ts';

const COUNT = 10;
export const HISTORY_KEY = ['scans', 'history'];

/** The newest scans; each can be shown again. */
export function ScanHistory({ shownScanId }: { readonly shownScanId: string | null }) {
  const client = useScannerClient();
  const { data, error, refetch } = useQuery({
    queryKey: HISTORY_KEY,
    queryFn: ({ signal }) => client.scans({ limit: COUNT }, { signal }),
    select: ({ scans }) => scans,
  });
  return (
    <Section title="Newest scans">
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <LoadingState rows={4} rowHeight={24} label="Loading the newest scans" />}
      {data?.length === 0 && <Text size="sm">No scan has run yet.</Text>}
      <Stack gap={6}>
        {data?.map((scan) => (
          <HistoryLine key={scan.scanId} scan={scan} isShown={scan.scanId === shownScanId} />
        ))}
      </Stack>
    </Section>
  );
}

function HistoryLine({ scan, isShown }: { readonly scan: ScanSummary; readonly isShown: boolean }) {
  const { scanId, createdAt, exchange, timeframe, symbolCount, status, trigger } = scan;
  return (
    <Group justify="space-between" gap="xs" fz="sm">
      <span>
        <Anchor
          component={Link}
          href={scanPath(scanId)}
          inherit
          fw={isShown ? 700 : 400}
          aria-current={isShown || undefined}
        >
          <TimeText value={createdAt} />
        </Anchor>{' '}
        <Text span inherit c="dimmed">
          {exchange} · {timeframe} · {formatCount(symbolCount, 'symbol')}
          {trigger === 'scheduled' && ' · scheduled'}
        </Text>
      </span>
      <JobStatusBadge status={status} />
    </Group>
  );
}
