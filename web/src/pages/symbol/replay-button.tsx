import type { ReplaySignalResponse } from '@fast-scanner/client';
import { useScannerClient } from '@fast-scanner/client/react';
import { Button, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { describeError } from '../../components/describe-error.ts';

const VERDICTS: Readonly<Record<ReplaySignalResponse['verdict'], string>> = {
  equal: '✓ equal',
  differs: '≠ differs',
  unavailable: '– unavailable',
};

/** Computes a signal again from its candles, and says whether it comes out equal. */
export function ReplayButton({ signalId }: { readonly signalId: string }) {
  const client = useScannerClient();
  const replay = useMutation({ mutationFn: () => client.outcomes.replay(signalId) });
  if (replay.data) {
    return (
      <Text span inherit title={replay.data.detail} role="status">
        {VERDICTS[replay.data.verdict]}
      </Text>
    );
  }
  return (
    <Button
      size="compact-xs"
      variant="default"
      loading={replay.isPending}
      onClick={() => replay.mutate()}
      title={replay.error ? describeError(replay.error).detail : 'Computes the signal again from its candles'}
    >
      {replay.error ? 'Failed, again' : 'Compute'}
    </Button>
  );
}
