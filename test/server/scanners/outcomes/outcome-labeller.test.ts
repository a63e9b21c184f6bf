import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { SignalRecord } from '@fast-scanner/server/store/signal-record.ts';
import { ScannerError, sliceColumns } from '@fast-scanner/shared';
import { eventually } from '../../../support/eventually.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { Gate } from '../../../support/gate.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import {
  CLOSE,
  DAY,
  HOUR,
  hourly,
  type LabelledWorld,
  type LabelledWorldOptions,
  NOW,
  openLabelledWorld,
  pendingSignal,
  SETTLING,
} from './labelled-world.ts';

describe('the outcome labeller', () => {
  const folder = temporaryFolder();
  let world: LabelledWorld;

  async function open(options: Partial<LabelledWorldOptions> = {}): Promise<LabelledWorld> {
    world = await openLabelledWorld({ dataDir: mkdtempSync(join(folder.path, 'world-')), ...options });
    return world;
  }

  afterEach(async () => {
    await world.close();
    assert.deepEqual(world.bugs, []);
  });

  /** Open of the first candle after the signal's, and close of the fourth, as recorded. */
  function recorded(symbol = 'BTC/USDT', seed = 1): { entry: number; forwardReturnPct: number } {
    const { openTime, open: opens, close } = hourly(symbol, seed);
    const start = openTime.indexOf(CLOSE);
    const entry = opens[start] ?? Number.NaN;
    return { entry, forwardReturnPct: 100 * ((close[start + 3] ?? Number.NaN) / entry - 1) };
  }

  it('settles a signal once its horizon is over, and not a millisecond before', async () => {
    const { clock, outcomes, put, outcomeOf, source } = await open();
    const signal = pendingSignal();
    await put(signal);
    await clock.advance(signal.dueAt + SETTLING - NOW - 1);
    await outcomes.settle();
    assert.equal(await outcomeOf(signal), null);
    assert.deepEqual(source('alpha').requests, [], 'nothing is read for what cannot be decided');
    await clock.advance(1);
    await outcomes.settle();
    const { outcome, entry, forwardReturnPct, settledAt } = (await outcomeOf(signal)) ?? {};
    assert.deepEqual({ outcome, entry, forwardReturnPct }, { outcome: 'timeout', ...recorded() });
    assert.equal(settledAt, new Date(clock.now()).toISOString());
    assert.equal(outcomes.settledCounts.timeout, 1);
  });

  it('goes by the clock of the exchange: recorded data that stand still decide nothing, and all when they go on', async () => {
    let standing = CLOSE;
    const { clock, outcomes, put, outcomeOf } = await open({
      series: { files: [hourly('BTC/USDT')] },
      kind: 'recorded',
      exchangeNow: () => standing,
    });
    const signal = pendingSignal({ exchange: 'files' });
    await put(signal);
    await clock.advance(40 * DAY);
    await outcomes.settle();
    assert.equal(await outcomeOf(signal), null);
    standing = signal.dueAt - 1;
    await outcomes.settle();
    assert.equal(await outcomeOf(signal), null);
    standing = signal.dueAt;
    await outcomes.settle();
    assert.equal((await outcomeOf(signal))?.forwardReturnPct, recorded().forwardReturnPct);
  });

  it('reads each series once for all its signals, and settles them in one go after a downtime', async () => {
    const { clock, outcomes, put, outcomeOf, source, store } = await open();
    const signals = Array.from({ length: 240 }, (_, index) =>
      pendingSignal({
        symbol: index % 2 === 0 ? 'BTC/USDT' : 'ETH/USDT',
        candleCloseTime: CLOSE + Math.floor(index / 2) * HOUR,
      }),
    );
    await put(...signals);
    await clock.advance(14 * DAY);
    const before = await store.signalsVersion();
    await outcomes.settle();
    for (const signal of signals) assert.equal((await outcomeOf(signal))?.outcome, 'timeout');
    assert.equal(source('alpha').requests.length, 2);
    assert.equal((await store.signalsVersion()) - before, 4, 'up to 100 in a commit');
  });

  it('goes on where an earlier process stopped', async () => {
    const dataDir = mkdtempSync(join(folder.path, 'restarted-'));
    const first = await openLabelledWorld({ dataDir });
    const early = pendingSignal();
    const late = pendingSignal({ candleCloseTime: CLOSE + 2 * HOUR });
    await first.put(early, late);
    await first.clock.advance(early.dueAt + SETTLING - NOW);
    await first.outcomes.settle();
    await first.close();
    await open({ dataDir, clock: new FakeClock(NOW + 30 * DAY) });
    assert.notEqual(await world.outcomeOf(early), null);
    assert.equal(await world.outcomeOf(late), null);
    await world.outcomes.settle();
    assert.equal((await world.outcomeOf(late))?.outcome, 'timeout');
  });

  it('works by itself while it is open', async () => {
    const { clock, outcomes, put, outcomeOf } = await open();
    const signal = pendingSignal();
    await put(signal);
    outcomes.open();
    await eventually(async () => {
      await clock.advance(HOUR);
      assert.notEqual(await outcomeOf(signal), null);
    });
  });

  it('leaves a series that cannot be read for later, and the others none the worse', async () => {
    const { clock, outcomes, put, outcomeOf, source } = await open();
    const [bad, good] = [pendingSignal(), pendingSignal({ symbol: 'ETH/USDT' })];
    await put(bad, good);
    await clock.advance(DAY);
    let isDown = true;
    source('alpha').script = (rows, { request }) => {
      if (isDown && request.symbol === 'BTC/USDT')
        throw new ScannerError('exchange_bad_response', 'unreadable');
      return rows;
    };
    await outcomes.settle();
    assert.equal(await outcomeOf(bad), null);
    assert.notEqual(await outcomeOf(good), null);
    const { length } = source('alpha').requests;
    await outcomes.settle();
    assert.equal(source('alpha').requests.length, length, 'not again at once');
    isDown = false;
    await clock.advance(60_000);
    await outcomes.settle();
    assert.equal((await outcomeOf(bad))?.outcome, 'timeout');
  });

  it('leaves an exchange that fails alone for a while, and goes on with the others', async () => {
    const symbols = Array.from({ length: 10 }, (_, index) => `C${index}/USDT`);
    const all = symbols.map((symbol) => hourly(symbol));
    const { clock, outcomes, put, outcomeOf, source } = await open({ series: { alpha: all, beta: all } });
    const of = (exchange: string) => symbols.map((symbol) => pendingSignal({ exchange, symbol }));
    const [alpha, beta] = [of('alpha'), of('beta')];
    await put(...alpha, ...beta);
    await clock.advance(DAY);
    source('alpha').script = () => {
      throw new ScannerError('exchange_unavailable', 'down');
    };
    await outcomes.settle();
    await outcomes.settle();
    assert.equal(source('alpha').requests.length, 3);
    for (const signal of beta) assert.equal((await outcomeOf(signal))?.outcome, 'timeout');
    for (const signal of alpha) assert.equal(await outcomeOf(signal), null);
  });

  it('waits for a candle that comes late, and takes it for missing when a later one is there', async () => {
    const { clock, outcomes, put, outcomeOf, source } = await open();
    const signal = pendingSignal();
    await put(signal);
    await clock.advance(signal.dueAt + SETTLING - NOW);
    source('alpha').script = (rows) => rows.filter(([openTime]) => openTime !== signal.dueAt - HOUR);
    await outcomes.settle();
    assert.equal(await outcomeOf(signal), null);
    await clock.advance(HOUR);
    await outcomes.settle();
    const { outcome, reason } = (await outcomeOf(signal)) ?? {};
    assert.deepEqual([outcome, reason], ['unknown', '1 of the 4 candles after it is missing']);
  });

  it('settles signals of a symbol that is listed no more by the candles that were kept', async () => {
    const { clock, outcomes, put, outcomeOf, store } = await open({ series: { alpha: [] } });
    const [kept, lost] = [pendingSignal(), pendingSignal({ symbol: 'GONE/USDT' })];
    await put(kept, lost);
    const candles = hourly('BTC/USDT');
    const start = candles.openTime.indexOf(CLOSE);
    const { exchange, symbol, timeframe } = kept;
    await store.archiveCandles([
      { exchange, symbol, timeframe, candles: sliceColumns(candles, start - 5, start + 9) },
    ]);
    await clock.advance(DAY);
    await outcomes.settle();
    assert.equal((await outcomeOf(kept))?.forwardReturnPct, recorded().forwardReturnPct);
    const { outcome, reason } = (await outcomeOf(lost)) ?? {};
    assert.deepEqual([outcome, reason], ['unknown', 'GONE/USDT is not recorded']);
  });

  it('gives up what could not be read for thirty days, with the reason', async () => {
    const { clock, outcomes, put, outcomeOf, source } = await open();
    const [old, young] = [pendingSignal(), pendingSignal({ candleCloseTime: CLOSE + 10 * DAY })];
    await put(old, young);
    source('alpha').script = () => {
      throw new ScannerError('exchange_denied', 'no entry from here');
    };
    await clock.advance(old.dueAt + 30 * DAY - NOW);
    await outcomes.settle();
    assert.equal(await outcomeOf(old), null);
    await clock.advance(HOUR);
    await outcomes.settle();
    const { outcome, reason } = (await outcomeOf(old)) ?? {};
    assert.deepEqual([outcome, reason], ['unknown', 'no entry from here']);
    assert.equal(await outcomeOf(young), null);
  });

  it('says how far it is when there is much to do', async () => {
    const symbols = Array.from({ length: 13 }, (_, index) => `C${index}/USDT`);
    const { clock, outcomes, put, notes } = await open({
      series: { alpha: symbols.map((symbol) => hourly(symbol)) },
    });
    const signals: SignalRecord[] = symbols.flatMap((symbol) =>
      Array.from({ length: 90 }, (_, index) =>
        pendingSignal({ symbol, candleCloseTime: CLOSE + index * HOUR }),
      ),
    );
    for (let from = 0; from < signals.length; from += 600) await put(...signals.slice(from, from + 600));
    await clock.advance(20 * DAY);
    await outcomes.settle();
    assert.deepEqual(notes, [
      ['finding the outcomes of signals that became due', { signals: 1_080 }],
      ['found the outcomes of all signals that can be judged', { signals: 1_170 }],
    ]);
  });

  it('stops at once, in the middle of a read', async () => {
    const { clock, outcomes, put, outcomeOf, source } = await open();
    const signal = pendingSignal();
    await put(signal);
    await clock.advance(DAY);
    const gate = new Gate();
    source('alpha').script = async (rows) => {
      await gate.pass(); // deaf to being aborted
      return rows;
    };
    outcomes.open();
    await eventually(() => assert.equal(source('alpha').requests.length, 1));
    const startedAt = performance.now();
    await outcomes.close();
    assert.ok(performance.now() - startedAt < 1_000);
    gate.open();
    assert.equal(await outcomeOf(signal), null);
  });
});
