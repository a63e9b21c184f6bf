import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type App, createApp } from '@fast-scanner/server/app.ts';
import { createWorkerAnalyst } from '@fast-scanner/server/scanners/common/worker-analyst.ts';
import type { Browser, Page } from 'playwright-core';
import { findChromium, launchBrowser, NO_BROWSER } from '../test/support/browser.ts';
import { builtServer } from '../test/support/built-server.ts';
import { builtWeb } from '../test/support/built-web.ts';
import { measureFrames } from '../test/support/frame-times.ts';
import { pacedAnalyst } from '../test/support/paced-analyst.ts';
import { testConfig } from '../test/support/test-config.ts';
import { median } from './support/measure.ts';
import { printTable } from './support/table.ts';

/**
 * What the dashboard costs those who look at it: from the address to a page that answers, what travels for that, and how even the frames
 * are while 20 of 500 rows change every second. Server and browser share the machine.
 */
const QUICK = process.argv.includes('--quick');
const VISITS = QUICK ? 2 : 7;
const WATCH_MS = QUICK ? 3_000 : 15_000;
const UPDATES_PER_SECOND = 20;
const PAGES = [
  '/',
  '/symbol/BTC%2FUSDT',
  '/runs',
  '/backtest',
  '/continuous',
  '/alerts',
  '/scorecard',
  '/settings',
];

interface Visit {
  /** From the address to the first paint, the page's main content, and the end of the last task that kept it busy. */
  readonly paintMs: number;
  readonly contentMs: number;
  readonly interactiveMs: number;
  readonly transferred: number;
}

const WATCHER = `
  globalThis.busyUntil = 0;
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) busyUntil = startTime + duration;
  }).observe({ type: 'longtask', buffered: true });
`;

/** A visitor who was never here, so that nothing is cached. */
async function visit(browser: Browser, address: string): Promise<Visit> {
  const page = await browser.newPage();
  await page.addInitScript(WATCHER);
  await page.goto(address);
  await page.locator('main h1').waitFor();
  const contentMs = await page.evaluate<number>('performance.now()');
  await page.waitForLoadState('networkidle');
  const read = `(() => {
    const entries = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
    return {
      paintMs: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN,
      busyUntil,
      transferred: entries.reduce((sum, { transferSize }) => sum + transferSize, 0),
    };
  })()`;
  const { busyUntil, ...measured } = await page.evaluate<
    Omit<Visit, 'interactiveMs'> & { busyUntil: number }
  >(read);
  await page.close();
  return { ...measured, contentMs, interactiveMs: Math.max(contentMs, busyUntil) };
}

async function measurePage(browser: Browser, address: string): Promise<Visit> {
  const visits: Visit[] = [];
  for (let number = 0; number < VISITS; number += 1) visits.push(await visit(browser, address));
  const middle = (name: keyof Visit) => median(visits.map((one) => one[name]));
  return {
    paintMs: middle('paintMs'),
    contentMs: middle('contentMs'),
    interactiveMs: middle('interactiveMs'),
    transferred: middle('transferred'),
  };
}

async function watchTable(page: Page, url: string) {
  await page.goto(`${url}/?universe=all&timeframe=1d&sort=-score`);
  await page.getByRole('button', { name: 'Quick scan' }).click();
  const line = page.getByText('Deep analysis', { exact: true }).locator('..');
  const ended = async () => Number(/(\d+) of 500/.exec((await line.textContent()) ?? '')?.[1] ?? 0);
  await line.waitFor();
  await pause(1_000);
  const before = await ended();
  const times = await measureFrames(page, () => pause(WATCH_MS));
  return { ...times, updates: (((await ended()) - before) * 1000) / WATCH_MS };
}

async function open(dataDir: string): Promise<{ app: App; url: string }> {
  const entry = new URL('analysis-worker.js', await builtServer());
  const analyst = pacedAnalyst(createWorkerAnalyst({ threads: 1, entry }), 1000 / UPDATES_PER_SECOND);
  const config = testConfig({ dataDir, quickScanConcurrency: 100, deepAnalysisConcurrency: 8 });
  const app = await createApp(config, { analyst, webDir: await builtWeb() });
  const { url } = await app.start();
  return { app, url };
}

const executablePath = findChromium();
if (executablePath === null) {
  process.stdout.write(`Nothing was measured: ${NO_BROWSER}.\n`);
} else {
  const dataDir = mkdtempSync(join(tmpdir(), 'bench-dashboard-'));
  const { app, url } = await open(dataDir);
  const browser = await launchBrowser(executablePath);
  await visit(browser, url); // warms up the compilers
  const rows = [];
  for (const path of PAGES) {
    const { paintMs, contentMs, interactiveMs, transferred } = await measurePage(browser, `${url}${path}`);
    const times = [paintMs, contentMs, interactiveMs].map((ms) => ms.toFixed(0));
    rows.push([path, ...times, (transferred / 1000).toFixed(1)]);
  }
  printTable(
    'First visit, nothing cached',
    ['page', 'first paint ms', 'content ms', 'interactive ms', 'kB transferred'],
    rows,
  );
  const page = await browser.newPage();
  const { medianMs, p95Ms, p99Ms, worstMs, longTasks, updates } = await watchTable(page, url);
  printTable(
    '500 rows while they change',
    ['updates/s', 'frame median ms', 'p95 ms', 'p99 ms', 'worst ms', 'long tasks'],
    [[updates.toFixed(1), ...[medianMs, p95Ms, p99Ms, worstMs].map((ms) => ms.toFixed(1)), longTasks]],
  );
  await browser.close();
  await app.close();
  rmSync(dataDir, { recursive: true, force: true });
}
