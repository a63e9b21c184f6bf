import { isDeepStrictEqual } from 'node:util';
import type { ScannerClient } from '@fast-scanner/client';
import { type ContinuousStatus, ScannerError, type StartContinuousInput } from '@fast-scanner/shared';

/**
 * Starts the continuous scanner unless it runs already as it is wanted; answers whether it did.
 * @throws ScannerError `conflict` when it runs otherwise; the client's errors
 */
export async function startOrJoin(client: ScannerClient, request: StartContinuousInput): Promise<boolean> {
  const status = await client.continuous.status();
  if (status.running) {
    assertAsWanted(status, request);
    return false;
  }
  // Not ended by Ctrl-C: nobody would know whether it runs.
  await client.continuous.start(request);
  return true;
}

/** What a request leaves out is as wanted, whatever it is. */
function assertAsWanted(
  { symbols, data_sources, config }: ContinuousStatus,
  wanted: StartContinuousInput,
): void {
  const exchanges = data_sources.map(({ exchange }) => exchange);
  const timeframes = { ...config.timeframes, ...wanted.config?.timeframes };
  const options = [
    ...(areSame(wanted.symbols ?? symbols, symbols) ? [] : [`--symbols (it follows ${named(symbols)})`]),
    ...(areSame(wanted.exchanges ?? exchanges, exchanges) ? [] : [`--exchange (it has ${named(exchanges)})`]),
    ...(isDeepStrictEqual({ ...config, ...wanted.config, timeframes }, config) ? [] : ['--config']),
  ];
  if (options.length === 0) return;
  const remedy = 'leave that out to watch it, or stop it first: fast-scanner continuous stop';
  throw new ScannerError(
    'conflict',
    `the continuous scanner runs already, but not with this ${options.join(', ')}; ${remedy}`,
  );
}

function areSame(wanted: readonly string[], actual: readonly string[]): boolean {
  return isDeepStrictEqual(new Set(wanted), new Set(actual));
}

function named(names: readonly string[]): string {
  const most = 5;
  const more = names.length - most;
  return `${names.slice(0, most).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
