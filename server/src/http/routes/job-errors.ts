import type { ErrorCode } from '@fast-scanner/shared';

/** Why a job may not be accepted. */
export const START_ERRORS = [
  'exchange_unknown',
  'too_many_jobs',
  'disk_full',
] as const satisfies readonly ErrorCode[];

/** Why a job as a whole may come to nothing. */
export const JOB_ERRORS = [
  'cancelled',
  'interrupted',
  'rate_limited',
  'exchange_banned',
  'exchange_timeout',
  'exchange_unavailable',
  'exchange_maintenance',
  'exchange_denied',
  'exchange_bad_response',
] as const satisfies readonly ErrorCode[];
