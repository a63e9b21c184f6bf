import assert from 'node:assert/strict';
import type { JobRecord, Store } from '@fast-scanner/server/store/store.ts';
import { append, item, job, range, run, someEvents, storedSeqs } from './records.ts';
import type { StoreBench } from './store-bench.ts';

const OLD = run({
  id: 'old',
  status: 'completed',
  state: { phase: 'done', signals: 2 },
  error: { code: 'internal', detail: 'why' },
  idempotencyKey: 'key',
  startedAt: 2,
  endedAt: 10,
});

const CONFLICT = { name: 'ScannerError', code: 'conflict' };

export function describeSweeps(bench: StoreBench): void {
  it('keeps the row of a swept run with all it says, and drops its items and events', async () => {
    const store = await openWith(bench, [OLD]);
    assert.deepEqual(await store.sweepEndedJobs('run', 20), ['old']);
    assert.deepEqual(await store.getJob('old'), { ...OLD, sweptAt: bench.clock.now() });
    assert.deepEqual(await store.findJobByKey('run', 'key'), { ...OLD, sweptAt: bench.clock.now() });
    assert.deepEqual(await store.listItems('old'), []);
    assert.equal(await store.findNewestItem({ kind: 'run', item: 'BTC/USDT' }), null);
    assert.deepEqual(await store.listJobs({ kind: 'run', item: 'BTC/USDT', limit: 10 }), []);
    assert.equal(await store.hasStream('run:old'), true);
    const emptied = { events: [], firstSeq: 4, lastSeq: 3, terminal: true };
    assert.deepEqual(await store.readEvents('run:old', 0, 10), emptied);
  });

  it('sweeps runs that ended before the time in any way, and nothing else', async () => {
    const kept = [
      run({ id: 'young', status: 'completed', endedAt: 20 }),
      run({ id: 'queued' }),
      run({ id: 'running', status: 'running' }),
      run({ id: 'resumed', status: 'running', endedAt: 5 }),
      job({ id: 'other', status: 'completed', endedAt: 10 }),
    ];
    const ended = (['failed', 'cancelled', 'completed'] as const).map((status, index) =>
      run({ id: status, status, endedAt: 3 - index }),
    );
    const store = await openWith(bench, [...kept, ...ended]);
    await append(store, 'topic:runs', 2);
    assert.deepEqual(await store.sweepEndedJobs('run', 20), ['completed', 'cancelled', 'failed']);
    for (const record of kept) await assertWhole(store, record);
    assert.deepEqual(await storedSeqs(store, 'topic:runs'), [1, 2]);
    for (const { id } of ended) assert.deepEqual(await store.listItems(id), []);
  });

  it('sweeps a run once, whoever else sweeps at the same time, and keeps the first time', async () => {
    const store = await openWith(bench, [OLD, run({ id: 'older', status: 'failed', endedAt: 9 })]);
    const sweeps = await Promise.all(range(1, 3).map(() => store.sweepEndedJobs('run', 20)));
    assert.deepEqual(sweeps.flat().sort(), ['old', 'older']);
    const sweptAt = bench.clock.now();
    bench.clock.jumpWall(1000);
    assert.deepEqual(await store.sweepEndedJobs('run', 20), []);
    assert.equal((await store.getJob('old'))?.sweptAt, sweptAt);
  });

  it('sweeps at most so many runs, the oldest first', async () => {
    const runs = [3, 1, 4, 2].map((endedAt) => run({ id: `run-${endedAt}`, status: 'failed', endedAt }));
    const store = await openWith(bench, runs);
    assert.deepEqual(await store.sweepEndedJobs('run', 20, 0), []);
    assert.deepEqual(await store.sweepEndedJobs('run', 20, 3), ['run-1', 'run-2', 'run-3']);
    assert.deepEqual(await store.sweepEndedJobs('run', 20, 3), ['run-4']);
  });

  it('takes no items and no events of a swept run, and nothing that comes with them', async () => {
    const bare = run({ id: 'bare', status: 'cancelled', endedAt: 1 });
    const store = await openWith(bench, [OLD]);
    await store.commit({ createJobs: [bare] });
    assert.deepEqual(await store.sweepEndedJobs('run', 20), ['bare', 'old']);
    for (const jobId of ['old', 'bare']) {
      const putItems = [item({ jobId }), item({ jobId, item: 'NEW/USDT' })];
      for (const late of putItems)
        await assert.rejects(store.commit({ putItems: [late], putSettings: { late: 1 } }), {
          ...CONFLICT,
          message: new RegExp(`job ${jobId} is swept`),
        });
      const events = { streamId: `run:${jobId}`, events: someEvents(1) };
      await assert.rejects(store.commit({ appendEvents: [events], putSettings: { late: 1 } }), CONFLICT);
      assert.deepEqual(await store.listItems(jobId), []);
    }
    assert.equal(await store.getSetting('late'), null);
  });

  it('ends the stream of a swept run that had told no end, or nothing at all', async () => {
    const store = await bench.open();
    await store.commit({
      createJobs: ['open', 'silent'].map((id) => run({ id, status: 'failed', endedAt: 1 })),
    });
    await append(store, 'run:open', 2);
    await store.sweepEndedJobs('run', 20);
    const emptied = (lastSeq: number) => ({ events: [], firstSeq: lastSeq + 1, lastSeq, terminal: true });
    assert.deepEqual(await store.readEvents('run:open', 0, 10), emptied(2));
    assert.deepEqual(await store.readEvents('run:silent', 0, 10), emptied(0));
  });

  it('sweeps a run whose events are many or trimmed already', async () => {
    const runs = ['many', 'trimmed'].map((id) => run({ id, status: 'failed', endedAt: 1 }));
    const store = await bench.open();
    await store.commit({ createJobs: runs });
    await append(store, 'run:many', 1300, true);
    await append(store, 'run:trimmed', 5, true);
    await store.trimEvents('run:trimmed', 3);
    assert.equal((await store.sweepEndedJobs('run', 20)).length, 2);
    for (const [streamId, lastSeq] of [
      ['run:many', 1300],
      ['run:trimmed', 5],
    ] as const)
      assert.deepEqual(await store.readEvents(streamId, 0, 2000), {
        events: [],
        firstSeq: lastSeq + 1,
        lastSeq,
        terminal: true,
      });
  });

  it('deletes swept runs for good like others', async () => {
    const store = await openWith(bench, [OLD]);
    await store.sweepEndedJobs('run', 20);
    assert.deepEqual(await store.deleteEndedJobs('run', 10), []);
    assert.deepEqual(await store.deleteEndedJobs('run', 11), ['old']);
    assert.equal(await store.getJob('old'), null);
    assert.equal(await store.findJobByKey('run', 'key'), null);
    assert.equal(await store.hasStream('run:old'), false);
  });

  it('lets other work be done between two runs', async () => {
    const runs = range(1, 5).map((endedAt) => run({ id: `run-${endedAt}`, status: 'failed', endedAt }));
    const store = await openWith(bench, runs);
    const sweep = store.sweepEndedJobs('run', 20);
    await append(store, 'topic:runs', 1);
    const { sweptAt } = (await store.getJob('run-5')) ?? {};
    assert.equal(sweptAt, null, 'the commit did not wait for the end of the sweep');
    assert.equal((await sweep).length, 5);
  });
}

/** A store with these jobs, each with two items and an ended stream of three events. */
async function openWith(bench: StoreBench, jobs: readonly JobRecord[]): Promise<Store> {
  const store = await bench.open();
  const items = jobs.flatMap(({ id: jobId }) => [
    item({ jobId }),
    item({ jobId, item: 'ETH/USDT', position: 1 }),
  ]);
  await store.commit({ createJobs: jobs, putItems: items });
  for (const { id, kind } of jobs) await append(store, `${kind}:${id}`, 3, true);
  return store;
}

async function assertWhole(store: Store, record: JobRecord): Promise<void> {
  assert.deepEqual(await store.getJob(record.id), record);
  assert.equal((await store.listItems(record.id)).length, 2);
  assert.deepEqual(await storedSeqs(store, `${record.kind}:${record.id}`), [1, 2, 3]);
}
