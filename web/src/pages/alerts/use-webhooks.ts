import type { Webhook, WebhookInput, WebhooksResponse } from '@fast-scanner/client';
import { useScannerClient } from '@fast-scanner/client/react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

const WEBHOOKS_KEY = ['webhooks'];
const REFRESH_MS = 5000;

/** Where alerts are sent, and how their deliveries fare. */
export function useWebhooks() {
  const client = useScannerClient();
  return useQuery({
    queryKey: WEBHOOKS_KEY,
    queryFn: ({ signal }) => client.webhooks.list({ signal }),
    select: ({ webhooks }) => webhooks,
    refetchInterval: REFRESH_MS,
  });
}

/** Replaces all webhooks. Those that name no secret keep theirs. */
export function useSaveWebhooks() {
  const client = useScannerClient();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (webhooks: readonly WebhookInput[]) => client.webhooks.update([...webhooks]),
    onSuccess: (answer: WebhooksResponse) => queryClient.setQueryData(WEBHOOKS_KEY, answer),
  });
}

/** A webhook as it is written: without its state, its secret kept. */
export function toWebhookInput({ id, url, enabled, rules }: Webhook): WebhookInput {
  return { id, url, enabled, rules };
}
