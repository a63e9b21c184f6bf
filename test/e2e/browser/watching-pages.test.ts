import assert from 'node:assert/strict';
import { browserSuite } from '../../support/browser-suite.ts';
import { dashboard } from './dashboard.ts';
import { expectText } from './expect-text.ts';
import { settledSignals } from './settled-signals.ts';

browserSuite('the pages that watch', () => {
  const server = dashboard();

  it('start the continuous scanner, show its signals as they come, and stop it', async () => {
    const { page } = await server.open('/continuous');
    await page.getByRole('combobox', { name: 'Symbols' }).fill('BTC/USDT, ETH/USDT, SOL/USDT');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Timeframes, intervals and thresholds' }).click();
    await page.getByLabel('Market state', { exact: true }).fill('1');
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.getByText('Running', { exact: true }).waitFor();
    const signals = page.getByRole('grid', { name: 'Live signals' }).locator('[data-row-id]');
    await signals.first().waitFor();
    await page.getByRole('img', { name: /^Breadth \d+ %/ }).waitFor();
    await expectText(page.getByRole('table', { name: 'Health of the loops' }), /On time/);
    await page.getByRole('link', { name: /BTC\/USDT, Swing: .+ 1h/ }).waitFor();
    await page.getByRole('textbox', { name: 'Symbol' }).fill('eth');
    await page.waitForURL(/q=eth/);
    await expectText(signals, /ETH\/USDT/);
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText('Stopped', { exact: true }).first().waitFor();
    await page.getByRole('button', { name: 'Start', exact: true }).waitFor();
    assert.equal((await server.client.continuous.status()).running, false);
  });

  it('change a rule of the alerts, which lasts, and refuse what makes no sense at its field', async () => {
    const tab = await server.open('/alerts?show=rules');
    const { page } = tab;
    const rules = page.getByRole('table', { name: 'Alert rules' });
    await rules
      .getByRole('button', { name: /^Edit rule/ })
      .first()
      .click();
    const form = page.getByRole('form', { name: 'Rule' });
    const quiet = form.getByLabel('Quiet for so many candles');
    const name = form.getByLabel('Name');
    const id = await name.inputValue();
    tab.expectTrouble(/alert-rules|status of 400/); // the name is refused
    await name.fill('Not A Name');
    await form.getByRole('button', { name: 'Save' }).click();
    await form.getByText('The rule was not saved').waitFor();
    assert.equal(await name.getAttribute('aria-invalid'), 'true');
    await name.fill(id);
    await quiet.fill('7');
    await form.getByRole('button', { name: 'Save' }).click();
    await form.waitFor({ state: 'detached' });
    await expectText(rules.getByRole('row').filter({ hasText: id }), /7 candles/);
    const kept = (await server.client.alertRules()).rules.find((rule) => rule.id === id);
    assert.equal(kept?.cooldownCandles, 7);
    const other = await server.open('/alerts?show=rules');
    await expectText(other.page.getByRole('row').filter({ hasText: id }), /7 candles/);
  });

  it('show what the signals were worth, all of them and those one asks for', async () => {
    const putSignals = [...settledSignals('1h', 40), ...settledSignals('4h', 36)];
    await server.app.store.commit({ putSignals });
    const { page } = await server.open('/scorecard');
    const overall = page.getByRole('region', { name: 'Does the scanner work?' });
    await expectText(overall, /76 signals with an outcome/);
    await page.getByRole('tab', { name: 'Candles' }).click();
    const groups = page.getByRole('grid', { name: 'Scorecard by candles' });
    await groups.locator('[data-row-id="4h"]').click();
    await page.waitForURL(/timeframe=4h/);
    await expectText(overall, /36 signals with an outcome/);
    const other = await server.open(page.url().slice(server.url.length));
    await expectText(other.page.getByRole('region', { name: 'Does the scanner work?' }), /36 signals/);
    await page.getByRole('button', { name: 'Clear' }).click();
    await expectText(overall, /76 signals/);
    await page.getByRole('combobox', { name: 'Made by' }).click();
    await page.getByRole('option', { name: 'Armed runs' }).click();
    await page.getByText('No signal of these').waitFor();
  });
});
