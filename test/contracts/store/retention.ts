import assert from 'node:assert/strict';
import { append, item, job, range, storedSeqs } from './records.ts';
import type { StoreBench } from './store-bench.ts';

export function describeRetention(bench: StoreBench): void {
  it('deletes old events and keeps the numbering', async () => {
    const store = await bench.open();
    await append(store, 'a', 1200);
    await append(store, 'b', 3);
    await store.trimEvents('a', 1198);
    assert.deepEqual(await storedSeqs(store, 'a'), [1199, 1200]);
    assert.deepEqual(await storedSeqs(store, 'b'), range(1, 3));
    await append(store, 'a', 1);
    const { firstSeq, lastSeq } = await store.readEvents('a', 0, 1);
    assert.deepEqual([firstSeq, lastSeq], [1199, 1201]);
    await store.trimEvents('a', 5);
    assert.equal((await store.readEvents('a', 0, 1)).firstSeq, 1199);
  });

  it('knows a stream that is trimmed to its end', async () => {
    let store = await bench.open();
    await append(store, 'a', 3);
    await store.trimEvents('a', 1_000_000);
    store = await bench.reopen(store);
    assert.equal(await store.hasStream('a'), true);
    const page = await store.readEvents('a', 0, 10);
    assert.deepEqual([page.events.length, page.firstSeq, page.lastSeq], [0, 4, 3]);
    await append(store, 'a', 1, true);
    assert.deepEqual(await storedSeqs(store, 'a'), [4]);
  });

  it('trims nothing of a stream it does not know, or up to no seq', async () => {
    const store = await bench.open();
    await store.trimEvents('a', 10);
    assert.equal(await store.hasStream('a'), false);
    await append(store, 'a', 2);
    for (const seq of [0, -200]) await store.trimEvents('a', seq);
    assert.deepEqual(await storedSeqs(store, 'a'), [1, 2]);
  });

  it('deletes jobs of the kind that ended before the time, with their items and streams', async () => {
    const store = await bench.open();
    const jobs = [
      job({ id: 'old', status: 'completed', endedAt: 10, idempotencyKey: 'key' }),
      job({ id: 'older', status: 'cancelled', endedAt: 9 }),
      job({ id: 'young', status: 'failed', endedAt: 20 }),
      job({ id: 'running', endedAt: null }),
      job({ id: 'resumed', status: 'running', endedAt: 5 }),
      job({ id: 'other', kind: 'other', status: 'completed', endedAt: 10 }),
    ];
    await store.commit({ createJobs: jobs, putItems: jobs.map(({ id: jobId }) => item({ jobId })) });
    for (const { id } of jobs) await append(store, `scan:${id}`, id === 'old' ? 1100 : 1);
    await append(store, 'topic:old', 1);

    assert.deepEqual([...(await store.deleteEndedJobs('scan', 20))].sort(), ['old', 'older']);
    assert.deepEqual(await store.deleteEndedJobs('scan', 20), []);
    const kept = (await store.listJobs({ kind: 'scan', limit: 10 })).map(({ id }) => id);
    assert.deepEqual(kept.sort(), ['resumed', 'running', 'young']);
    assert.equal((await store.getJob('other'))?.id, 'other');
    for (const id of ['old', 'older']) {
      assert.deepEqual(await store.listItems(id), []);
      assert.equal(await store.hasStream(`scan:${id}`), false);
      assert.deepEqual(await storedSeqs(store, `scan:${id}`), []);
    }
    assert.equal((await store.listItems('young')).length, 1);
    assert.equal(await store.hasStream('scan:young'), true);
    assert.equal(await store.hasStream('topic:old'), true);
    assert.equal(await store.findJobByKey('scan', 'key'), null);
  });
}
