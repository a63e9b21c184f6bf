import { useScannerClient } from '@fast-scanner/client/react';
import { Anchor, Button, Group, Paper, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { runPath } from '../../app/page-paths.ts';
import { ErrorState } from '../../components/error-state.tsx';
import { LoadingState } from '../../components/loading-state.tsx';
import { formatCount } from '../../format/format-number.ts';
import { ChangeTable } from './change-table.tsx';

interface RunDiffProps {
  /** One, or two with the older first. */
  readonly runIds: readonly string[];
  readonly onClear: () => void;
}

/** What changed from one run to another. */
export function RunDiff({ runIds: [from, to], onClear }: RunDiffProps) {
  const isPair = from !== undefined && to !== undefined;
  return (
    <Paper withBorder p="md" component="section" aria-label="Comparison">
      <Group justify="space-between" mb={isPair ? 'sm' : 0}>
        <Text size="sm" role="status">
          {isPair ? 'What changed from run to run' : 'One run is chosen: choose another one to compare.'}
        </Text>
        <Button size="compact-sm" variant="default" onClick={onClear}>
          Clear the choice
        </Button>
      </Group>
      {isPair && <Changes from={from} to={to} />}
    </Paper>
  );
}

function Changes({ from, to }: { readonly from: string; readonly to: string }) {
  const { data, error, refetch } = useRunDiff(from, to);
  if (error)
    return <ErrorState title="These two cannot be compared" error={error} onRetry={() => void refetch()} />;
  if (!data) return <LoadingState label="Comparing" rows={3} />;
  const { changes } = data;
  return (
    <>
      <Title order={3} size="h5" mb="xs">
        <RunLink runId={from} /> → <RunLink runId={to} />:{' '}
        {changes.length === 0 ? 'the same signals' : formatCount(changes.length, 'change')}
      </Title>
      {changes.length > 0 && <ChangeTable changes={changes} />}
    </>
  );
}

function RunLink({ runId }: { readonly runId: string }) {
  return (
    <Anchor component={Link} href={runPath(runId)} inherit underline="always">
      {runId.slice(0, 8)}
    </Anchor>
  );
}

function useRunDiff(from: string, to: string) {
  const client = useScannerClient();
  return useQuery({
    queryKey: ['runDiff', from, to],
    queryFn: ({ signal }) => client.runs.diff(from, to, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
