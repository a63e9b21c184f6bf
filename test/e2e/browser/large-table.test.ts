import assert from 'node:assert/strict';
import { browserSuite } from '../../support/browser-suite.ts';
import { eventually } from '../../support/eventually.ts';
import { dashboard } from './dashboard.ts';
import { measureFrames } from './frame-times.ts';

const ROWS = 500;
/** How many symbols are analysed while the frames are counted. */
const UPDATES = 60;

browserSuite('a table of 500 rows', () => {
  // The pauses of the simulated exchange make some 20 updates a second of the analyses.
  const server = dashboard({ demoLatencyMs: 180, quickScanConcurrency: 100, deepAnalysisConcurrency: 8 });

  it('stays smooth and scrolls while updates come', async () => {
    const { client } = server;
    const { page } = await server.open('/?universe=all&timeframe=1d&sort=-strength');
    await page.getByRole('button', { name: 'Quick scan' }).click();
    const grid = page.getByRole('grid', { name: 'Signals' });
    await grid.locator('[data-row-id]').first().waitFor();
    assert.equal(await grid.getAttribute('aria-rowcount'), String(ROWS + 1));
    assert.ok((await grid.locator('[data-row-id]').count()) < 60, 'only what is seen is drawn');
    const [newest] = (await client.scans({ limit: 1 })).scans;
    const scan = client.scan(newest?.scanId ?? '');
    const ended = async () => (await scan.snapshot()).scan.totals.completed;
    const before = await ended();
    const startedAt = performance.now();
    const times = await measureFrames(page, async () => {
      await eventually(async () => assert.ok((await ended()) >= before + UPDATES), {
        intervalMs: 500,
        timeoutMs: 40_000,
      });
    });
    const rate = ((await ended()) - before) / ((performance.now() - startedAt) / 1000);
    const { medianMs, p95Ms, worstMs } = times;
    process.stdout.write(
      `500 rows, ${rate.toFixed(0)} updates/s: frames ${medianMs.toFixed(1)} ms median, ${p95Ms.toFixed(1)} ms p95, ${worstMs.toFixed(0)} ms worst\n`,
    );
    assert.ok(medianMs <= 34, `a median frame of ${medianMs} ms`);
    assert.ok(worstMs <= 500, `a frame of ${worstMs} ms`);
    await scan.cancel();
  });
});
