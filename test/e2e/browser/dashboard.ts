import { createScannerClient, type ScannerClient } from '@fast-scanner/client';
import type { AppOverrides } from '@fast-scanner/server/app.ts';
import type { Config } from '@fast-scanner/server/config.ts';
import type { BrowserContextOptions } from 'playwright-core';
import { builtWeb } from '../../support/built-web.ts';
import { type RunningApp, startApp } from '../../support/running-app.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { saveScreen } from './save-screen.ts';
import { openTab, type Tab } from './tab.ts';

/** A server with the built dashboard on the simulated market, for the tests of one file. */
export interface Dashboard {
  readonly url: string;
  readonly app: RunningApp['app'];
  /** Asks the server what the page does not show. */
  readonly client: ScannerClient;
  /** A new user at a page. Closed after the test, which fails when the page had a trouble. */
  open(path: string, options?: BrowserContextOptions): Promise<Tab>;
}

/** Call it inside `browserSuite`. */
export function dashboard(config: Partial<Config> = {}, overrides: Partial<AppOverrides> = {}): Dashboard {
  const folder = temporaryFolder();
  const parts: { running?: RunningApp; client?: ScannerClient } = {};
  let tabs: Tab[] = [];
  before(async () => {
    parts.running = await startApp(
      { dataDir: folder.path, ...config },
      { webDir: await builtWeb(), ...overrides },
    );
    parts.client = createScannerClient({ url: parts.running.url });
  });
  afterEach(async function () {
    const open = tabs;
    tabs = [];
    const { currentTest } = this;
    if (currentTest?.isFailed()) {
      for (const { page } of open) await saveScreen(page, `failed ${currentTest.fullTitle()}`);
    }
    for (const tab of open) await tab.close();
  });
  after(async () => {
    parts.client?.close();
    await parts.running?.app.close();
  });
  return {
    get url() {
      return found(parts.running).url;
    },
    get app() {
      return found(parts.running).app;
    },
    get client() {
      return found(parts.client);
    },
    open: async (path, options) => {
      const tab = await openTab(`${found(parts.running).url}${path}`, options);
      tabs.push(tab);
      return tab;
    },
  };
}

function found<Part>(part: Part | undefined): Part {
  if (part === undefined) throw new Error('the dashboard is there once the suite has begun');
  return part;
}
