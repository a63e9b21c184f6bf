import assert from 'node:assert/strict';
import type { Store } from '@fast-scanner/server/store/store.ts';
import { append, item, job, storedSeqs } from './records.ts';
import { hourlyCandles, SERIES } from './signal-records.ts';
import type { StoreBench } from './store-bench.ts';

export function describeLifecycle(bench: StoreBench): void {
  it('keeps settings by key, and null deletes one', async () => {
    const store = await bench.open();
    assert.equal(await store.getSetting('a'), null);
    await store.commit({ putSettings: { a: { deep: [1] }, b: 0 } });
    await store.commit({ putSettings: { a: 'new' } });
    assert.deepEqual([await store.getSetting('a'), await store.getSetting('b')], ['new', 0]);
    await store.commit({ putSettings: { a: null, unset: null } });
    assert.deepEqual([await store.getSetting('a'), await store.getSetting('b')], [null, 0]);
  });

  it('has everything again when it is opened again', async () => {
    const store = await bench.open();
    await store.commit({ createJobs: [job()], putItems: [item()], putSettings: { a: 1 } });
    await append(store, 'a', 2, true);
    const again = await bench.reopen(store);
    assert.deepEqual(await again.getJob('job-1'), job());
    assert.deepEqual(await again.listItems('job-1'), [item()]);
    assert.equal(await again.getSetting('a'), 1);
    assert.deepEqual(await storedSeqs(again, 'a'), [1, 2]);
    await assert.rejects(append(again, 'a', 1), { code: 'conflict' });
  });

  it('answers a ping, which leaves no trace in what it stores', async () => {
    const store = await bench.open();
    await store.ping();
    await store.ping();
    assert.deepEqual(await store.listJobs({ kind: 'scan', limit: 10 }), []);
  });

  it('settles the commits under way before it closes', async () => {
    const store = await bench.open();
    const commits = Promise.all(Array.from({ length: 30 }, () => append(store, 'a', 20)));
    const again = await bench.reopen(store);
    await commits;
    assert.equal((await again.readEvents('a', 0, 1)).lastSeq, 600);
  });

  it('refuses everything once it is closed, which it may be twice', async () => {
    const store = await bench.open();
    await Promise.all([store.close(), store.close()]);
    await store.close();
    const calls: Readonly<Record<keyof Omit<Store, 'close'>, () => Promise<unknown>>> = {
      commit: () => store.commit({ putSettings: { a: 1 } }),
      readEvents: () => store.readEvents('a', 0, 1),
      hasStream: () => store.hasStream('a'),
      getJob: () => store.getJob('a'),
      findJobByKey: () => store.findJobByKey('scan', 'a'),
      listJobs: () => store.listJobs({ kind: 'scan', limit: 1 }),
      listItems: () => store.listItems('a'),
      findNewestItem: () => store.findNewestItem({ kind: 'scan', item: 'a' }),
      getSetting: () => store.getSetting('a'),
      trimEvents: () => store.trimEvents('a', 1),
      sweepEndedJobs: () => store.sweepEndedJobs('scan', 1),
      deleteEndedJobs: () => store.deleteEndedJobs('scan', 1),
      getSignal: () => store.getSignal('a'),
      listSignals: () => store.listSignals({ limit: 1 }),
      listDueSignals: () => store.listDueSignals({ exchange: 'demo', dueBefore: 1, limit: 1 }),
      listScoredSignals: () => store.listScoredSignals({}, '', 1),
      signalsVersion: () => store.signalsVersion(),
      deleteSignals: () => store.deleteSignals({}, 1),
      archiveCandles: () => store.archiveCandles([{ ...SERIES, candles: hourlyCandles(0, 1) }]),
      readArchivedCandles: () => store.readArchivedCandles(SERIES, 0, 1),
      newestArchivedCandle: () => store.newestArchivedCandle(SERIES),
      deleteArchivedCandles: () => store.deleteArchivedCandles(1),
      ping: () => store.ping(),
    };
    for (const call of Object.values(calls)) await assert.rejects(call(), { code: 'unavailable' });
  });
}
