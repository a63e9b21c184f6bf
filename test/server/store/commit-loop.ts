import { writeSync } from 'node:fs';
import { systemClock } from '@fast-scanner/server/ops/system-clock.ts';
import { openSqliteStore } from '@fast-scanner/server/store/sqlite/sqlite-store.ts';
import type { Store } from '@fast-scanner/server/store/store.ts';
import { item, job, someEvents } from '../../contracts/store/records.ts';
import { hourlyCandles, outcome, SERIES, signal } from '../../contracts/store/signal-records.ts';

/** The program that is killed: commits without end and prints `stream seq` for every event once it is acknowledged. */
async function main(dataDir: string): Promise<void> {
  const store = await openSqliteStore({ dataDir, clock: systemClock });
  if (!(await store.getJob('job-1'))) await store.commit({ createJobs: [job()] });
  for (let round = 0; ; round += 1) {
    await store.archiveCandles([{ ...SERIES, candles: hourlyCandles(round, 1) }]);
    const batches = Array.from({ length: 1 + (round % 3) }, (_, index) =>
      commitOne(store, `stream-${index}`, round),
    );
    await Promise.all(batches);
  }
}

/** Some events and, in the same batch, an item that tells the last round of its stream, and a settled signal. */
async function commitOne(store: Store, streamId: string, round: number): Promise<void> {
  const id = `${process.pid} ${streamId} ${round}`;
  const { events } = await store.commit({
    appendEvents: [{ streamId, events: someEvents(1 + (round % 5), `round ${round}`) }],
    putItems: [item({ item: streamId, payload: `round ${round}` })],
    putSignals: [signal({ id, symbol: streamId })],
    settleSignals: [{ id, outcome: outcome() }],
  });
  writeSync(1, events.map(({ seq }) => `${streamId} ${seq}\n`).join(''));
}

await main(process.argv[2] ?? '');
