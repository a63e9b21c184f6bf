import assert from 'node:assert/strict';
import { createEngine } from '@fast-scanner/server/engine.ts';
import { systemClock } from '@fast-scanner/server/ops/system-clock.ts';
import { HistoryReplayer } from '@fast-scanner/server/scanners/replay/history-replayer.ts';
import type { SignalRecord } from '@fast-scanner/server/store/signal-record.ts';
import { quickScanRequestSchema, type Timeframe } from '@fast-scanner/shared';
import { seededRandom } from '../../../support/exchange-server/seeded-random.ts';
import { completeLog } from '../../../support/scan-log.ts';
import { sharedAnalyst } from '../../../support/shared-analyst.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { testConfig } from '../../../support/test-config.ts';
import { writeCandleFile } from '../../market-data/files/write-candle-file.ts';
import { END, HOUR, inlineReplayer, NEVER, NO_LEARNER, recordedRows } from './replay-world.ts';

const SYMBOLS = ['FINE/USDT', 'GAPS/USDT', 'LATE/USDT', 'GONE/USDT'];
const DAY = 24 * HOUR;

/** A symbol with everything, one with faults, one that comes late, one that ends early. */
function writeRecordings(directory: string): void {
  const hours = recordedRows('1h', 1_700, 1);
  writeCandleFile(directory, '1h/FINEUSDT.csv', hours);
  writeCandleFile(directory, '15m/FINEUSDT.csv', recordedRows('15m', 2_600, 1));
  const gaps: (readonly unknown[])[] = recordedRows('1h', 1_700, 2);
  gaps.splice(1_300, 3);
  gaps.splice(1_400, 1, [gaps[1_400]?.[0], 1, 2, 3, '', 5]);
  gaps.splice(1_500, 0, gaps[1_500] ?? []);
  writeCandleFile(directory, '1h/GAPSUSDT.csv', gaps);
  writeCandleFile(directory, '4h/GAPSUSDT.csv', recordedRows('4h', 420, 3));
  writeCandleFile(directory, '1h/LATEUSDT.csv', recordedRows('1h', 220, 4));
  writeCandleFile(directory, '15m/GONEUSDT.csv', recordedRows('15m', 2_600, 5).slice(0, -150));
}

/** How many times as fast as real time the recorded data go on. */
const SPEED = 360;

/** What must be equal: all but who said it and when. */
function said({ id, origin, jobId, recordedAt, outcome, ...signal }: SignalRecord): object {
  return signal;
}

describe('a replayed signal', () => {
  const folder = temporaryFolder();
  before(() => writeRecordings(`${folder.path}/candles`));

  function configAt(asOf: number, filesSpeed: number, dataDir: string) {
    const files = {
      defaultExchange: 'files',
      filesDir: `${folder.path}/candles`,
      filesAsOf: asOf,
      filesSpeed,
    };
    return testConfig({ dataDir: `${folder.path}/${dataDir}`, ...files });
  }

  /** Signals of real scans, one after the other, by a server whose clock goes from moment to moment. */
  async function scanLive(moments: readonly number[], timeframe: Timeframe, dataDir: string) {
    const [first = END] = moments;
    let moment = first;
    const clock = { ...systemClock, monotonic: () => (moment - first) / SPEED };
    const config = configAt(first, SPEED, dataDir);
    const engine = await createEngine(config, { clock, analyst: sharedAnalyst(), onBug: assert.ifError });
    const request = quickScanRequestSchema.parse({ symbols: SYMBOLS, timeframe });
    for (moment of moments) {
      const { scanId } = await engine.scanner.start(request);
      await completeLog(engine, scanId);
    }
    const signals = await engine.store.listSignals({ origin: 'scan', limit: 1_000 });
    await engine.close();
    return signals;
  }

  async function replay(from: number, to: number, timeframe: Timeframe) {
    const signals: SignalRecord[] = [];
    const replayer = new HistoryReplayer({
      store: {
        deleteSignals: async () => 0,
        commit: async ({ putSignals = [] }) => {
          signals.push(...putSignals);
          return { events: [] };
        },
      },
      clock: systemClock,
      filesDir: `${folder.path}/candles`,
      filesAsOf: null,
      universe: null,
      threads: 1,
      learner: NO_LEARNER,
      createReplayer: inlineReplayer,
    });
    const request = {
      symbols: SYMBOLS,
      timeframe,
      stepMs: HOUR * (timeframe === '4h' ? 4 : 1),
      from,
      to,
      retrainMs: null,
    };
    const observer = { signal: NEVER, onProgress: () => undefined, onRemoved: () => undefined };
    const result = await replayer.replay(request, observer);
    return { signals, result };
  }

  function assertEqual(
    live: readonly SignalRecord[],
    replayed: readonly SignalRecord[],
    least: number,
  ): void {
    assert.ok(live.length >= least, `${live.length} signals to compare`);
    for (const signal of live) {
      const { symbol, candleCloseTime } = signal;
      const twin = replayed.find((one) => one.symbol === symbol && one.candleCloseTime === candleCloseTime);
      assert.ok(twin, `${symbol} at ${candleCloseTime} was not replayed`);
      assert.deepEqual(said(twin), said(signal));
      assert.equal(twin.origin, 'replay');
    }
  }

  it('is that of a server which was running then, whatever is wrong with the data', async () => {
    const random = seededRandom(20_260_105);
    const hours = Array.from({ length: 3 }, () => Math.floor(random() * 130));
    const moments = [...new Set([0, 129, ...hours])]
      .toSorted((one, other) => other - one)
      .map((back) => END - back * HOUR);
    const live = await scanLive(moments, '1h', 'live');
    const { signals } = await replay(END - 130 * HOUR, END + 1, '1h');
    assertEqual(live, signals, 12);
    const atMoments = signals.filter(({ candleCloseTime }) => moments.includes(candleCloseTime));
    assert.equal(atMoments.length, live.length, 'and there are no others');
  });

  it('is that of a scan with FILES_AS_OF set to the moment', async () => {
    const moment = END - 2 * DAY;
    const live = await scanLive([moment], '4h', 'as-of');
    const { signals } = await replay(moment, moment + 1, '4h');
    assert.equal(signals.length, live.length);
    assertEqual(live, signals, 2);
  });

  it('has the outcome that a server finds which follows it from the data', async () => {
    const { signals } = await replay(END - 190 * HOUR, END - 150 * HOUR, '1h');
    const config = configAt(END, 0, 'outcomes');
    const engine = await createEngine(config, { analyst: sharedAnalyst(), onBug: assert.ifError });
    await engine.store.commit({ putSignals: signals.map((signal) => ({ ...signal, outcome: null })) });
    await engine.outcomes.settle();
    const followed = await engine.store.listSignals({ limit: 1_000 });
    await engine.close();
    assert.equal(followed.length, signals.length);
    const kinds = new Set(signals.map(({ outcome }) => outcome?.outcome ?? 'pending'));
    assert.ok(kinds.size >= 4, [...kinds].join());
    for (const { id, outcome } of followed) {
      const replayed = signals.find((signal) => signal.id === id)?.outcome ?? null;
      const settledAt = replayed?.settledAt;
      assert.deepEqual(outcome && { ...outcome, settledAt }, replayed);
    }
  });
});
