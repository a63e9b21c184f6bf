import assert from 'node:assert/strict';
import { browserSuite } from '../../support/browser-suite.ts';
import { dashboard } from './dashboard.ts';
import { expectText } from './expect-text.ts';

browserSuite('a symbol’s page', () => {
  const server = dashboard();

  it('shows the chart, why the signal is what it is, and that it comes out equal when it is computed again', async () => {
    const scan = await server.client.quickScan({ symbols: ['ETH/USDT'] });
    await scan.wait();
    const { signal, deepAnalysis } = await server.client.symbol('ETH/USDT');
    assert.ok(deepAnalysis);
    const { page } = await server.open('/symbol/ETH%2FUSDT');
    await page.locator('canvas').first().waitFor();
    const region = (name: string) => page.getByRole('region', { name });
    const factors = region('Why this signal');
    for (const { rationale } of signal.factors) await factors.getByText(rationale, { exact: true }).waitFor();
    await region('Confluence').getByRole('row').nth(deepAnalysis.confluence.timeframes.length).waitFor();
    await expectText(region('Prediction'), /No prediction: .*PREDICTION_ENABLED/);
    await expectText(
      region('Provenance'),
      new RegExp(signal.provenance.candles[0]?.sha256.slice(0, 10) ?? '-'),
    );
    const history = region('Signals and their outcomes');
    await history.getByRole('button', { name: 'Compute' }).first().click();
    await history.getByText('✓ equal').waitFor();
  });

  it('keeps timeframe and indicators of the chart in its address', async () => {
    const { page } = await server.open('/symbol/ETH%2FUSDT?timeframe=4h&indicators=rsi');
    await page.getByText(/closed 4h candles/).waitFor();
    await page.getByText('MACD', { exact: true }).click();
    await page.waitForURL(/indicators=rsi%2Cmacd/);
    await page.getByRole('combobox', { name: 'Timeframe of the chart' }).click();
    await page.getByRole('option', { name: '1d' }).click();
    await page.getByText(/closed 1d candles/).waitFor();
    await page.reload();
    await page.getByText(/closed 1d candles/).waitFor();
    assert.equal(await page.getByRole('checkbox', { name: 'MACD' }).isChecked(), true);
    assert.equal(await page.getByRole('checkbox', { name: 'EMA 20', exact: true }).isChecked(), false);
  });

  it('analyses a symbol that was never scanned', async () => {
    const tab = await server.open('/symbol/SOL%2FUSDT');
    tab.expectTrouble(/api\/scanner\/symbol\/SOL/); // there is nothing of it yet
    const { page } = tab;
    await page.getByText('SOL/USDT was never scanned').waitFor();
    await page.getByRole('button', { name: 'Analyse now' }).first().click();
    await page.getByRole('region', { name: 'Market regime' }).waitFor();
    await page.getByText('was never scanned').waitFor({ state: 'detached' });
    await page.getByRole('region', { name: 'Signals and their outcomes' }).getByText('Scan 1h').waitFor();
  });
});
