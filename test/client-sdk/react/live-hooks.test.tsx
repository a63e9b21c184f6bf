import assert from 'node:assert/strict';
import { type Alert, createScannerClient, quickScanStore } from '@fast-scanner/client';
import { useAlerts, useContinuous, useElapsed, usePrices, useScorecard } from '@fast-scanner/client/react';
import { ALERTS_TOPIC_STREAM } from '@fast-scanner/server/scanners/fast-scanner/fast-scanner-service.ts';
import { tell, writtenMarketState } from '../../server/http/written-signals.ts';
import { eventually } from '../../support/eventually.ts';
import { hookStage } from './hook-stage.tsx';

const RULE = { id: 'any-move', change: 'price_move', threshold: 0.1 } as const;
const ALERT = {
  ruleId: 'any-move',
  change: 'price_move',
  exchange: 'demo',
  timeframe: '1h',
  scanId: 'scan_000000000000000001',
  previousScanId: 'scan_000000000000000000',
  candleCloseTime: '2026-01-05T12:00:00.000Z',
  timestamp: '2026-01-05T12:00:01.000Z',
  from: '100',
  to: '101',
  delta: 1,
  detail: 'rose by 1 %',
};

describe('the hooks of what goes on for ever', () => {
  const stage = hookStage();

  describe('usePrices', () => {
    it('shows prices and why there is none, shared by components that ask for the same', async () => {
      const symbols = ['BTC/USDT', 'NONE/USDT'];
      const { result } = stage.render(() => usePrices(symbols));
      const other = stage.render(() => usePrices(symbols.toReversed(), {}));
      assert.equal(result.current.isLoading, true);
      await eventually(() => assert.equal(result.current.isLoading, false));
      const { prices, errors, exchange, error } = result.current;
      assert.ok((prices.get('BTC/USDT')?.price ?? 0) > 0);
      assert.deepEqual([errors.get('NONE/USDT')?.code, exchange, error], ['symbol_unknown', 'demo', null]);
      assert.equal(other.result.current, result.current);
    });

    it('asks for nothing while the page is hidden or there is nothing to ask for', async () => {
      assert.equal(stage.render(() => usePrices([])).result.current.isLoading, false);
      const { result } = stage.render(() => usePrices(['ETH/USDT'], { exchange: 'demo' }));
      await eventually(() => assert.equal(result.current.prices.size, 1));
      stage.page.hide(true);
      await eventually(() => assert.equal(stage.client.connectionState, 'idle'));
      stage.page.hide(false);
      await eventually(() => assert.equal(stage.client.connectionState, 'open'));
    });

    it('says that there is no such exchange', async () => {
      const { result } = stage.render(() => usePrices(['BTC/USDT'], { exchange: 'nowhere' }));
      await eventually(() => assert.equal(result.current.error?.code, 'exchange_unknown'));
    });
  });

  describe('useAlerts', () => {
    /** Writes alerts into the log, as change tracking does. */
    async function fire(...symbols: readonly string[]): Promise<void> {
      const events = symbols.map((symbol) => ({ type: 'alert', payload: { ...ALERT, symbol } }));
      await stage.server.app.eventLog.commit({ appendEvents: [{ streamId: ALERTS_TOPIC_STREAM, events }] });
    }

    it('shows alerts as they fire, newest first, those that are asked for', async () => {
      const told: Alert[] = [];
      const { result } = stage.render(() => useAlerts({ limit: 2, onAlert: (alert) => told.push(alert) }));
      const one = stage.render(() => useAlerts({ symbol: 'ETH/USDT' }));
      await eventually(() =>
        assert.deepEqual([result.current.isLoading, one.result.current.isLoading], [false, false]),
      );
      await fire('BTC/USDT', 'ETH/USDT', 'SOL/USDT');
      await eventually(() =>
        assert.deepEqual(
          result.current.alerts.map(({ symbol }) => symbol),
          ['SOL/USDT', 'ETH/USDT'],
        ),
      );
      assert.deepEqual(one.result.current.alerts, [{ ...ALERT, symbol: 'ETH/USDT', seq: 2 }]);
      assert.deepEqual(
        told.map(({ seq }) => seq),
        [1, 2, 3],
      );
    });

    it('tells of them in a hidden page, too', async () => {
      const told: string[] = [];
      const { result } = stage.render(() => useAlerts({ onAlert: ({ symbol }) => told.push(symbol) }));
      await eventually(() => assert.equal(result.current.isLoading, false));
      const before = result.current.alerts;
      stage.page.hide(true);
      await fire('XRP/USDT');
      await eventually(() => assert.deepEqual(told, ['XRP/USDT']));
      assert.equal(result.current.alerts, before, 'but renders nothing');
      stage.page.hide(false);
      await eventually(() => assert.equal(result.current.alerts[0]?.symbol, 'XRP/USDT'));
    });

    it('saves rules, and says what is wrong with one', async () => {
      const { result } = stage.render(() => useAlerts());
      assert.equal(await result.current.saveRules([{ ...RULE, threshold: -1 }]), false);
      const { error } = result.current;
      assert.ok(error && 'problem' in error);
      assert.equal(error.problem.errors?.[0]?.pointer, '/rules/0/threshold');
      assert.equal(await result.current.saveRules([RULE]), true);
      await eventually(() =>
        assert.deepEqual(
          result.current.rules?.map(({ id }) => id),
          ['any-move'],
        ),
      );
      assert.equal(result.current.error, null);
    });
  });

  describe('useContinuous', () => {
    it('starts the scanner, shows its signals and the market as they come, and stops it', async () => {
      const { result } = stage.render(() => useContinuous());
      const strict = stage.render(() => useContinuous({ timeframe: 'scalp', limit: 1 }));
      await eventually(() => assert.equal(result.current.status?.running, false));
      const started = result.current.start({ symbols: ['BTC/USDT', 'ETH/USDT'] });
      await eventually(() => assert.equal(result.current.isChanging, true));
      assert.equal(await started, true);
      await eventually(() => assert.equal(result.current.signals.length, 8));
      await eventually(() => assert.equal(strict.result.current.status?.running, true, 'heard of it'));
      await eventually(() => assert.equal(strict.result.current.signals.length, 1));
      assert.equal(strict.result.current.signals[0]?.style, 'scalp');
      await tell(stage.server, writtenMarketState());
      await eventually(() => assert.equal(result.current.marketState?.volatility_regime, 'unknown'));
      assert.equal(await result.current.start(), false);
      await eventually(() => assert.equal(result.current.error?.code, 'conflict'));
      assert.equal(await result.current.stop(), true);
      await eventually(() =>
        assert.deepEqual([result.current.status?.running, result.current.isChanging], [false, false]),
      );
    });
  });

  describe('useElapsed', () => {
    const progress = {
      ...quickScanStore(createScannerClient({ url: 'http://none' })).getSnapshot().progress,
      elapsedMs: 1_000,
    };

    it('goes on from the newest news while the job is at work and the page is shown', () => {
      const asOf = Date.now() - 5_000;
      const { result } = stage.render(() => useElapsed({ ...progress, asOf }, true));
      assert.ok(result.current >= 6_000 && result.current < 8_000, `${result.current} ms`);
      assert.equal(stage.render(() => useElapsed({ ...progress, asOf }, false)).result.current, 1_000);
      assert.equal(
        stage.render(() => useElapsed(progress, true)).result.current,
        1_000,
        'nothing was heard yet',
      );
    });
  });

  describe('useScorecard', () => {
    it('shows what the server says of the signals that match', async () => {
      const { result } = stage.render(() => useScorecard({ timeframe: '1h' }));
      assert.deepEqual([result.current.isLoading, result.current.scorecard], [true, null]);
      await eventually(() => assert.equal(result.current.isLoading, false));
      const { success, timestamp, ...scorecard } = await stage.client.outcomes.scorecard({ timeframe: '1h' });
      assert.deepEqual(result.current.scorecard, scorecard);
    });

    it('shows what is wrong with the question', async () => {
      const { result } = stage.render(() => useScorecard({ from: 'yesterday' }));
      await eventually(() => assert.equal(result.current.error?.code, 'invalid_input'));
      assert.equal(result.current.isLoading, false);
    });
  });
});
