import type { ErrorCode } from '@fast-scanner/shared';

/** Whether a failure is likely to meet every request to the exchange alike, not this symbol alone. */
export function isOfExchange({ code }: { readonly code: ErrorCode }): boolean {
  return code.startsWith('exchange_') || code === 'rate_limited' || code === 'deadline_exceeded';
}
