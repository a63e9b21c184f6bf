import assert from 'node:assert/strict';
import { createLimitedQueue } from '@fast-scanner/server/jobs/limited-queue.ts';
import { workQueueContract } from '../../contracts/work-queue.contract.ts';

workQueueContract('createLimitedQueue', async (concurrency) => createLimitedQueue({ concurrency }));

describe('createLimitedQueue', () => {
  it('does not accept a concurrency below 1', () => {
    for (const concurrency of [0, -1, 1.5, Number.NaN]) {
      assert.throws(() => createLimitedQueue({ concurrency }), TypeError);
    }
  });

  it('gets through thousands of abandoned tasks of one signal without running them, and without a warning of a leak', async () => {
    const warnings: Error[] = [];
    const collect = (warning: Error) => warnings.push(warning);
    process.on('warning', collect);
    const queue = createLimitedQueue({ concurrency: 1 });
    let runs = 0;
    const task = async () => {
      runs += 1;
    };
    const caller = new AbortController();
    const abandoned = Array.from({ length: 5_000 }, () =>
      queue.run(task, { priority: 'interactive', owner: 'scan', signal: caller.signal }),
    );
    const last = queue.run(task, { priority: 'scheduled', owner: 'schedule' });
    caller.abort(new Error('cancelled'));
    await last;
    const outcomes = await Promise.allSettled(abandoned);
    assert.ok(outcomes.every(({ status }) => status === 'rejected'));
    assert.equal(runs, 1);
    await queue.close();
    process.off('warning', collect);
    assert.deepEqual(warnings, []);
  });
});
