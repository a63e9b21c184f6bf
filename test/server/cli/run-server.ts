import type { Config } from '@fast-scanner/server/config.ts';
import { systemClock } from '@fast-scanner/server/ops/system-clock.ts';
import { type Clock, runIdSchema } from '@fast-scanner/shared';
import { TestWindows } from '../http/test-windows.ts';
import { type CommandResult, type RunOptions, runCommand } from './run-command.ts';

/** A moment at which the mode recon finds signals among the 20 most traded symbols of the simulated market. */
const RUN_NOW = Date.UTC(2026, 0, 7, 10, 20);
const STARTED_AT = performance.now();

/** As if the tests had begun then. */
const clock: Clock = { ...systemClock, now: () => RUN_NOW + Math.floor(performance.now() - STARTED_AT) };

/** A server on which it is that moment, and the commands that talk to it. */
export class RunServer {
  readonly windows: TestWindows;
  readonly #env: Readonly<Record<string, string>>;

  constructor(windows: TestWindows, env: Readonly<Record<string, string>>) {
    this.windows = windows;
    this.#env = env;
  }

  static async open(dataDir: string, config: Partial<Config> = {}): Promise<RunServer> {
    const windows = await TestWindows.open({ dataDir, config, clock });
    const { apiToken } = config;
    return new RunServer(windows, apiToken ? { API_TOKEN: apiToken } : {});
  }

  command(args: readonly string[], options: RunOptions = {}): Promise<CommandResult> {
    const env = { ...this.#env, ...options.env };
    return runCommand([...args, '--url', this.windows.url], { ...options, env });
  }

  /** The id of a run that goes on at the server. */
  async detach(...args: readonly string[]): Promise<string> {
    const { out } = await this.command(['run', '--detach', ...args]);
    return runIdSchema.parse(out.trim());
  }

  close(): Promise<void> {
    return this.windows.app.close();
  }
}
