import { ScannerError } from '@fast-scanner/shared';
import type { RequestHandler } from 'express';

/** Answers what no handler of the same path took: OPTIONS with what is allowed, everything else with 405. */
export function createMethodGuard(methods: readonly string[]): RequestHandler {
  const allowed = [...methods, 'OPTIONS'].join(', ');
  return ({ method }, response) => {
    response.set('Allow', allowed);
    if (method !== 'OPTIONS') {
      throw new ScannerError('method_not_allowed', `this address knows ${allowed}`);
    }
    response.status(204).end();
  };
}
