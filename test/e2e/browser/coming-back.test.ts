import assert from 'node:assert/strict';
import { createScannerClient } from '@fast-scanner/client';
import type { Page } from 'playwright-core';
import { browserSuite } from '../../support/browser-suite.ts';
import { builtWeb } from '../../support/built-web.ts';
import { type ServerProcess, startServerProcess } from '../../support/server-process.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { dashboard } from './dashboard.ts';
import { expectText } from './expect-text.ts';
import { progressLine } from './progress-line.ts';
import { openTab } from './tab.ts';

const SYMBOLS = 10;
/** What the browser says of a server that is not there. */
const UNREACHABLE = /net::ERR_|WebSocket|socket\.io/;

browserSuite('whoever comes back to the dashboard', () => {
  const server = dashboard({ demoLatencyMs: 60 });

  it('after closing the tab in the midst of a scan finds it again, at its address and at none, and nothing doubled', async () => {
    const first = await server.open(`/?limit=${SYMBOLS}`);
    await first.page.getByRole('button', { name: 'Quick scan' }).click();
    await expectText(progressLine(first.page, 'Deep analysis'), /[1-9]\d* of 10/);
    const path = first.page.url().slice(server.url.length);
    await first.page.close();
    const same = await server.open(path);
    await expectText(progressLine(same.page, 'Deep analysis'), /[1-9]\d* of 10/);
    const other = await server.open('/');
    for (const { page } of [same, other]) {
      await page.getByText(/^Scan of 10 symbols/).waitFor();
      await assertComplete(page);
    }
  });

  it('after being offline is told how old everything is, and then sees what happened meanwhile', async () => {
    const tab = await server.open(`/?limit=${SYMBOLS}`);
    const { page, context } = tab;
    await page.getByRole('button', { name: 'Quick scan' }).click();
    await expectText(progressLine(page, 'Deep analysis'), /[1-9]\d* of 10/);
    tab.expectTrouble(UNREACHABLE);
    await context.setOffline(true);
    await expectText(page.getByRole('status').filter({ hasText: 'Offline' }), /as of \d\d:\d\d:\d\d/);
    assert.ok((await page.locator('[data-row-id]').count()) > 0, 'what was there stays');
    await context.setOffline(false);
    await page.getByText('Connected', { exact: true }).waitFor();
    await page.getByText('Data as of').waitFor({ state: 'detached' });
    await page.getByText(/^Scan of 10 symbols/).waitFor();
    await assertComplete(page);
  });
});

browserSuite('the dashboard of a server that is killed in the midst of a scan', () => {
  const folder = temporaryFolder();
  let server: ServerProcess | null = null;

  afterEach(() => server?.child.kill('SIGKILL'));

  it('says that it is offline and how old its data are, then goes on and completes', async () => {
    await builtWeb();
    const env = { DATA_DIR: folder.path, DEMO_LATENCY_MS: '60' };
    server = await startServerProcess(env);
    const { url } = server;
    const tab = await openTab(`${url}/?limit=${SYMBOLS}`);
    const { page } = tab;
    await page.getByRole('button', { name: 'Quick scan' }).click();
    await expectText(progressLine(page, 'Deep analysis'), /[1-9]\d* of 10/);
    tab.expectTrouble(UNREACHABLE);
    await server.end('SIGKILL');
    await expectText(page.getByRole('status').filter({ hasText: 'Offline' }), /as of \d\d:\d\d:\d\d/);
    server = await startServerProcess({ ...env, PORT: new URL(url).port });
    await page.getByText('Connected', { exact: true }).waitFor();
    await page.getByText(/^Scan of 10 symbols/).waitFor();
    await assertComplete(page);
    const { scans } = await createScannerClient({ url }).scans({ limit: 5 });
    assert.deepEqual(
      scans.map(({ status }) => status),
      ['completed'],
    );
    await tab.close();
  });
});

/** Every symbol once, each analysed. */
async function assertComplete(page: Page): Promise<void> {
  const grid = page.getByRole('grid', { name: 'Signals' });
  assert.equal(await grid.getAttribute('aria-rowcount'), String(SYMBOLS + 1));
  const rows = grid.locator('[data-row-id]');
  const ids = await rows.evaluateAll((all) => all.map((row) => row.getAttribute('data-row-id')));
  assert.equal(new Set(ids).size, ids.length);
  assert.equal(await rows.getByRole('img', { name: 'Analysed' }).count(), ids.length);
}
