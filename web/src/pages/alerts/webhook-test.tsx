import type { WebhookTestResponse } from '@fast-scanner/client';
import { useScannerClient } from '@fast-scanner/client/react';
import { Alert, Button, Group } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { CircleAlert, CircleCheck, Send } from 'lucide-react';
import { ErrorState } from '../../components/error-state.tsx';
import { formatDuration } from '../../format/format-duration.ts';

/** Sends one delivery now and says how it fared. */
export function WebhookTest({ id }: { readonly id: string }) {
  const { webhooks } = useScannerClient();
  const test = useMutation({ mutationFn: () => webhooks.test(id) });
  return (
    <>
      <Group>
        <Button
          size="xs"
          variant="default"
          leftSection={<Send size={14} aria-hidden />}
          aria-label={`Send a test to webhook ${id}`}
          loading={test.isPending}
          onClick={() => test.mutate()}
        >
          Send a test
        </Button>
      </Group>
      {test.data && <Result {...test.data} />}
      {test.error && <ErrorState error={test.error} />}
    </>
  );
}

function Result({ delivered, statusCode, durationMs, detail }: WebhookTestResponse) {
  const Icon = delivered ? CircleCheck : CircleAlert;
  return (
    <Alert
      color={delivered ? 'teal' : 'red'}
      variant="light"
      role="status"
      icon={<Icon aria-hidden />}
      title={delivered ? 'The test arrived' : 'The test did not arrive'}
    >
      {detail} ({statusCode === null ? 'no answer' : `status ${statusCode}`}, {formatDuration(durationMs)})
    </Alert>
  );
}
