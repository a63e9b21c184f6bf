import { timeframeMs } from '@fast-scanner/shared';
import { type Environment, loadConfig } from '../../config/load-config.ts';
import type { Config } from '../../config.ts';
import type { ReplayRequest } from '../../scanners/replay/replay-plan.ts';
import type { ReplayOptions } from './replay-options.ts';

export interface PlannedReplay {
  readonly config: Config;
  readonly request: ReplayRequest;
}

const DAY_MS = 86_400_000;

/** Settings of a server, which a replay is not: their values cannot be in its way. */
const NO_SERVER: Environment = {
  HOST: '',
  PORT: '',
  API_TOKEN: '',
  READER_TOKEN: '',
  ALLOWED_HOSTS: '',
  ALLOWED_ORIGINS: '',
  SCAN_SCHEDULE_ENABLED: 'false',
  PREDICTION_ENABLED: 'false',
};

/** What to replay and with which settings: the options over the environment. @throws ConfigError */
export function planReplay(options: ReplayOptions, env: Environment): PlannedReplay {
  const { exchange, data, symbols, from, to } = options;
  const folder = data === undefined ? {} : { FILES_DIR: data };
  const config = loadConfig({ ...env, ...NO_SERVER, ...folder, DEFAULT_EXCHANGE: exchange });
  const timeframe = options.timeframe ?? config.scanTimeframe;
  return {
    config,
    request: {
      symbols: symbols ?? null,
      timeframe,
      stepMs: options.step ?? timeframeMs(timeframe),
      from: from ?? null,
      to: to ?? null,
      retrainMs: options.predict === true ? options.retrainDays * DAY_MS : null,
    },
  };
}
