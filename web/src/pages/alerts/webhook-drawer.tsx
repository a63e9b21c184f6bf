import type { Webhook, WebhookInput } from '@fast-scanner/client';
import {
  Button,
  Checkbox,
  Drawer,
  Group,
  MultiSelect,
  PasswordInput,
  Stack,
  Switch,
  TextInput,
} from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { fieldError } from '../../components/field-error.ts';
import { SaveError } from './save-error.tsx';
import { useRules } from './use-rules.ts';
import { toWebhookInput, useSaveWebhooks } from './use-webhooks.ts';

export interface EditedWebhook {
  /** Its place among the webhooks; `null` for a new one. */
  readonly index: number | null;
  readonly webhook: WebhookInput;
  readonly hasSecret: boolean;
}

interface WebhookDrawerProps {
  /** `null`: closed. */
  readonly edited: EditedWebhook | null;
  readonly webhooks: readonly Webhook[];
  readonly onClose: () => void;
}

/** A webhook as a form. */
export function WebhookDrawer({ edited, webhooks, onClose }: WebhookDrawerProps) {
  return (
    <Drawer
      opened={edited !== null}
      onClose={onClose}
      position="right"
      size="md"
      title={edited?.index === null ? 'New webhook' : `Webhook ${edited?.webhook.id ?? ''}`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {edited && <WebhookForm edited={edited} webhooks={webhooks} onClose={onClose} />}
    </Drawer>
  );
}

interface WebhookFormProps extends WebhookDrawerProps {
  readonly edited: EditedWebhook;
}

function WebhookForm({ edited, webhooks, onClose }: WebhookFormProps) {
  const [webhook, setWebhook] = useState(edited.webhook);
  const save = useSaveWebhooks();
  const place = edited.index ?? webhooks.length;
  const path = `webhooks ${place}`;
  const change = (part: Partial<WebhookInput>) => setWebhook({ ...webhook, ...part });
  const wrong = (name: string) => fieldError(save.error, `${path} ${name}`);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const others = webhooks.map(toWebhookInput);
    save.mutate([...others.slice(0, place), webhook, ...others.slice(place + 1)], { onSuccess: onClose });
  };
  return (
    <form onSubmit={submit} aria-label="Webhook" noValidate>
      <Stack gap="md">
        <AddressFields webhook={webhook} onChange={change} wrong={wrong} />
        <SecretField
          secret={webhook.secret}
          hasSecret={edited.hasSecret}
          onChange={(secret) => setWebhook(withSecret(webhook, secret))}
          error={wrong('secret')}
        />
        <RuleChoice
          value={webhook.rules ?? null}
          onChange={(rules) => change({ rules })}
          error={wrong('rules')}
        />
        <Switch
          label="On"
          checked={webhook.enabled ?? true}
          onChange={({ currentTarget }) => change({ enabled: currentTarget.checked })}
        />
        {save.error && <SaveError title="The webhook was not saved" error={save.error} path={path} />}
        <Group>
          <Button type="submit" loading={save.isPending}>
            Save
          </Button>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface AddressFieldsProps {
  readonly webhook: WebhookInput;
  readonly onChange: (part: Partial<WebhookInput>) => void;
  /** What the server said of a field. */
  readonly wrong: (name: string) => string | null;
}

function AddressFields({ webhook, onChange, wrong }: AddressFieldsProps) {
  return (
    <>
      <TextInput
        label="Name"
        description="Lower-case letters, digits and -"
        value={webhook.id}
        onChange={({ currentTarget }) => onChange({ id: currentTarget.value })}
        error={wrong('id')}
        maxLength={40}
      />
      <TextInput
        label="Address"
        description="Gets a POST with the alert as JSON"
        placeholder="https://hooks.example/fast-scanner"
        type="url"
        value={webhook.url}
        onChange={({ currentTarget }) => onChange({ url: currentTarget.value.trim() })}
        error={wrong('url')}
        data-autofocus
      />
    </>
  );
}

/** Absent: as before. */
function withSecret({ secret: _, ...webhook }: WebhookInput, secret: WebhookInput['secret']): WebhookInput {
  return secret === undefined ? webhook : { ...webhook, secret };
}

interface SecretFieldProps {
  readonly secret: WebhookInput['secret'];
  /** The server has one already. */
  readonly hasSecret: boolean;
  readonly onChange: (secret: WebhookInput['secret']) => void;
  readonly error: string | null;
}

/** Only ever written: the server never tells it. */
function SecretField({ secret, hasSecret, onChange, error }: SecretFieldProps) {
  return (
    <>
      <PasswordInput
        label="Secret"
        description={
          hasSecret
            ? 'There is one, and it stays unless you type another. Nobody can read it.'
            : 'Optional: signs the deliveries. At least 16 characters.'
        }
        autoComplete="new-password"
        visibilityToggleButtonProps={{ 'aria-label': 'Show the secret' }}
        disabled={secret === null}
        value={secret ?? ''}
        onChange={({ currentTarget }) => onChange(currentTarget.value || undefined)}
        error={error}
      />
      {hasSecret && (
        <Checkbox
          label="Remove the secret: deliveries are not signed any more"
          checked={secret === null}
          onChange={({ currentTarget }) => onChange(currentTarget.checked ? null : undefined)}
        />
      )}
    </>
  );
}

interface RuleChoiceProps {
  readonly value: readonly string[] | null;
  readonly onChange: (rules: string[] | null) => void;
  readonly error: string | null;
}

function RuleChoice({ value, onChange, error }: RuleChoiceProps) {
  const { data: rules = [] } = useRules();
  const ids = new Set([...rules.map(({ id }) => id), ...(value ?? [])]);
  return (
    <MultiSelect
      label="Alerts of these rules"
      description="None chosen: of all rules"
      data={[...ids]}
      value={[...(value ?? [])]}
      onChange={(chosen) => onChange(chosen.length === 0 ? null : chosen)}
      error={error}
    />
  );
}
