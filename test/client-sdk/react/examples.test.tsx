import assert from 'node:assert/strict';
import type { ReactElement } from 'react';
import { ArmScanner } from '../../../examples/arm-scanner.tsx';
import { MarketScan } from '../../../examples/market-scan.tsx';
import { QuickScan } from '../../../examples/quick-scan.tsx';
import { eventually } from '../../support/eventually.ts';
import { hookStage } from './hook-stage.tsx';

const TICKERS = ['AAPL', 'MSFT', 'GE', 'XOM', 'JPM', 'NONE', 'KO', 'PEP', 'T', 'VZ', 'WMT', 'DIS'];
const REQUEST = { strategy: 'sma_cross', tickers: TICKERS, start_date: '2020-01-02' };

describe('the examples', () => {
  const stage = hookStage({ demoLatencyMs: 5 });

  /** Shows a component, and notes every text it says of its progress. */
  function show(element: ReactElement) {
    const said = new Set<string>();
    const { container, getByRole, queryAllByRole } = stage.renderElement(element);
    const observer = new MutationObserver(() => {
      for (const { textContent } of queryAllByRole('status')) said.add(textContent ?? '');
    });
    observer.observe(container, { childList: true, characterData: true, subtree: true });
    const click = (name: string) => stage.click(getByRole('button', { name }));
    return { said, container, queryAllByRole, click };
  }

  it('scan at once and fill in the rows, with progress', async () => {
    const { said, click, queryAllByRole } = show(<QuickScan />);
    click('Quick scan');
    await eventually(() => assert.equal(queryAllByRole('listitem').length, 20));
    await eventually(() => assert.equal(queryAllByRole('status').length, 0));
    for (const { textContent } of queryAllByRole('listitem'))
      assert.match(textContent ?? '', /^\S+\/USDT (BUY|SELL|HOLD) \d+ · score \d+, (bull|bear|ranging)$/);
    assert.ok(
      [...said].some((text) => /^(1?\d) of 20 · \S+\/USDT · \d+ s/.test(text)),
      [...said].join(),
    );
  });

  it('run in the background with a progress bar, and end when they are told to', async () => {
    const { said, click, container, queryAllByRole } = show(<ArmScanner />);
    click('Arm scanner');
    await eventually(() => assert.ok(Number(queryAllByRole('progressbar')[0]?.getAttribute('value')) > 1));
    click('Cancel');
    await eventually(() => assert.match(container.textContent ?? '', /Cancelled after \d+ symbols/));
    assert.ok(
      [...said].some((text) => /^Scanning \d+\/\d+ · \S+\/USDT$/.test(text)),
      [...said].join(),
    );
  });

  it('test a market with progress, time left and running profit or loss', async () => {
    const { said, click, container } = show(<MarketScan request={REQUEST} />);
    click('Start market scan');
    await eventually(() =>
      assert.match(container.textContent ?? '', /Total PnL -?[\d.]+ over 11 stocks, 1 failed/),
    );
    assert.ok(
      [...said].some((text) => /^\d+\.\d % · \S+ · .* left.* · PnL -?[1-9][\d.]*$/.test(text)),
      [...said].join(),
    );
  });
});
