import type { Webhook } from '@fast-scanner/client';
import { Button, Group, Paper, Stack, Switch, Text, Title } from '@mantine/core';
import { CircleAlert, CircleCheck, CirclePause, Clock, Pencil, Trash2 } from 'lucide-react';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { FactList } from '../../components/fact-list.tsx';
import { type Look, LookBadge } from '../../components/look-badge.tsx';
import { TimeText } from '../../components/time-text.tsx';
import { formatNumber } from '../../format/format-number.ts';
import { type DeliveryHealth, deliveryHealth } from './delivery-health.ts';
import { WebhookTest } from './webhook-test.tsx';

const LOOKS: Readonly<Record<DeliveryHealth, Look>> = {
  off: { label: 'Off', color: 'gray', icon: CirclePause },
  unused: { label: 'Not used yet', color: 'gray', icon: Clock },
  ok: { label: 'Delivers', color: 'teal', icon: CircleCheck },
  retrying: { label: 'Tries again', color: 'orange', icon: Clock },
  failing: { label: 'Fails', color: 'red', icon: CircleAlert },
};

interface WebhookCardProps {
  readonly webhook: Webhook;
  readonly isSaving: boolean;
  readonly onSwitch: (isEnabled: boolean) => void;
  readonly onEdit: () => void;
  readonly onDelete: () => void;
}

/** A webhook, how its deliveries fare, and a test. */
export function WebhookCard(props: WebhookCardProps) {
  const { id, url, hasSecret, rules, state } = props.webhook;
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <CardHeader {...props} />
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {url} · {hasSecret ? 'signed with a secret' : 'not signed'} ·{' '}
          {rules === null ? 'alerts of all rules' : `alerts of ${rules.join(', ')}`}
        </Text>
        <FactList facts={toFacts(state)} />
        {state.lastError && (
          <Text size="sm">
            Last error <TimeText value={state.lastError.at} style="age" />: {state.lastError.detail}
          </Text>
        )}
        <WebhookTest id={id} />
      </Stack>
    </Paper>
  );
}

function CardHeader({ webhook, isSaving, onSwitch, onEdit, onDelete }: WebhookCardProps) {
  const { id, enabled } = webhook;
  return (
    <Group justify="space-between" gap="sm">
      <Group gap="sm">
        <Title order={3} size="h5">
          {id}
        </Title>
        <LookBadge {...LOOKS[deliveryHealth(webhook)]} />
      </Group>
      <Group gap="xs">
        <Switch
          label="On"
          aria-label={`Webhook ${id} is on`}
          checked={enabled}
          disabled={isSaving}
          onChange={({ currentTarget }) => onSwitch(currentTarget.checked)}
        />
        <Button
          size="xs"
          variant="default"
          leftSection={<Pencil size={14} aria-hidden />}
          aria-label={`Edit webhook ${id}`}
          onClick={onEdit}
        >
          Edit
        </Button>
        <ConfirmButton
          label="Delete"
          ariaLabel={`Delete webhook ${id}`}
          icon={Trash2}
          question={`Delete the webhook ${id}? What waits for delivery is lost.`}
          isDisabled={isSaving}
          onConfirm={onDelete}
        />
      </Group>
    </Group>
  );
}

function toFacts({ lastDelivery, pending, delivered, failed, nextAttemptAt }: Webhook['state']) {
  return [
    {
      label: 'Last delivery',
      value: lastDelivery ? (
        <>
          {lastDelivery.delivered ? '✓ arrived' : '✗ failed'} <TimeText value={lastDelivery.at} style="age" />
        </>
      ) : (
        'none yet'
      ),
    },
    {
      label: 'Answer',
      value: lastDelivery ? `${lastDelivery.statusCode ?? 'none'} (attempt ${lastDelivery.attempt})` : '–',
    },
    { label: 'Pending', value: formatNumber(pending), help: 'Alerts that wait for their delivery.' },
    { label: 'Delivered', value: formatNumber(delivered) },
    { label: 'Failed', value: formatNumber(failed), help: 'Alerts that were given up.' },
    { label: 'Next attempt', value: <TimeText value={nextAttemptAt} style="time" /> },
  ];
}
