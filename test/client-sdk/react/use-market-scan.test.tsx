import assert from 'node:assert/strict';
import type { MarketScanState } from '@fast-scanner/client';
import { useMarketScan } from '@fast-scanner/client/react';
import { eventually } from '../../support/eventually.ts';
import { hookStage } from './hook-stage.tsx';

const YEAR = { start_date: '2024-01-02', end_date: '2024-12-31' } as const;
const REQUEST = {
  strategy: 'sma_cross',
  tickers: ['AAPL', 'NONE', 'MSFT', 'GE', 'XOM', 'JPM', 'KO'],
  ...YEAR,
};

describe('useMarketScan', () => {
  const stage = hookStage();

  function show(jobId?: string) {
    const states: MarketScanState[] = [];
    const { result } = stage.render(() => {
      const scan = useMarketScan({ jobId, name: jobId });
      states.push(scan);
      return scan;
    });
    return { result, states };
  }

  it('shows progress and the running profit and loss, then the whole result', async () => {
    const { result, states } = show();
    const jobId = await result.current.start(REQUEST);
    await eventually(() => assert.equal(result.current.phase, 'complete'));
    const { success, ...answer } = await stage.client.marketScans.result(jobId ?? '');
    assert.deepEqual(result.current.result, answer);
    const { pnl, successful, failed, failures, progress, strategy } = result.current;
    assert.deepEqual([pnl, successful, failed, strategy], [answer.total_pnl, 6, 1, 'sma_cross']);
    assert.deepEqual(
      failures.map(({ ticker, code }) => [ticker, code]),
      [['NONE', 'symbol_unknown']],
    );
    assert.deepEqual([progress.processed, progress.total, progress.pct], [7, 7, 100]);
    assert.deepEqual([...new Set(states.map(({ phase }) => phase))].slice(0, 2), ['idle', 'starting']);
    const late = show(jobId ?? '');
    await eventually(() => assert.deepEqual(late.result.current.result, answer));
    assert.deepEqual([late.result.current.pnl, late.result.current.failures], [pnl, failures]);
  });

  it('shows a sweep with its own result', async () => {
    const sweep = await stage.client.marketScans.sweep({
      ...REQUEST,
      parameters: { fast: [5, 10], slow: [30] },
    });
    const { result } = show(sweep.jobId);
    await eventually(() => assert.equal(result.current.phase, 'complete'));
    assert.deepEqual([result.current.sweepResult?.variants.length, result.current.result], [2, null]);
  });

  it('shows why a scan was refused', async () => {
    const { result } = show();
    assert.equal(await result.current.start({ ...REQUEST, strategy: 'luck' }), null);
    assert.match(result.current.error?.message ?? '', /no strategy "luck"/);
    assert.equal(result.current.phase, 'failed');
  });
});
