import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { browserSuite } from '../../support/browser-suite.ts';
import { eventually } from '../../support/eventually.ts';
import { type Dashboard, dashboard } from './dashboard.ts';
import { findViolations } from './find-violations.ts';
import { saveScreen } from './save-screen.ts';
import { settledSignals } from './settled-signals.ts';
import { DESKTOP, openTab, PHONE, type Tab } from './tab.ts';

const SYMBOLS = ['BTC/USDT', 'ETH/USDT', 'SOL/USDT', 'XRP/USDT', 'DOGE/USDT', 'ADA/USDT'];
const STOCKS = ['AAPL', 'MSFT', 'JPM', 'XOM', 'JNJ', 'PG', 'KO', 'CAT'];

/** Pictures take their time: in every theme and size only with time to spare. */
const IS_SOAK = Boolean(process.env['SOAK']);

/** Dialogs, drawers and what opens at a button. */
const OVER_THE_PAGE = '[role=dialog], .mantine-Popover-dropdown';

/** What the server has before the first visit. */
interface Seeds {
  readonly runId: string;
  readonly otherRunId: string;
  /** It has signals. */
  readonly largeRunId: string;
  readonly testId: string;
}

interface Visit {
  readonly name: string;
  readonly path: string | ((seeds: Seeds) => string);
  /** The page is there once it shows this. */
  readonly shows: string | RegExp;
  /** Opens what lies over the page, which is then not looked at on a phone. */
  readonly open?: (page: Page) => Promise<void>;
}

const VISITS: readonly Visit[] = [
  { name: 'scanner', path: '/', shows: 'is the first of its symbols' },
  { name: 'scanner with its schedule', path: '/', shows: 'is the first of its symbols', open: openSchedule },
  { name: 'scanner with shortcuts', path: '/', shows: 'is the first of its symbols', open: openShortcuts },
  {
    name: 'symbol',
    path: '/symbol/BTC%2FUSDT?indicators=ema20,bollinger,rsi,macd',
    shows: 'Net return',
  },
  { name: 'symbol that was not scanned', path: '/symbol/AAPL?timeframe=1d', shows: 'was never scanned' },
  { name: 'runs', path: ({ runId, otherRunId }) => `/runs?compare=${runId},${otherRunId}`, shows: '→' },
  { name: 'run', path: ({ runId }) => `/runs/${runId}`, shows: 'Summary' },
  {
    name: 'run with a reason',
    path: ({ largeRunId }) => `/runs/${largeRunId}`,
    shows: 'Summary',
    open: openReason,
  },
  { name: 'market scans', path: '/backtest?universe=own', shows: 'Name at least one symbol' },
  { name: 'market scan', path: ({ testId }) => `/backtest/${testId}`, shows: 'By stock' },
  { name: 'continuous', path: '/continuous', shows: 'Training data' },
  { name: 'alerts', path: '/alerts', shows: 'Fired' },
  { name: 'alert rules', path: '/alerts?show=rules', shows: 'Quiet for' },
  { name: 'alert rule', path: '/alerts?show=rules', shows: 'Quiet for', open: openRule },
  { name: 'alert preview', path: '/alerts?show=preview', shows: 'What would fire now' },
  { name: 'webhooks', path: '/alerts?show=webhooks', shows: 'No webhook' },
  { name: 'scorecard', path: '/scorecard', shows: 'Can predictions be believed?' },
  { name: 'settings', path: '/settings', shows: 'Notify me' },
  { name: 'nowhere', path: '/settings/nowhere', shows: 'Page not found' },
];

browserSuite('every page', () => {
  const server = dashboard();
  let seeds: Seeds;
  let tab: Tab;

  before(async () => {
    seeds = await seed(server);
    tab = await openTab(`${server.url}/settings`, { colorScheme: 'light' });
    tab.expectTrouble(/\/symbol\/AAPL/); // it was never scanned
  });
  after(() => tab?.close());

  for (const { name, path, shows, open } of VISITS) {
    it(`can be used by everybody in both themes, and fits a phone: ${name}`, async () => {
      const { page } = tab;
      await goTo(page, typeof path === 'string' ? path : path(seeds));
      await page.getByText(shows).first().waitFor();
      await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
      await open?.(page);
      const within = open ? OVER_THE_PAGE : 'html';
      const light = await findViolations(page, { within });
      await saveScreen(page, `${name} light 1280`);
      await showTheme(page, 'dark');
      const dark = await findViolations(page, { of: 'colours', within });
      if (IS_SOAK) await saveScreen(page, `${name} dark 1280`);
      assert.deepEqual({ light, dark }, { light: [], dark: [] });
      if (open) await page.keyboard.press('Escape');
      else await assertFitsPhone(page, name);
      await showTheme(page, 'light');
      tab.assertNoTrouble();
    });
  }
});

async function seed({ client, app }: Dashboard): Promise<Seeds> {
  await app.store.commit({ putSignals: settledSignals('4h', 60) });
  const quick = await client.quickScan({ symbols: SYMBOLS });
  const [run, other, large, test] = await Promise.all([
    client.runs.start({ sniper_mode: 'recon', symbols: SYMBOLS }),
    client.runs.start({ sniper_mode: 'overwatch', symbols: SYMBOLS }),
    // Prices move with the clock: of a few symbols none may be a signal, of so many some always are.
    client.runs.start({ sniper_mode: 'strike', limit: 60 }),
    client.marketScans.start({ strategy: 'sma_cross', tickers: [...STOCKS, 'NOWHERE'] }),
    client.continuous.start({ symbols: SYMBOLS }),
  ]);
  await Promise.all([run.result(), other.result(), large.result(), quick.wait(), test.result()]);
  await eventually(async () => assert.ok((await client.continuous.signals()).signals.length > 0));
  return { runId: run.runId, otherRunId: other.runId, largeRunId: large.runId, testId: test.jobId };
}

/** As a link does: the dashboard stays, the page changes. */
async function goTo(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => history.pushState(null, '', to), path);
}

async function assertFitsPhone(page: Page, name: string): Promise<void> {
  await page.setViewportSize(PHONE);
  await eventually(async () => {
    assert.equal(await page.evaluate('document.documentElement.scrollWidth'), PHONE.width);
  });
  if (IS_SOAK) {
    await saveScreen(page, `${name} dark 390`);
    await showTheme(page, 'light');
    await saveScreen(page, `${name} light 390`);
  }
  await page.setViewportSize(DESKTOP);
}

/** The system's theme changes while one looks; the page follows. */
async function showTheme(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme: theme });
  await page.locator(`html[data-mantine-color-scheme=${theme}]`).waitFor();
  await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))');
}

async function openSchedule(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'No scheduled scans' }).click();
  await page.locator('input:focus').waitFor();
}

async function openShortcuts(page: Page): Promise<void> {
  await page.keyboard.press('Shift+?');
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
}

async function openReason(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Why / }).first().click();
  await page.getByRole('dialog').getByText('Entry zone').waitFor();
}

async function openRule(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /^Edit rule/ })
    .first()
    .click();
  await page.getByRole('form', { name: 'Rule' }).waitFor();
}
