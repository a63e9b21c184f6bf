import type { ErrorCode } from '@fast-scanner/shared';

/** Why an exchange is left alone: it limits us, has banned us, is under maintenance, or (`open`) has failed too often in a row. */
export type BlockStatus = 'rate_limited' | 'banned' | 'maintenance' | 'open';

/** Where requests to one exchange stand. */
export interface GovernorState {
  readonly status: 'ok' | BlockStatus;
  /** When requests are tried again, epoch ms UTC; `null` while `ok`. */
  readonly resumesAt: number | null;
  /** Requests a second now allowed; less than configured for a while after a 429. */
  readonly requestsPerSecond: number;
}

export interface StateDescription {
  readonly code: ErrorCode;
  /** One line for users: "rate limited, resuming in 3 s". */
  readonly detail: string;
}

const DESCRIPTIONS: Readonly<Record<BlockStatus, { readonly code: ErrorCode; readonly text: string }>> = {
  rate_limited: { code: 'rate_limited', text: 'rate limited' },
  banned: { code: 'exchange_banned', text: 'banned by the exchange' },
  maintenance: { code: 'exchange_maintenance', text: 'under maintenance' },
  open: { code: 'exchange_unavailable', text: 'failing again and again' },
};

/** A blocked state in words and as an error code; `null` for `ok`. */
export function describeState(
  { status, resumesAt }: Pick<GovernorState, 'status' | 'resumesAt'>,
  nowMs: number,
): StateDescription | null {
  if (status === 'ok') return null;
  const { code, text } = DESCRIPTIONS[status];
  const seconds = Math.max(0, Math.ceil(((resumesAt ?? nowMs) - nowMs) / 1_000));
  return { code, detail: `${text}, resuming in ${seconds} s` };
}
