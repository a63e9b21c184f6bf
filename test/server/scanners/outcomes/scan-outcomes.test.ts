import assert from 'node:assert/strict';
import { signalsQuerySchema } from '@fast-scanner/shared';
import { eventually } from '../../../support/eventually.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { createWorld, type ScannerWorld } from '../../../support/scanner-world.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { DAY, HOUR, hourly, NOW, SETTLING } from './labelled-world.ts';

const SYMBOLS = ['BTC/USDT', 'ETH/USDT', 'SOL/USDT'];

describe('the signals of a scan', () => {
  const folder = temporaryFolder();
  const series = SYMBOLS.map((symbol, seed) => hourly(symbol, seed + 1));
  let world: ScannerWorld;

  /** The product started at a time, over the same data folder. */
  async function start(time: number): Promise<FakeClock> {
    const clock = new FakeClock(time);
    world = await createWorld({
      dataDir: folder.path,
      symbols: SYMBOLS,
      series,
      clock,
      now: () => clock.now(),
    });
    await world.engine.open();
    return clock;
  }

  async function stop(): Promise<void> {
    await world.engine.close();
    assert.deepEqual(world.bugs, []);
  }

  const kept = async () => (await world.engine.outcomes.signals(signalsQuerySchema.parse({}))).signals;

  it('get their outcomes from the candles after them, when the server was stopped in between as well', async () => {
    const clock = await start(NOW);
    const { quickScan } = await world.engine.scanner.start({
      symbols: SYMBOLS,
      timeframe: '1h',
      limit: 20,
      analyze: false,
    });
    await quickScan;
    const said = await eventually(async () => {
      const signals = await kept();
      assert.equal(signals.length, 3);
      return signals;
    });
    const [{ horizonCandles, candleCloseTime } = { horizonCandles: 0, candleCloseTime: '' }] = said;
    const dueAt = Date.parse(candleCloseTime) + horizonCandles * HOUR;
    await clock.advance(dueAt + SETTLING - NOW - 60_000);
    await world.engine.outcomes.settle();
    for (const { outcome } of await kept()) assert.equal(outcome, null);
    await stop();

    await start(dueAt + 3 * DAY);
    await eventually(async () => {
      for (const { outcome } of await kept()) assert.notEqual(outcome, null);
    });
    for (const { symbol, direction, outcome } of await kept()) {
      const candles = series.find((one) => one.symbol === symbol);
      const first = candles?.openTime.indexOf(Date.parse(candleCloseTime)) ?? -1;
      const entry = candles?.open[first] ?? Number.NaN;
      const last = candles?.close[first + horizonCandles - 1] ?? Number.NaN;
      assert.equal(outcome?.entry, entry);
      assert.equal(outcome?.forwardReturnPct, 100 * (last / entry - 1));
      assert.equal(outcome?.outcome === 'none', direction === 'none');
    }
    const { overall, groups } = await world.engine.outcomes.scorecard({ origin: 'scan' });
    assert.deepEqual([overall.n, overall.pending], [3, 0]);
    assert.deepEqual(
      groups.timeframe?.map(({ key }) => key),
      ['1h'],
    );
    await stop();
  });
});
