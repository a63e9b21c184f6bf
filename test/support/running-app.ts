import { type App, type AppOverrides, createApp } from '@fast-scanner/server/app.ts';
import type { Config } from '@fast-scanner/server/config.ts';
import { sharedAnalyst } from './shared-analyst.ts';
import { sharedBacktester } from './shared-backtester.ts';
import { testConfig } from './test-config.ts';

export interface RunningApp {
  readonly app: App;
  readonly url: string;
  readonly port: number;
}

/** The whole product on a free port, on the simulated market unless told otherwise. */
export async function startApp(
  config: Partial<Config> & Pick<Config, 'dataDir'>,
  overrides: Partial<AppOverrides> = {},
): Promise<RunningApp> {
  const workers = { analyst: sharedAnalyst(), backtester: sharedBacktester() };
  const app = await createApp(testConfig(config), { ...workers, ...overrides });
  const { url } = await app.start();
  return { app, url, port: Number(new URL(url).port) };
}
