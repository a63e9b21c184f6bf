import assert from 'node:assert/strict';
import { systemClock } from '@fast-scanner/server/ops/system-clock.ts';
import { openSqliteStore } from '@fast-scanner/server/store/sqlite/sqlite-store.ts';
import type { Store, StoredEvent } from '@fast-scanner/server/store/store.ts';
import { range } from '../../contracts/store/records.ts';
import { HOUR_MS, SERIES } from '../../contracts/store/signal-records.ts';
import { seededRandom } from '../../support/exchange-server/seeded-random.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { CommittingProcess } from './committing-process.ts';

const ROUNDS = process.env['SOAK'] ? 60 : 3;
const STREAMS = ['stream-0', 'stream-1', 'stream-2'];

describe('SqliteStore after kill -9', () => {
  const folder = temporaryFolder();

  it(`has every acknowledged event, no hole and no half batch, ${ROUNDS} times in a row`, async function () {
    this.timeout(ROUNDS * 10_000);
    const random = seededRandom(7);
    for (let round = 0; round < ROUNDS; round += 1) {
      const victim = new CommittingProcess(folder.path);
      await victim.untilAcknowledged(20 + Math.floor(random() * 300));
      await victim.kill();
      const store = await openSqliteStore({ dataDir: folder.path, clock: systemClock });
      for (const streamId of STREAMS) await assertWhole(store, streamId, victim.acknowledged);
      await store.close();
    }
  });
});

async function assertWhole(store: Store, streamId: string, acknowledged: readonly string[]): Promise<void> {
  const { events, lastSeq } = await store.readEvents(streamId, 0, 1_000_000);
  assert.deepEqual(
    events.map(({ seq }) => seq),
    range(1, lastSeq),
  );
  const seqs = acknowledged.map((line) => line.split(' ')).filter(([stream]) => stream === streamId);
  assert.ok(seqs.length > 0);
  for (const [, seq] of seqs) assert.ok(Number(seq) <= lastSeq, `${streamId} ${seq} was acknowledged`);
  const item = await store.findNewestItem({ kind: 'scan', item: streamId });
  const newest = events.at(-1)?.payload;
  assert.equal(newest && 'text' in newest && newest.text, item?.payload, 'events and item of a batch');
  await assertSignalsWhole(store, streamId, events);
}

/** Each batch had a signal with its outcome, and the candle of its round was kept before. */
async function assertSignalsWhole(
  store: Store,
  streamId: string,
  events: readonly StoredEvent[],
): Promise<void> {
  const rounds = events.flatMap(({ payload }) => {
    const { text, index } = payload as { readonly text: string; readonly index: number }; // as someEvents made it
    return index === 0 ? [Number(text.replace('round ', ''))] : [];
  });
  const signals = await store.listSignals({ symbol: streamId, limit: 100_000 });
  assert.equal(signals.length, rounds.length, 'events and signals of a batch');
  assert.ok(signals.every((signal) => signal.outcome !== null));
  const { openTime } = await store.readArchivedCandles(SERIES, 0, Number.MAX_SAFE_INTEGER);
  const kept = new Set(Array.from(openTime, (time) => time / HOUR_MS));
  for (const round of rounds) assert.ok(kept.has(round), `the candle of round ${round} was kept`);
}
