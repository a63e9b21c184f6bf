import { isIP } from 'node:net';
import { ScannerError, type WebhookInput } from '@fast-scanner/shared';
import type { AddressGuard } from './address-guard.ts';

export interface WebhookFacts {
  readonly guard: AddressGuard;
  readonly ruleIds: readonly string[];
}

/** @throws ScannerError `invalid_input` naming each address that may not be called, and each rule that does not exist */
export function assertWebhooks(webhooks: readonly WebhookInput[], facts: WebhookFacts): void {
  const errors = webhooks.flatMap((webhook, index) =>
    problemsOf(webhook, facts).map(([field, detail]) => ({
      pointer: `/webhooks/${index}/${field}`,
      code: 'custom',
      detail,
    })),
  );
  if (errors.length === 0) return;
  const detail = errors.map(({ pointer, detail }) => `${pointer}: ${detail}`).join('; ');
  throw new ScannerError('invalid_input', detail, { errors });
}

function problemsOf(
  { url, rules }: WebhookInput,
  { guard, ruleIds }: WebhookFacts,
): (readonly [string, string])[] {
  const refusal = refusalOf(url, guard);
  const unknown = (rules ?? []).flatMap((id, index) =>
    ruleIds.includes(id) ? [] : [[`rules/${index}`, `there is no alert rule ${id}`] as const],
  );
  return refusal === null ? unknown : [['url', refusal], ...unknown];
}

/** What can be told without asking the name service, which is asked at every connection. */
function refusalOf(url: string, guard: AddressGuard): string | null {
  const { hostname } = new URL(url);
  const address = hostname.replace(/^\[|\]$/g, '');
  if (isIP(address) !== 0) return guard.refusalOf(address);
  return /(^|\.)localhost\.?$/.test(hostname) ? guard.refusalOf('127.0.0.1') : null;
}
