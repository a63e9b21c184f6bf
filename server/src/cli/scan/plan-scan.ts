import {
  MAX_SCAN_SYMBOLS,
  type QuickScanRequest,
  quickScanRequestSchema,
  toInvalidInput,
} from '@fast-scanner/shared';
import { type Environment, loadConfig } from '../../config/load-config.ts';
import type { Config } from '../../config.ts';
import type { ScanOptions } from './scan-options.ts';

export interface ScanPlan {
  readonly config: Config;
  readonly request: QuickScanRequest;
}

/** Which option stands for which variable. */
export const OPTION_NAMES: ReadonlyMap<string, string> = new Map([
  ['DEFAULT_EXCHANGE', '--exchange'],
  ['FILES_DIR', '--data'],
  ['FILES_AS_OF', '--as-of'],
  ['DEMO_SEED', '--seed'],
]);

/** Settings of a server, which a scan of its own is not: their values cannot be in its way. */
const NO_SERVER: Environment = {
  HOST: '',
  PORT: '',
  API_TOKEN: '',
  READER_TOKEN: '',
  ALLOWED_HOSTS: '',
  ALLOWED_ORIGINS: '',
  SCAN_SCHEDULE_ENABLED: 'false',
};

/**
 * What to scan and with which settings: the options over the environment. `dataDir` is a folder of the scan's own, so that it never meets a
 * running server.
 * @throws ConfigError @throws ScannerError `invalid_input`
 */
export function planScan(options: ScanOptions, env: Environment, dataDir: string): ScanPlan {
  const config = loadConfig({ ...env, ...NO_SERVER, ...variablesOf(options), DATA_DIR: dataDir });
  const exchange = config.defaultExchange;
  const parsed = quickScanRequestSchema.safeParse({
    exchange,
    symbols: options.symbols,
    timeframe: options.timeframe ?? config.scanTimeframe,
    limit: options.limit ?? (exchange === 'files' ? MAX_SCAN_SYMBOLS : undefined),
    analyze: options.analyze,
  });
  if (!parsed.success) throw toInvalidInput(parsed.error.issues);
  return { config, request: parsed.data };
}

function variablesOf({ exchange, data, asOf, seed }: ScanOptions): Environment {
  const exchangeId = exchange ?? (data === undefined ? undefined : 'files');
  return {
    ...(exchangeId === undefined ? {} : { DEFAULT_EXCHANGE: exchangeId }),
    ...(data === undefined ? {} : { FILES_DIR: data }),
    ...(asOf === undefined ? {} : { FILES_AS_OF: asOf }),
    ...(seed === undefined ? {} : { DEMO_SEED: seed }),
  };
}
