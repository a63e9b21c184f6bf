import type { ClientError } from '@fast-scanner/client';

/** Whether there is nothing of that id: the server has never heard of it, or it cannot be one. */
export function isUnknown(error: ClientError | null): boolean {
  return error?.code === 'not_found' || error?.code === 'invalid_input';
}
