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
  const { data, error, isPending, mutate } = useMutation({
    mutationFn: () => client.outcomes.replay(signalId),
  });
  if (data) {
    return (
      <div role="status">
        {VERDICTS[data.verdict]}
        {data.verdict !== 'equal' && <Detail text={data.detail} />}
      </div>
    );
  }
  return (
    <>
      <Button
        size="compact-xs"
        variant="default"
        loading={isPending}
        onClick={() => mutate()}
        title="Computes the signal again from its candles"
      >
        {error ? 'Try again' : 'Compute'}
      </Button>
      {error && <Detail text={describeError(error).detail} />}
    </>
  );
}

function Detail({ text }: { readonly text: string }) {
  return (
    <Text size="xs" c="dimmed" maw={240}>
      {text}
    </Text>
  );
}
