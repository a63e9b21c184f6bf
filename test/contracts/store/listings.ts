import assert from 'node:assert/strict';
import type { JobQuery, JobRecord, Store } from '@fast-scanner/server/store/store.ts';
import { JOB_STATUSES } from '@fast-scanner/shared';
import fc from 'fast-check';
import { item, job } from './records.ts';
import type { StoreBench } from './store-bench.ts';

export function describeListings(bench: StoreBench): void {
  it('lists the jobs of a kind newest first, as they are', async () => {
    const store = await bench.open();
    const jobs = [1, 3, 2].map((createdAt) => job({ id: `job-${createdAt}`, createdAt }));
    await store.commit({ createJobs: [...jobs, job({ id: 'x', kind: 'other' })] });
    const listed = await store.listJobs({ kind: 'scan', limit: 10 });
    assert.deepEqual(listed, [jobs[1], jobs[2], jobs[0]]);
    assert.deepEqual(await store.listJobs({ kind: 'unheard of', limit: 10 }), []);
    assert.deepEqual(await store.listJobs({ kind: 'scan', limit: 0 }), []);
  });

  it('selects by statuses, exchange and item', async () => {
    const store = await bench.open();
    await store.commit({
      createJobs: [
        job({ id: 'a', status: 'queued', createdAt: 3 }),
        job({ id: 'b', status: 'failed', createdAt: 2, exchange: 'files' }),
        job({ id: 'c', status: 'running', createdAt: 1, exchange: null }),
      ],
      putItems: [item({ jobId: 'a', item: 'ETH/USDT' }), item({ jobId: 'b' }), item({ jobId: 'c' })],
    });
    const ids = (query: Partial<JobQuery>) => listIds(store, { kind: 'scan', limit: 10, ...query });
    assert.deepEqual(await ids({ statuses: ['running', 'queued'] }), ['a', 'c']);
    assert.deepEqual(await ids({ statuses: [] }), []);
    assert.deepEqual(await ids({ exchange: 'files' }), ['b']);
    assert.deepEqual(await ids({ item: 'BTC/USDT' }), ['b', 'c']);
    assert.deepEqual(await ids({ item: 'BTC/USDT', statuses: ['failed'], exchange: 'demo' }), []);
  });

  it('answers every job once when it is read page by page, however many were created at the same time', async () => {
    const store = await bench.open();
    const plan = fc.record({
      time: fc.integer({ min: 0, max: 3 }),
      status: fc.constantFrom(...JOB_STATUSES),
    });
    const statuses = fc.option(fc.uniqueArray(fc.constantFrom(...JOB_STATUSES)), { nil: null });
    let round = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(plan, { maxLength: 12 }),
        fc.integer({ min: 1, max: 5 }),
        statuses,
        async (plans, limit, wanted) => {
          round += 1;
          const kind = `kind-${round}`;
          const jobs = plans.map(({ time, status }, index) =>
            job({ id: `${kind}-${index}`, kind, status, createdAt: time }),
          );
          await store.commit({ createJobs: jobs });
          const query = { kind, limit, ...(wanted ? { statuses: wanted } : {}) };
          const expected = jobs.filter(({ status }) => wanted?.includes(status) ?? true).sort(newestFirst);
          assert.deepEqual(
            await readPages(store, query),
            expected.map(({ id }) => id),
          );
        },
      ),
      { numRuns: 40, seed: 5 },
    );
  });
}

async function listIds(store: Store, query: JobQuery): Promise<string[]> {
  return (await store.listJobs(query)).map(({ id }) => id);
}

async function readPages(store: Store, query: JobQuery): Promise<string[]> {
  const ids: string[] = [];
  let page = await store.listJobs(query);
  while (page.length > 0) {
    assert.ok(page.length <= query.limit);
    ids.push(...page.map(({ id }) => id));
    const last = page.at(-1) ?? assert.fail();
    page = await store.listJobs({ ...query, before: { createdAt: last.createdAt, id: last.id } });
  }
  return ids;
}

function newestFirst(left: JobRecord, right: JobRecord): number {
  return right.createdAt - left.createdAt || (left.id < right.id ? 1 : -1);
}
