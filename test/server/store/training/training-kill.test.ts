import assert from 'node:assert/strict';
import { openTrainingStore } from '@fast-scanner/server/store/training/open-training-store.ts';
import type { TrainingStore } from '@fast-scanner/server/store/training/training-store.ts';
import { timeframeMs } from '@fast-scanner/shared';
import { candleAt, NOON, readAll, series, signal } from '../../../contracts/training/records.ts';
import { seededRandom } from '../../../support/exchange-server/seeded-random.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { CommittingProcess } from '../committing-process.ts';
import { quickFiles } from './quick-files.ts';
import { assertAllLoad } from './visible-files.ts';

const ROUNDS = process.env['SOAK'] ? 50 : 2;
const APPEND_LOOP = new URL('./append-loop.ts', import.meta.url);
const MINUTE_MS = timeframeMs('1m');

describe('training data after kill -9', () => {
  const folder = temporaryFolder();

  it(`are all that was acknowledged, once, and every file loads, after each of ${ROUNDS} kills`, async function () {
    this.timeout(ROUNDS * 10_000);
    const random = seededRandom(11);
    let acknowledged: readonly string[] = [];
    let lastMinute = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const victim = new CommittingProcess(folder.path, APPEND_LOOP, String(lastMinute));
      await victim.untilAcknowledged(20 + Math.floor(random() * 120));
      await victim.kill();
      assert.ok(victim.acknowledged.length >= 20);
      acknowledged = [...acknowledged, ...victim.acknowledged];
      const clock = new FakeClock(NOON);
      const store = await openTrainingStore({
        folder: folder.path,
        clock,
        retentionDays: 3650,
        files: quickFiles,
      });
      await assertAllLoad(folder.path);
      lastMinute = await assertWhole(store, acknowledged);
      await store.close();
    }
  });
});

/** Answers the newest minute there is. */
async function assertWhole(store: TrainingStore, acknowledged: readonly string[]): Promise<number> {
  let newest = 0;
  for (const symbol of ['A/USDT', 'B/USDT', 'C/USDT']) {
    const { signals, ohlcv } = await readAll(store, symbol);
    const minutes = signals.map(({ candleCloseTime }) => (Date.parse(candleCloseTime) - NOON) / MINUTE_MS);
    const wanted = acknowledged.map((line) => line.split(' ')).filter(([of]) => of === symbol);
    const present = new Set(minutes);
    const missing = wanted.filter(([, minute]) => !present.has(Number(minute)));
    assert.deepEqual(missing, []);
    assert.deepEqual(
      signals,
      minutes.map((minute) => signal(NOON + minute * MINUTE_MS, series(symbol, '1m'))),
    );
    const openTimes = new Set((ohlcv['1m'] ?? []).map(([openTime]) => openTime));
    for (const [, minute] of wanted)
      for (let n = 0; n < 60; n += 1) assert.ok(openTimes.has(NOON + (Number(minute) + n) * MINUTE_MS));
    assert.deepEqual(ohlcv['1m'], [...openTimes].map(candleAt));
    newest = Math.max(newest, ...minutes);
  }
  return newest + 60;
}
