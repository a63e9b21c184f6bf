import type { ErrorCode } from '@fast-scanner/shared';

/** What an exchange that has to be asked may answer. */
export const EXCHANGE_ERRORS = [
  'exchange_unknown',
  'exchange_unavailable',
  'exchange_timeout',
  'exchange_banned',
  'exchange_maintenance',
  'exchange_denied',
  'exchange_bad_response',
  'rate_limited',
  'deadline_exceeded',
] as const satisfies readonly ErrorCode[];
