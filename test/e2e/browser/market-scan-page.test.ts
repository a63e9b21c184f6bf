import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { browserSuite } from '../../support/browser-suite.ts';
import { dashboard } from './dashboard.ts';
import { expectText } from './expect-text.ts';
import { progressLine } from './progress-line.ts';

const STOCKS = ['AAPL', 'MSFT', 'JPM', 'XOM', 'JNJ', 'PG'];

browserSuite('the page of market scans', () => {
  const server = dashboard({ demoLatencyMs: 100 });

  it('tests a strategy on stocks, follows it to its result, and hands it over as a file', async () => {
    const { page } = await server.open('/backtest');
    await page.getByRole('combobox', { name: 'Strategy' }).click();
    await page.getByRole('option', { name: /RSI/ }).first().click();
    await page.getByText('Named', { exact: true }).click();
    await page.getByRole('combobox', { name: 'Symbols' }).fill(STOCKS.join(','));
    await page.keyboard.press('Enter');
    await page.getByLabel('Cash').fill('5000');
    await page.waitForURL(/cash=5000/);
    await page.getByRole('button', { name: 'Start the test' }).click();
    await page.waitForURL(/\/backtest\/[\w-]{8,}/);
    await page.getByRole('region', { name: 'Key figures' }).waitFor();
    await page.locator('canvas').first().waitFor();
    const stocks = page.getByRole('grid', { name: 'Stocks' });
    assert.equal(await stocks.getAttribute('aria-rowcount'), String(STOCKS.length + 1));
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download the stocks as CSV' }).click();
    const file = await download;
    assert.match(file.suggestedFilename(), /^market-scan-\w{8}\.csv$/);
    const text = await readFile(await file.path(), 'utf8');
    for (const stock of STOCKS) assert.match(text, new RegExp(`^"?${stock}`, 'm'));
    await page.getByLabel('Search a stock').fill('aap');
    await expectText(stocks, /AAPL/);
    await page.waitForFunction(
      () => document.querySelectorAll('[aria-label=Stocks] [data-row-id]').length === 1,
    );
    await page.getByRole('link', { name: 'Change and test again' }).click();
    assert.equal(await page.getByLabel('Cash').inputValue(), '5,000');
    await expectText(page.getByRole('grid', { name: 'Market scans' }), /Completed/);
  });

  it('shows progress with the running profit and loss, goes on in the background, and is stopped', async () => {
    const tab = await server.open('/backtest?universe=sp500');
    await tab.page.getByRole('button', { name: 'Start the test' }).click();
    await expectText(progressLine(tab.page, 'Testing'), /\d+ of 50\d · .+ left/);
    await tab.page.getByRole('region', { name: 'Profit and loss so far' }).waitFor();
    const path = new URL(tab.page.url()).pathname;
    await tab.page.close();
    const { page } = await server.open(path);
    await expectText(progressLine(page, 'Testing'), /[1-9]\d* of 50\d/);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('Cancelled').first().waitFor();
  });
});
