import assert from 'node:assert/strict';
import type { JobChange, JobQuery, WriteBatch } from '@fast-scanner/server/store/store.ts';
import { append, item, range, run, someEvents, storedSeqs } from './records.ts';
import type { StoreBench } from './store-bench.ts';

const START: JobChange = {
  id: 'run-1',
  from: ['queued'],
  set: { status: 'running', attempts: 1, startedAt: 1500, heartbeatAt: 1500 },
};
const END: JobChange = { id: 'run-1', from: ['running'], set: { status: 'completed', endedAt: 1600 } };
const STREAM = 'run:run-1';

export function describeRuns(bench: StoreBench): void {
  it('takes a run from queued over running to completed, each step once and in this order', async () => {
    const store = await bench.open();
    await store.commit({ createJobs: [run()] });
    await assert.rejects(store.commit({ changeJobs: [END] }), { code: 'conflict' });
    assert.deepEqual(await store.getJob('run-1'), run());
    await store.commit({ changeJobs: [START] });
    await assert.rejects(store.commit({ changeJobs: [START] }), { code: 'conflict' });
    assert.deepEqual(await store.getJob('run-1'), { ...run(), ...START.set });
    await store.commit({ changeJobs: [END] });
    for (const late of [START, END])
      await assert.rejects(store.commit({ changeJobs: [late] }), { code: 'conflict' });
    assert.deepEqual(await store.getJob('run-1'), { ...run(), ...START.set, ...END.set });
  });

  it('lets one of two starters have a queued run, with what that one writes', async () => {
    const store = await bench.open();
    const ids = range(1, 10).map((number) => `run-${number}`);
    await store.commit({ createJobs: ids.map((id) => run({ id })) });
    for (const id of ids) {
      const starters = ['first', 'second'].map((starter) => store.commit(startedBy(starter, id)));
      const outcomes = await Promise.allSettled(starters);
      const winners = ['first', 'second'].filter((_, index) => outcomes[index]?.status === 'fulfilled');
      assert.equal(winners.length, 1);
      assert.deepEqual((await store.getJob(id))?.state, { starter: winners[0] });
      const { events } = await store.readEvents(`run:${id}`, 0, 10);
      assert.deepEqual(
        events.map(({ payload }) => payload),
        [{ text: winners[0], index: 0 }],
      );
    }
  });

  it('writes items and events with the change they belong to, or none of them', async () => {
    const store = await bench.open();
    await store.commit({ createJobs: [run()] });
    const findings: WriteBatch = {
      putItems: [item({ jobId: 'run-1' }), item({ jobId: 'run-1', item: 'ETH/USDT', position: 1 })],
      appendEvents: [{ streamId: STREAM, events: someEvents(3), terminal: true }],
    };
    await assert.rejects(store.commit({ changeJobs: [END], ...findings }), { code: 'conflict' });
    assert.deepEqual(await store.listItems('run-1'), []);
    assert.equal(await store.hasStream(STREAM), false);
    await store.commit({ changeJobs: [START] });
    await store.commit({ changeJobs: [END], ...findings });
    assert.deepEqual(await store.listItems('run-1'), findings.putItems);
    assert.deepEqual(await storedSeqs(store, STREAM), [1, 2, 3]);
  });

  it('keeps a run as it is when its events are refused', async () => {
    const store = await bench.open();
    await store.commit({ createJobs: [run()] });
    await append(store, STREAM, 1, true);
    const late = { streamId: STREAM, events: someEvents(1) };
    await assert.rejects(store.commit({ changeJobs: [START], appendEvents: [late] }), { code: 'conflict' });
    assert.deepEqual(await store.getJob('run-1'), run());
  });

  it('lists runs by status, newest first and page by page, swept ones in their places', async () => {
    const store = await bench.open();
    const statuses = ['completed', 'queued', 'completed', 'failed', 'running', 'completed'] as const;
    const ended = (status: string) => (status === 'queued' || status === 'running' ? null : 50);
    await store.commit({
      createJobs: statuses.map((status, index) =>
        run({ id: `run-${index}`, status, createdAt: index < 3 ? 7 : index, endedAt: ended(status) }),
      ),
    });
    await store.commit({ createJobs: [run({ id: 'scan', kind: 'scan', status: 'completed' })] });
    await store.sweepEndedJobs('run', 60, 2);
    const ids = async (query: Partial<JobQuery>) =>
      (await store.listJobs({ kind: 'run', limit: 10, ...query })).map(({ id }) => id);
    assert.deepEqual(await ids({}), ['run-2', 'run-1', 'run-0', 'run-5', 'run-4', 'run-3']);
    assert.deepEqual(await ids({ statuses: ['completed'] }), ['run-2', 'run-0', 'run-5']);
    assert.deepEqual(await ids({ statuses: ['queued', 'running'] }), ['run-1', 'run-4']);
    const before = { createdAt: 7, id: 'run-1' };
    assert.deepEqual(await ids({ limit: 2, before }), ['run-0', 'run-5']);
    assert.deepEqual(await ids({ before, statuses: ['failed'] }), ['run-3']);
  });

  it('finds a run by its key in every status, and keeps the key from others', async () => {
    const store = await bench.open();
    await store.commit({ createJobs: [run({ idempotencyKey: 'key' })] });
    const find = async () => (await store.findJobByKey('run', 'key'))?.status;
    assert.equal(await find(), 'queued');
    await store.commit({ changeJobs: [START] });
    await store.commit({ changeJobs: [END] });
    assert.equal(await find(), 'completed');
    await assert.rejects(store.commit({ createJobs: [run({ id: 'run-2', idempotencyKey: 'key' })] }), {
      code: 'conflict',
    });
  });
}

function startedBy(starter: string, id: string): WriteBatch {
  return {
    changeJobs: [{ ...START, id, set: { ...START.set, state: { starter } } }],
    appendEvents: [{ streamId: `run:${id}`, events: someEvents(1, starter) }],
  };
}
