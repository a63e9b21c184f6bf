import assert from 'node:assert/strict';
import type { Store, WriteBatch } from '@fast-scanner/server/store/store.ts';
import fc from 'fast-check';
import { append, item, job, range, someEvents, storedSeqs } from './records.ts';
import { signal } from './signal-records.ts';
import type { StoreBench } from './store-bench.ts';

/** A part of a batch that is refused in a store with the running `job-1` and the ended stream `ended`. */
const REFUSED: Readonly<Record<string, WriteBatch>> = {
  'a doubled job': { createJobs: [job()] },
  'a job twice in the batch': { createJobs: [job({ id: 'new' }), job({ id: 'new' })] },
  'a change from another status': { changeJobs: [{ id: 'job-1', from: ['queued'], set: {} }] },
  'an item of an unknown job': { putItems: [item({ jobId: 'nobody' })] },
  'an event after the last': { appendEvents: [{ streamId: 'ended', events: someEvents(1) }] },
};

/** Values JSON would turn into something else. */
const UNFAITHFUL: readonly unknown[] = [
  Number.NaN,
  Number.POSITIVE_INFINITY,
  { deep: [{ strength: Number.NEGATIVE_INFINITY }] },
  new Date(0),
  new Map([[1, 2]]),
  new Float64Array(1),
  new Error('message'),
  [undefined],
  () => 1,
  1n,
  undefined,
];

export function describeBatches(bench: StoreBench): void {
  for (const [what, refused] of Object.entries(REFUSED)) {
    it(`writes nothing of a batch with ${what}`, async () => {
      const store = await openPrepared(bench);
      await assert.rejects(store.commit(around(refused)), { code: 'conflict' });
      await assertUntouched(store);
      assert.deepEqual(
        (await store.commit(around({}))).events.map(({ seq }) => seq),
        [1],
        'no seq is lost',
      );
    });
  }

  it('lets a refused batch fail alone among those of the same turn', async () => {
    const store = await openPrepared(bench);
    const good = (streamId: string) => append(store, streamId, 2);
    const commits = Object.values(REFUSED).flatMap((refused) => [
      good('a'),
      store.commit({
        ...refused,
        appendEvents: [{ streamId: 'a', events: someEvents(3) }, ...(refused.appendEvents ?? [])],
      }),
      good('b'),
    ]);
    const outcomes = await Promise.allSettled(commits);
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      Object.keys(REFUSED).flatMap(() => ['fulfilled', 'rejected', 'fulfilled']),
    );
    assert.deepEqual(await storedSeqs(store, 'a'), range(1, 10));
    assert.deepEqual(await storedSeqs(store, 'b'), range(1, 10));
  });

  it('refuses loudly what JSON cannot represent, wherever it stands', async () => {
    const store = await openPrepared(bench);
    for (const value of UNFAITHFUL) {
      const inside = { value: value === undefined ? [value] : value };
      const places: readonly WriteBatch[] = [
        { createJobs: [job({ id: 'n', input: value })] },
        { createJobs: [job({ id: 'n', state: value })] },
        { changeJobs: [{ id: 'job-1', from: ['running'], set: { state: inside } }] },
        { changeJobs: [{ id: 'job-1', from: ['running'], set: { error: inside } }] },
        { putItems: [item({ payload: value })] },
        { appendEvents: [{ streamId: 's', events: [{ type: 't', payload: inside }] }] },
        { putSettings: { key: value } },
      ];
      for (const place of places) await assert.rejects(store.commit(around(place)), TypeError);
    }
    await assertUntouched(store);
  });

  it('refuses times and counts that are not numbers', async () => {
    const store = await openPrepared(bench);
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) {
      await assert.rejects(
        store.commit(around({ createJobs: [job({ id: 'n', startedAt: value })] })),
        TypeError,
      );
      await assert.rejects(store.commit(around({ putItems: [item({ updatedAt: value })] })), TypeError);
    }
    await assertUntouched(store);
  });

  it('gives every JSON value back as it was', async () => {
    const store = await bench.open();
    let id = 0;
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        id += 1;
        const jobId = `job-${id}`;
        await store.commit({
          createJobs: [job({ id: jobId, input: value, state: value, error: value })],
          putItems: [item({ jobId, payload: value })],
          appendEvents: [{ streamId: jobId, events: [{ type: 't', payload: { value } }] }],
          putSettings: { [jobId]: value },
        });
        const stored = await store.getJob(jobId);
        assert.deepEqual([stored?.input, stored?.state, stored?.error], [value, value, value]);
        assert.deepEqual((await store.listItems(jobId))[0]?.payload, value);
        assert.deepEqual((await store.readEvents(jobId, 0, 1)).events[0]?.payload, { value });
        assert.deepEqual(await store.getSetting(jobId), value);
      }),
      { numRuns: 60, seed: 3 },
    );
  });

  it('accepts an empty batch', async () => {
    const store = await bench.open();
    assert.deepEqual(await store.commit({}), { events: [] });
  });
}

async function openPrepared(bench: StoreBench): Promise<Store> {
  const store = await bench.open();
  await store.commit({ createJobs: [job()] });
  await append(store, 'ended', 1, true);
  return store;
}

/** A batch with something good of every sort before and after the part. */
function around(part: WriteBatch): WriteBatch {
  return {
    createJobs: [job({ id: 'first' }), ...(part.createJobs ?? [])],
    changeJobs: [{ id: 'job-1', from: ['running'], set: { attempts: 7 } }, ...(part.changeJobs ?? [])],
    putItems: [item({ item: 'FIRST/USDT' }), ...(part.putItems ?? [])],
    appendEvents: [{ streamId: 'a', events: someEvents(1) }, ...(part.appendEvents ?? [])],
    putSettings: { first: 1, ...part.putSettings },
    putSignals: [signal()],
  };
}

async function assertUntouched(store: Store): Promise<void> {
  assert.deepEqual(await store.listJobs({ kind: 'scan', limit: 10 }), [job()]);
  assert.deepEqual(await store.listItems('job-1'), []);
  assert.deepEqual([await store.hasStream('a'), await store.hasStream('s')], [false, false]);
  assert.deepEqual([await store.getSetting('first'), await store.getSetting('key')], [null, null]);
  assert.equal(await store.getSignal(signal().id), null);
}
