import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { browserSuite } from '../../support/browser-suite.ts';
import { eventually } from '../../support/eventually.ts';
import { dashboard } from './dashboard.ts';
import { expectText } from './expect-text.ts';
import { progressLine } from './progress-line.ts';

/** Long enough to see a scan at work. */
const LATENCY_MS = 40;
const SYMBOLS = 8;

browserSuite('the scanner’s page', () => {
  const server = dashboard({ demoLatencyMs: LATENCY_MS });

  it('shows all signals at once, fills in row by row with progress, and ends', async () => {
    const { page } = await server.open(`/?limit=${SYMBOLS}`);
    await page.getByText('No scan yet').waitFor();
    await page.getByRole('button', { name: 'Quick scan' }).click();
    const rows = rowsOf(page);
    await rows.nth(SYMBOLS - 1).waitFor();
    assert.ok((await analysed(rows).count()) < SYMBOLS, 'rows are there before they are analysed');
    await expectText(progressLine(page, 'Deep analysis'), /\d of 8 · [A-Z0-9]+\/USDT · \d/);
    await page.getByText(/^Scan of 8 symbols on 1h candles, .+, all signals after \d+ (ms|s)$/).waitFor();
    assert.equal(await analysed(rows).count(), SYMBOLS);
    assert.equal(await page.getByRole('button', { name: 'Cancel' }).count(), 0);
    assert.match(page.url(), /[?&]scan=scan_/);
    await page.getByText('is the first of its symbols').waitFor();
    await page.getByText('Simulated · demo').first().waitFor();
  });

  it('stops a scan and keeps what is there', async () => {
    const { page } = await server.open('/?limit=100');
    await page.getByRole('button', { name: 'Quick scan' }).click();
    await progressLine(page, 'Deep analysis').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText(/^Scan of 100 symbols/).waitFor();
    await page.getByRole('region', { name: 'Results' }).getByText('Cancelled').waitFor();
    await rowsOf(page).first().waitFor();
    const { scans } = await server.client.scans({ limit: 1 });
    assert.equal(scans[0]?.status, 'cancelled');
  });

  it('keeps filters and order in its address, which shows the same to others', async () => {
    const scan = await server.client.quickScan({ limit: 20, timeframe: '4h' });
    const { page } = await server.open(`/?scan=${scan.scanId}`);
    await page.getByRole('radiogroup', { name: 'Signal' }).getByText('Buy').click();
    await page.getByRole('button', { name: 'Strength' }).click();
    await page.getByLabel('Filter the rows').fill('usdt');
    await page.getByLabel('Strength from').fill('20');
    await expectText(page.getByText(/of 20 symbols$/), /^\d+ of 20/);
    const shown = await symbolsOf(page);
    assert.ok(shown.length > 0, 'the demo market has somebody to buy');
    const other = await server.open(page.url().slice(server.url.length));
    await rowsOf(other.page).first().waitFor();
    assert.deepEqual(await symbolsOf(other.page), shown);
    const { signals } = await server.client.scan(scan.scanId).snapshot();
    const bought = signals.filter(({ signal, strength }) => signal === 'BUY' && strength >= 20);
    const byStrength = bought.toSorted((one, two) => two.strength - one.strength);
    assert.deepEqual(
      shown,
      byStrength.map(({ symbol }) => symbol),
    );
    await other.page.getByLabel('Filter the rows').fill('nothing like it');
    await other.page.getByText('No symbol fits the filters').waitFor();
  });

  it('can be worked with the keyboard alone, and shows where one is', async () => {
    const { page } = await server.open(`/?limit=${SYMBOLS}`);
    const { keyboard } = page;
    await page.getByRole('button', { name: 'Quick scan' }).waitFor();
    await keyboard.press('Tab');
    assert.equal(await focusedText(page), 'Skip to the content');
    await tabTo(page, 'Quick scan');
    await keyboard.press('Enter');
    await page.getByText(/^Scan of 8 symbols/).waitFor();
    await tabTo(page, /\/USDT/);
    const symbols = await symbolsOf(page);
    await keyboard.press('ArrowDown');
    await keyboard.press('ArrowDown');
    await keyboard.press('ArrowUp');
    await eventually(async () => assert.ok((await focusedText(page)).includes(String(symbols[1]))));
    await assertFocusShows(page);
    await keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: symbols[1] ?? '' }).waitFor();
    await keyboard.press('Shift+?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await keyboard.press('/');
    await keyboard.type('eth/');
    await page.getByRole('option', { name: 'ETH/USDT' }).waitFor();
    await keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'ETH/USDT' }).waitFor();
    await keyboard.press('/');
    await page.locator('input:focus').waitFor();
    await keyboard.press('Escape');
    await page.locator('input:focus').waitFor({ state: 'detached' });
  });
});

function rowsOf(page: Page): Locator {
  return page.getByRole('grid', { name: 'Signals' }).locator('[data-row-id]');
}

function analysed(rows: Locator): Locator {
  return rows.getByRole('img', { name: 'Analysed' });
}

/** In the order in which they are seen. */
async function symbolsOf(page: Page): Promise<readonly string[]> {
  const places = await rowsOf(page).evaluateAll((rows) =>
    rows.map((row) => ({ id: row.getAttribute('data-row-id') ?? '', top: row.getBoundingClientRect().top })),
  );
  return places.toSorted((one, other) => one.top - other.top).map(({ id }) => id);
}

function focusedText(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.textContent ?? '');
}

async function tabTo(page: Page, text: string | RegExp): Promise<void> {
  for (let step = 0; step < 60; step += 1) {
    await page.keyboard.press('Tab');
    if (new RegExp(text).test(await focusedText(page))) return assertFocusShows(page);
  }
  assert.fail(`Tab does not lead to ${text}`);
}

/** A ring of at least 2 px, or it is too easily overlooked. */
async function assertFocusShows(page: Page): Promise<void> {
  const { style, width } = await page.evaluate(() => {
    const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement ?? document.body);
    return { style: outlineStyle, width: Number.parseFloat(outlineWidth) };
  });
  assert.equal(style, 'solid');
  assert.ok(width >= 2, `${width} px`);
}
