import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { browserSuite } from '../../support/browser-suite.ts';
import { dashboard } from './dashboard.ts';
import { expectText } from './expect-text.ts';

browserSuite('the settings', () => {
  const server = dashboard();

  it('change theme, colours and time at once, and last', async () => {
    await (await server.client.quickScan({ symbols: ['BTC/USDT'] })).wait();
    const { page } = await server.open('/settings');
    const root = page.locator('html');
    await page.getByLabel('Dark', { exact: true }).check();
    await page.locator('html[data-mantine-color-scheme=dark]').waitFor();
    const rising = await upColour(page);
    await page.getByLabel(/^Blue rises/).check();
    assert.equal(await root.getAttribute('data-palette'), 'blue-orange');
    assert.notEqual(await upColour(page), rising);
    await page.getByRole('link', { name: 'Scanner', exact: true }).click();
    const summary = page.getByText(/^Scan of 1 symbol/);
    await expectText(summary, /\d\d:\d\d,/);
    assert.doesNotMatch((await summary.textContent()) ?? '', /UTC/);
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByLabel(/^UTC/).check();
    await page.goto(server.url);
    await expectText(summary, /\d\d:\d\d UTC/);
    assert.equal(await root.getAttribute('data-mantine-color-scheme'), 'dark');
    assert.equal(await root.getAttribute('data-palette'), 'blue-orange');
    await page.getByRole('button', { name: 'Theme: dark. Change to as the system' }).click();
    await page.locator('html[data-mantine-color-scheme=light]').waitFor();
  });
});

function upColour(page: Page): Promise<string> {
  return page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--fs-up'));
}
