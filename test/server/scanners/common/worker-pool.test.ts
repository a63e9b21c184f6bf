import assert from 'node:assert/strict';
import {
  WorkerPool,
  type WorkerPoolOptions,
  workerEntry,
} from '@fast-scanner/server/scanners/common/worker-pool.ts';

const entry = new URL('../../../support/scripted-worker.mjs', import.meta.url);
const never = new AbortController().signal;

describe('a pool of worker threads', () => {
  const pools: WorkerPool[] = [];
  afterEach(() => Promise.all(pools.splice(0).map((pool) => pool.close())));

  function open(options: Partial<WorkerPoolOptions> = {}): WorkerPool {
    const pool = new WorkerPool({ entry, threads: 1, timeoutMs: 5_000, noun: 'the work', ...options });
    pools.push(pool);
    return pool;
  }

  it('hands its data to every thread', async () => {
    const pool = open({ threads: 2, workerData: { files: ['a.mjs'] } });
    const told = await Promise.all([1, 2, 3].map(() => pool.run('tellData', null, never)));
    assert.deepEqual(told, Array(3).fill({ files: ['a.mjs'] }));
  });

  it('passes a refusal on with its code', async () => {
    await assert.rejects(open().run('refuse', 'too few', never), {
      code: 'insufficient_data',
      message: 'too few',
    });
  });

  it('says so when the threads do not know the function', async () => {
    await assert.rejects(open().run('dance', null, never), {
      code: 'worker_crashed',
      message: /the work thread failed/,
    });
  });

  it('stops a thread whose caller leaves, with his reason whatever it is, and goes on with another', async () => {
    const pool = open();
    const reason = new Error('I have to go');
    const leaving = new AbortController();
    await pool.run('wait', 1, never);
    const looping = assert.rejects(pool.run('loop', null, leaving.signal), reason);
    await new Promise((resolve) => setTimeout(resolve, 20)); // the thread is at it
    leaving.abort(reason);
    await looping;
    await assert.rejects(
      pool.run('loop', null, leaving.signal),
      reason,
      'nor does it begin for one who has left',
    );
    assert.equal(await pool.run('wait', 1, never), 1);
  });

  it('lets a thread that is stopped take nobody with it who works on another', async () => {
    const pool = open({ threads: 2 });
    await Promise.all([pool.run('wait', 20, never), pool.run('wait', 20, never)]);
    const leaving = new AbortController();
    const reason = new Error('I have to go');
    const looping = assert.rejects(pool.run('loop', null, leaving.signal), reason);
    const working = pool.run('wait', 150, never);
    setTimeout(() => leaving.abort(reason), 50);
    await looping;
    assert.equal(await working, 150);
  });

  it('stops a thread that takes longer than it may', async () => {
    const looping = open({ timeoutMs: 200 }).run('loop', null, never);
    const message = 'the work was not finished within 0.2 s';
    await assert.rejects(looping, { code: 'worker_crashed', message });
  });

  it('that is closed stops at once, refuses who comes, and can be closed again', async () => {
    const pool = open();
    const cutOff = assert.rejects(pool.run('loop', null, never), { code: 'unavailable' });
    await pool.close();
    await cutOff;
    await assert.rejects(pool.run('wait', 1, never), { code: 'unavailable' });
    await pool.close();
  });

  it('finds the module of its threads beside the importing one, in source and in the bundle', () => {
    assert.equal(workerEntry('w', 'file:///a/b.ts').href, 'file:///a/w.ts');
    assert.equal(workerEntry('w', 'file:///dist/chunk-1.js').href, 'file:///dist/w.js');
  });
});
