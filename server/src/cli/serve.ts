import { fileURLToPath } from 'node:url';
import { ScannerError } from '@fast-scanner/shared';
import type { App } from '../app.ts';
import { ConfigError } from '../config/config-error.ts';
import { type Environment, loadConfig } from '../config/load-config.ts';
import { printConfig } from '../config/print-config.ts';
import { readEnvironment } from '../config/read-environment.ts';
import type { Config } from '../config.ts';
import type { CliContext } from './cli-context.ts';
import { dataLabelOf } from './data-labels.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { reportProblems } from './report-problems.ts';
import type { ServeOptions } from './serve-options.ts';
import { untilAborted } from './until-aborted.ts';

/** Beside the bundle; run from source there is none, and Vite serves the dashboard. */
const WEB_DIR = fileURLToPath(new URL('../../web/dist', import.meta.url));
/** How long open work may take to come to rest. */
const CLOSE_LIMIT_MS = 10_000;

/** Runs the server until the signal is aborted; answers the exit code. */
export async function serve(options: ServeOptions, context: CliContext): Promise<number> {
  try {
    const env = withOptions(readEnvironment(context.env, context.folder), options);
    const config = loadConfig(env);
    if (!options.printConfig) return await run(config, context);
    context.stdout.write(printConfig(env));
    return EXIT_CODES.ok;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    reportProblems(error, context.stderr);
    return EXIT_CODES.config;
  }
}

function withOptions(env: Environment, { host, port, exchange }: ServeOptions): Environment {
  return {
    ...env,
    ...(host === undefined ? {} : { HOST: host }),
    ...(port === undefined ? {} : { PORT: port }),
    ...(exchange === undefined ? {} : { DEFAULT_EXCHANGE: exchange }),
  };
}

async function run(config: Config, context: CliContext): Promise<number> {
  const { createApp } = await import('../app.ts');
  let app: App | null = null;
  try {
    app = await createApp(config, { webDir: WEB_DIR });
    const { url } = await untilAborted(app.start(), context.signal);
    context.stdout.write(welcome(url, config));
    await untilAborted(new Promise<never>(() => undefined), context.signal);
  } catch (error) {
    if (!context.signal.aborted) {
      await app?.close();
      return failToStart(error, config, context);
    }
  }
  context.stdout.write('Fast Scanner is stopping …\n');
  return app ? close(app, context) : EXIT_CODES.ok;
}

function welcome(url: string, { defaultExchange }: Config): string {
  return `Fast Scanner is ready at ${url} · ${defaultExchange}: ${dataLabelOf(defaultExchange)}\n`;
}

async function close(app: App, { stderr }: CliContext): Promise<number> {
  const limit = AbortSignal.timeout(CLOSE_LIMIT_MS);
  try {
    await untilAborted(app.close(), limit);
    return EXIT_CODES.ok;
  } catch (error) {
    if (!limit.aborted) throw error;
    stderr.write(
      `Open work did not come to rest within ${CLOSE_LIMIT_MS / 1000} s; it is resumed at the next start.\n`,
    );
    return EXIT_CODES.failed;
  }
}

/** Says what an operator can do about it; anything unknown is a bug and is thrown on. */
function failToStart(error: unknown, { host, port }: Config, { stderr }: CliContext): number {
  if (isSystemError(error) && error.code === 'EADDRINUSE') {
    const remedy = `Stop what listens there, or choose another: PORT=${port + 1}`;
    stderr.write(`Port ${port} of ${host} is in use. ${remedy}\n`);
  } else if (error instanceof ScannerError || isSystemError(error)) {
    stderr.write(`Fast Scanner cannot start: ${error.message}\n`);
  } else throw error;
  return EXIT_CODES.failed;
}

/** Whether the operating system refused something: an address, a folder, a file. */
function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}
