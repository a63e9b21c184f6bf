import assert from 'node:assert/strict';
import { browserSuite } from '../../support/browser-suite.ts';
import { dashboard } from './dashboard.ts';
import { expectText } from './expect-text.ts';
import { progressLine } from './progress-line.ts';

const LATENCY_MS = 150;
const DONE = 'Analysed';

browserSuite('the scanner’s page', () => {
  const server = dashboard({ demoLatencyMs: LATENCY_MS });

  it('shows all signals at once, fills in row by row with progress, and ends', async () => {
    const { page } = await server.open('/');
    await page.getByText('No scan yet').waitFor();
    await page.getByRole('button', { name: 'Quick scan' }).click();
    const rows = page.getByRole('grid', { name: 'Signals' }).locator('[data-row-id]');
    await rows.first().waitFor();
    const statuses = rows.getByRole('img', { name: DONE });
    assert.ok((await statuses.count()) < 20, 'rows are there before they are analysed');
    await expectText(progressLine(page, 'Deep analysis'), /\d+ of 20 · [A-Z0-9]+\/USDT · \d+ s/);
    assert.equal(await page.getByRole('grid', { name: 'Signals' }).getAttribute('aria-rowcount'), '21');
    await page.getByText(/Scan of 20 symbols on 1h candles, .+, all signals after \d+ m?s$/).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Cancel' }).count(), 0);
    assert.match(page.url(), /\?scan=/);
    await expectText(rows.first().getByRole('gridcell').nth(7), /^(\d|–)/);
    await page.getByRole('heading', { name: 'Newest scans' }).waitFor();
  });
});
