import { createHash } from 'node:crypto';

/** A short text that two requests share exactly when they ask for the same. */
export function fingerprintOf(asked: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(asked)).digest('base64url');
}
