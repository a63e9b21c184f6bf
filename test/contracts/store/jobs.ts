import assert from 'node:assert/strict';
import { item, job } from './records.ts';
import type { StoreBench } from './store-bench.ts';

const CONFLICT = { name: 'ScannerError', code: 'conflict' };

export function describeJobs(bench: StoreBench): void {
  it('answers a created job as it was given, and null for an unknown one', async () => {
    const store = await bench.open();
    const full = job({ idempotencyKey: 'key', endedAt: 5, error: { code: 'internal' } });
    const bare = job({
      id: 'bare',
      exchange: null,
      startedAt: null,
      heartbeatAt: null,
      input: [],
      state: null,
    });
    await store.commit({ createJobs: [full, bare] });
    assert.deepEqual(await store.getJob('job-1'), full);
    assert.deepEqual(await store.getJob('bare'), bare);
    assert.equal(await store.getJob('nobody'), null);
  });

  it('refuses an id that exists', async () => {
    const store = await bench.open();
    await store.commit({ createJobs: [job()] });
    await assert.rejects(store.commit({ createJobs: [job({ kind: 'other' })] }), CONFLICT);
    assert.equal((await store.getJob('job-1'))?.kind, 'scan');
  });

  it('finds a job by its key, which one job of a kind may have', async () => {
    const store = await bench.open();
    await store.commit({ createJobs: [job({ idempotencyKey: 'key' })] });
    const rival = job({ id: 'job-2', idempotencyKey: 'key' });
    await assert.rejects(store.commit({ createJobs: [rival] }), CONFLICT);
    await store.commit({ createJobs: [{ ...rival, kind: 'other' }, job({ id: 'a' }), job({ id: 'b' })] });
    assert.equal((await store.findJobByKey('scan', 'key'))?.id, 'job-1');
    assert.equal((await store.findJobByKey('other', 'key'))?.id, 'job-2');
    assert.equal(await store.findJobByKey('scan', 'unused'), null);
  });

  it('lets one of two jobs that are created at once have the key', async () => {
    const store = await bench.open();
    const rivals = ['a', 'b', 'c'].map((id) =>
      store.commit({ createJobs: [job({ id, idempotencyKey: 'key' })] }),
    );
    const outcomes = await Promise.allSettled(rivals);
    assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
  });

  it('changes what is named and nothing else', async () => {
    const store = await bench.open();
    await store.commit({ createJobs: [job()] });
    const set = {
      status: 'completed',
      endedAt: 9,
      state: { phase: 'done' },
      error: ['none'],
      attempts: 2,
    } as const;
    await store.commit({ changeJobs: [{ id: 'job-1', from: ['running'], set }] });
    assert.deepEqual(await store.getJob('job-1'), { ...job(), ...set });
    await store.commit({
      changeJobs: [{ id: 'job-1', from: ['completed'], set: { exchange: null, error: null } }],
    });
    assert.deepEqual(await store.getJob('job-1'), { ...job(), ...set, exchange: null, error: null });
  });

  it('refuses a change from a status the job is not in, or of a job it does not know', async () => {
    const store = await bench.open();
    await store.commit({ createJobs: [job()] });
    const change = { id: 'job-1', from: ['queued', 'completed'], set: { attempts: 9 } } as const;
    await assert.rejects(store.commit({ changeJobs: [change] }), CONFLICT);
    await assert.rejects(store.commit({ changeJobs: [{ ...change, from: [] }] }), CONFLICT);
    await assert.rejects(
      store.commit({ changeJobs: [{ ...change, id: 'nobody', from: ['running'] }] }),
      CONFLICT,
    );
    assert.deepEqual(await store.getJob('job-1'), job());
  });

  it('takes a change of nothing as a check of the status', async () => {
    const store = await bench.open();
    await store.commit({ createJobs: [job()] });
    await store.commit({ changeJobs: [{ id: 'job-1', from: ['queued', 'running'], set: {} }] });
    await assert.rejects(
      store.commit({ changeJobs: [{ id: 'job-1', from: ['failed'], set: {} }] }),
      CONFLICT,
    );
    assert.deepEqual(await store.getJob('job-1'), job());
  });

  it('lets exactly one of many concurrent transitions win', async () => {
    const store = await bench.open();
    await store.commit({ createJobs: [job()] });
    const ends = Array.from({ length: 20 }, (_, index) =>
      store.commit({
        changeJobs: [{ id: 'job-1', from: ['running'], set: { status: 'failed', error: index } }],
        putItems: [item({ item: `${index}` })],
      }),
    );
    const outcomes = await Promise.allSettled(ends);
    const winners = outcomes.flatMap(({ status }, index) => (status === 'fulfilled' ? [index] : []));
    assert.equal(winners.length, 1);
    assert.equal((await store.getJob('job-1'))?.error, winners[0]);
    assert.deepEqual(
      (await store.listItems('job-1')).map((one) => one.item),
      [`${winners[0]}`],
    );
  });
}
