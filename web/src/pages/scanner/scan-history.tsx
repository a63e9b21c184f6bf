import { useScannerClient } from '@fast-scanner/client/react';
import { Anchor, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { scanPath } from '../../app/page-paths.ts';
import { ErrorState } from '../../components/error-state.tsx';
import { JobStatusBadge } from '../../components/job-status-badge.tsx';
import { LoadingState } from '../../components/loading-state.tsx';
import { Section } from '../../components/section.tsx';
import { TimeText } from '../../components/time-text.tsx';

const COUNT = 10;

/** The newest scans; each can be shown again. */
export function ScanHistory({ shownScanId }: { readonly shownScanId: string | null }) {
  const client = useScannerClient();
  const { data, error, refetch } = useQuery({
    queryKey: ['scans', 'history'],
    queryFn: ({ signal }) => client.scans({ limit: COUNT }, { signal }),
    select: ({ scans }) => scans,
  });
  return (
    <Section title="Scans before">
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <LoadingState rows={4} rowHeight={24} label="Loading the scans before" />}
      {data?.length === 0 && <Text size="sm">No scan has run yet.</Text>}
      {data && data.length > 0 && (
        <Table.ScrollContainer minWidth={360}>
          <Table verticalSpacing={6} fz="sm">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Began</Table.Th>
                <Table.Th>Exchange</Table.Th>
                <Table.Th>Timeframe</Table.Th>
                <Table.Th ta="right">Symbols</Table.Th>
                <Table.Th>Status</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.map(({ scanId, createdAt, exchange, timeframe, symbolCount, status }) => (
                <Table.Tr key={scanId} aria-current={scanId === shownScanId || undefined}>
                  <Table.Td>
                    <Anchor
                      component={Link}
                      href={scanPath(scanId)}
                      inherit
                      fw={scanId === shownScanId ? 700 : 400}
                    >
                      <TimeText value={createdAt} />
                    </Anchor>
                  </Table.Td>
                  <Table.Td>{exchange}</Table.Td>
                  <Table.Td>{timeframe}</Table.Td>
                  <Table.Td ta="right">{symbolCount}</Table.Td>
                  <Table.Td>
                    <JobStatusBadge status={status} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Section>
  );
}
