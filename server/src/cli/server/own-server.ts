import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { type Environment, loadConfig } from '../../config/load-config.ts';
import type { CliContext } from '../cli-context.ts';
import { untilAborted } from '../until-aborted.ts';

/** A server of this process. */
export interface OwnServer {
  readonly url: string;
  readonly token: string;
  readonly dataDir: string;
}

/** Nobody else is to find it, and it does nothing of its own accord. */
const FOR_THIS_PROCESS: Environment = {
  HOST: '127.0.0.1',
  PORT: '0',
  READER_TOKEN: '',
  ALLOWED_HOSTS: '',
  ALLOWED_ORIGINS: '',
  SCAN_SCHEDULE_ENABLED: 'false',
  LOG_LEVEL: 'silent',
};

/** Unfinished work that a command may take up. Of `outcomes` all that can be found are found before the command goes on. */
export type ResumedWork = 'runs' | 'marketScans' | 'outcomes';

export interface OwnServerUse<Result> {
  readonly work: (server: OwnServer) => Promise<Result>;
  /** Which unfinished work of an earlier process it takes up. Default: none. */
  readonly resumes?: ResumedWork | undefined;
  /** Files of the user's own strategies. */
  readonly strategyFiles?: readonly string[] | undefined;
}

/**
 * Runs the whole product on a free loopback port for as long as `work` lasts, with a token that nobody else knows.
 * @throws ConfigError @throws ScannerError `unavailable` when the data folder is in use; what `work` throws; the signal's reason
 */
export async function withOwnServer<Result>(
  env: Environment,
  { stderr, signal }: CliContext,
  { work, resumes, strategyFiles = [] }: OwnServerUse<Result>,
): Promise<Result> {
  const token = randomBytes(24).toString('hex');
  const config = loadConfig({ ...env, ...FOR_THIS_PROCESS, API_TOKEN: token });
  const onBug = (error: unknown) => stderr.write(`Unexpected error: ${inspect(error)}\n`);
  const { createApp } = await import('../../app.ts');
  signal.throwIfAborted();
  const app = await createApp(config, { onBug, strategyFiles, resumesWork: false });
  try {
    const { url } = await untilAborted(app.start(), signal);
    if (resumes === 'outcomes') await untilAborted(app.outcomes.settle(), signal);
    else if (resumes) await app[resumes].open();
    return await work({ url, token, dataDir: config.dataDir });
  } finally {
    await app.close();
  }
}
