import assert from 'node:assert/strict';
import { item, job } from './records.ts';
import type { StoreBench } from './store-bench.ts';

export function describeItems(bench: StoreBench): void {
  it('lists the items of a job by position', async () => {
    const store = await bench.open();
    const items = [2, 0, 1].map((position) => item({ item: `S${position}/USDT`, position }));
    await store.commit({ createJobs: [job(), job({ id: 'job-2' })], putItems: items });
    assert.deepEqual(await store.listItems('job-1'), [items[1], items[2], items[0]]);
    assert.deepEqual(await store.listItems('job-2'), []);
    assert.deepEqual(await store.listItems('nobody'), []);
  });

  it('replaces an item of the same name', async () => {
    const store = await bench.open();
    await store.commit({ createJobs: [job()], putItems: [item()] });
    const later = item({ status: 'done', payload: [1], position: 3, updatedAt: 2000.25 });
    await store.commit({ putItems: [later] });
    assert.deepEqual(await store.listItems('job-1'), [later]);
  });

  it('refuses an item of a job it does not know', async () => {
    const store = await bench.open();
    await assert.rejects(store.commit({ putItems: [item()] }), { code: 'conflict' });
    assert.deepEqual(await store.listItems('job-1'), []);
  });

  it('finds the newest item of a name over all jobs of a kind', async () => {
    const store = await bench.open();
    await store.commit({
      createJobs: [
        job({ id: 'old' }),
        job({ id: 'new' }),
        job({ id: 'files', exchange: 'files' }),
        job({ id: 'other', kind: 'other' }),
      ],
      putItems: [
        item({ jobId: 'new', updatedAt: 3, status: 'failed' }),
        item({ jobId: 'old', updatedAt: 2 }),
        item({ jobId: 'files', updatedAt: 1 }),
        item({ jobId: 'other', updatedAt: 9 }),
        item({ jobId: 'new', item: 'ETH/USDT', updatedAt: 8 }),
      ],
    });
    const newest = async (filter: { exchange?: string; statuses?: string[] }) =>
      (await store.findNewestItem({ kind: 'scan', item: 'BTC/USDT', ...filter }))?.jobId ?? null;
    assert.equal(await newest({}), 'new');
    assert.equal(await newest({ statuses: ['signal', 'done'] }), 'old');
    assert.equal(await newest({ exchange: 'files' }), 'files');
    assert.equal(await newest({ exchange: 'files', statuses: ['failed'] }), null);
    assert.equal(await newest({ exchange: 'unused' }), null);
    assert.deepEqual(
      await store.findNewestItem({ kind: 'other', item: 'BTC/USDT' }),
      item({ jobId: 'other', updatedAt: 9 }),
    );
  });

  it('finds an item by the exchange its job has now', async () => {
    const store = await bench.open();
    await store.commit({ createJobs: [job()], putItems: [item()] });
    await store.commit({ changeJobs: [{ id: 'job-1', from: ['running'], set: { exchange: 'files' } }] });
    const query = { kind: 'scan', item: 'BTC/USDT' };
    assert.deepEqual(await store.findNewestItem({ ...query, exchange: 'files' }), item());
    assert.equal(await store.findNewestItem({ ...query, exchange: 'demo' }), null);
  });
}
