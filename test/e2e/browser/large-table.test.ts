import assert from 'node:assert/strict';
import { browserSuite } from '../../support/browser-suite.ts';
import { eventually } from '../../support/eventually.ts';
import { measureFrames } from '../../support/frame-times.ts';
import { pacedAnalyst } from '../../support/paced-analyst.ts';
import { sharedAnalyst } from '../../support/shared-analyst.ts';
import { dashboard } from './dashboard.ts';
import { progressLine } from './progress-line.ts';

const ROWS = 500;
const UPDATES_PER_SECOND = 20;
/** Analyses before the frames are counted. */
const WARM_UP = 20;
/** How many symbols are analysed while the frames are counted. */
const UPDATES = 40;

browserSuite('a table of 500 rows', () => {
  const analyst = pacedAnalyst(sharedAnalyst(), 1000 / UPDATES_PER_SECOND);
  const server = dashboard({ quickScanConcurrency: 100, deepAnalysisConcurrency: 8 }, { analyst });

  it('stays smooth while 20 updates a second come', async () => {
    const { page } = await server.open('/?universe=all&timeframe=1d&sort=-score');
    await page.getByRole('button', { name: 'Quick scan' }).click();
    const grid = page.getByRole('grid', { name: 'Signals' });
    await grid.locator('[data-row-id]').first().waitFor();
    assert.equal(await grid.getAttribute('aria-rowcount'), String(ROWS + 1));
    assert.ok((await grid.locator('[data-row-id]').count()) < 60, 'only what is seen is drawn');
    const ended = async () =>
      Number(/(\d+) of 500/.exec((await progressLine(page, 'Deep analysis').textContent()) ?? '')?.[1] ?? 0);
    await eventually(async () => assert.ok((await ended()) >= WARM_UP));
    const before = await ended();
    const startedAt = performance.now();
    const times = await measureFrames(page, async () => {
      await eventually(async () => assert.ok((await ended()) >= before + UPDATES), { intervalMs: 100 });
    });
    const rate = ((await ended()) - before) / ((performance.now() - startedAt) / 1000);
    const { medianMs, p95Ms, worstMs } = times;
    process.stdout.write(
      `${ROWS} rows, ${rate.toFixed(0)} updates/s: frames ${medianMs.toFixed(1)} ms median, ${p95Ms.toFixed(1)} ms p95, ${worstMs.toFixed(0)} ms worst\n`,
    );
    assert.ok(medianMs <= 34, `a median frame of ${medianMs} ms`);
    assert.ok(worstMs <= 500, `a frame of ${worstMs} ms`);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('Cancelled').first().waitFor();
  });
});
