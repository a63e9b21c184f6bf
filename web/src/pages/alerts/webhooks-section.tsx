import type { Webhook, WebhookInput } from '@fast-scanner/client';
import { Button, Stack } from '@mantine/core';
import { Plus, Webhook as WebhookIcon } from 'lucide-react';
import { useState } from 'react';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { LoadingState } from '../../components/loading-state.tsx';
import { Section } from '../../components/section.tsx';
import { freeId } from './default-rules.ts';
import { toWebhookInput, useSaveWebhooks, useWebhooks } from './use-webhooks.ts';
import { WebhookCard } from './webhook-card.tsx';
import { type EditedWebhook, WebhookDrawer } from './webhook-drawer.tsx';

/** Where alerts are sent. */
export function WebhooksSection() {
  const { data: webhooks, error, refetch } = useWebhooks();
  const save = useSaveWebhooks();
  const [edited, setEdited] = useState<EditedWebhook | null>(null);
  if (error && !webhooks) {
    return <ErrorState title="The webhooks are not known" error={error} onRetry={() => void refetch()} />;
  }
  if (!webhooks) return <LoadingState label="Loading the webhooks" />;
  const inputs = webhooks.map(toWebhookInput);
  const ids = webhooks.map(({ id }) => id);
  const add = () =>
    setEdited({ index: null, webhook: newWebhook(freeId('my-webhook', ids)), hasSecret: false });
  return (
    <Section
      title="Webhooks"
      description="Every alert is sent there as JSON, signed when there is a secret, and tried again until it arrives."
      actions={<AddButton onClick={add} />}
    >
      {error && (
        <ErrorState title="How they fare may be out of date" error={error} onRetry={() => void refetch()} />
      )}
      <NotChanged {...save} />
      {webhooks.length === 0 && (
        <EmptyState title="No webhook" icon={WebhookIcon}>
          Give an address of yours, and alerts arrive there without this page being open.
        </EmptyState>
      )}
      <Stack gap="sm">
        {webhooks.map((webhook, index) => (
          <WebhookCard
            key={webhook.id}
            webhook={webhook}
            isSaving={save.isPending}
            onSwitch={(enabled) => save.mutate(replaceAt(inputs, index, enabled))}
            onEdit={() =>
              setEdited({ index, webhook: toWebhookInput(webhook), hasSecret: webhook.hasSecret })
            }
            onDelete={() => save.mutate(inputs.filter((_, at) => at !== index))}
          />
        ))}
      </Stack>
      <WebhookDrawer edited={edited} webhooks={webhooks} onClose={() => setEdited(null)} />
    </Section>
  );
}

function AddButton({ onClick }: { readonly onClick: () => void }) {
  return (
    <Button size="xs" leftSection={<Plus size={14} aria-hidden />} onClick={onClick}>
      Add a webhook
    </Button>
  );
}

function NotChanged({ error, mutate, variables }: ReturnType<typeof useSaveWebhooks>) {
  if (!error) return null;
  return (
    <ErrorState
      title="The webhooks were not changed"
      error={error}
      onRetry={() => variables && mutate(variables)}
    />
  );
}

function newWebhook(id: Webhook['id']): WebhookInput {
  return { id, url: '', enabled: true, rules: null };
}

function replaceAt(
  inputs: readonly WebhookInput[],
  index: number,
  enabled: boolean,
): readonly WebhookInput[] {
  return inputs.map((input, at) => (at === index ? { ...input, enabled } : input));
}
