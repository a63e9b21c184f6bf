import assert from 'node:assert/strict';
import { browserSuite } from '../../support/browser-suite.ts';
import { dashboard } from './dashboard.ts';
import { expectText } from './expect-text.ts';
import { progressLine } from './progress-line.ts';

browserSuite('the page of scan runs', () => {
  const server = dashboard({ demoLatencyMs: 40 });

  it('arms a run, follows it, says of every symbol what it is, and compares it with another', async () => {
    const { page } = await server.open('/runs');
    await page.getByRole('radio', { name: 'Recon' }).check();
    await page.getByLabel('Symbols', { exact: true }).fill('6');
    await page.getByRole('button', { name: 'Arm scanner' }).click();
    await page.waitForURL(/\/runs\/[\w-]{8,}/);
    await expectText(progressLine(page, 'Scanning'), /\d of 6/);
    await expectText(page.getByRole('region', { name: 'Summary' }), /Scanned\s*6 of 6/);
    const runId = page.url().split('/').at(-1) ?? '';
    const { signals, rejections } = await server.client.runs.run(runId).result();
    assert.ok(signals && rejections);
    assert.equal(signals.length + rejections.total_rejected, 6);
    const shown = page.getByRole('region', { name: 'Signals' }).locator('[data-row-id]');
    assert.equal(await shown.count(), signals.length);
    const reasons = page.getByRole('region', { name: 'Rejections' });
    if (rejections.total_rejected > 0)
      await expectText(reasons, new RegExp(`${rejections.total_rejected} symbol`));

    await page.getByRole('link', { name: 'Arm again' }).click();
    await page.waitForURL(/\/runs\?.*mode=recon/);
    assert.equal(await page.getByLabel('Symbols', { exact: true }).inputValue(), '6');
    await page.getByRole('button', { name: 'Arm scanner' }).click();
    await page.getByRole('region', { name: 'Summary' }).waitFor();

    await page.getByRole('link', { name: 'All runs' }).click();
    const runs = page.getByRole('grid', { name: 'Runs' });
    const boxes = runs.getByRole('checkbox');
    await boxes.nth(1).check();
    await boxes.nth(0).check();
    await page.getByText(/the same signals|\d changes?/).waitFor();
    await page.getByLabel('Search', { exact: true }).fill(runId);
    await page.waitForURL(/q=/);
    await expectText(runs, /Recon/);
    await page.waitForFunction(() => document.querySelectorAll('[data-row-id]').length === 1);
    await runs.locator('[data-row-id]').click();
    await page.waitForURL(new RegExp(`/runs/${runId}`));
  });

  it('cancels a run and keeps it in the history', async () => {
    const { page } = await server.open('/runs?limit=60');
    await page.getByRole('button', { name: 'Arm scanner' }).click();
    await progressLine(page, 'Scanning').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('Cancelled').first().waitFor();
    await page.getByRole('link', { name: 'All runs' }).click();
    await expectText(page.getByRole('grid', { name: 'Runs' }), /Cancelled/);
  });

  it('says what is not there, and the way back', async () => {
    const tab = await server.open('/runs/00000000-0000-4000-8000-000000000000');
    tab.expectTrouble(/00000000-0000-4000-8000-000000000000/);
    await tab.page.getByText('The server knows no such run').waitFor();
    await tab.page.getByRole('link', { name: 'All runs' }).click();
    await tab.page.getByRole('heading', { name: 'Arm the scanner' }).waitFor();
  });
});
