import assert from 'node:assert/strict';
import { Readiness } from '@fast-scanner/server/ops/readiness.ts';
import { ScannerError } from '@fast-scanner/shared';
import { FakeClock } from '../../support/fake-clock.ts';

describe('readiness', () => {
  it('is ready when every part is', async () => {
    const readiness = new Readiness();
    readiness.add('store', async () => undefined);
    readiness.add('queue', async () => 'whatever');
    assert.deepEqual(await readiness.report(), { status: 'ready', checks: { store: 'ok', queue: 'ok' } });
  });

  it('tells the reason of an expected failure and hides that of a bug', async () => {
    const readiness = new Readiness();
    readiness.add('store', async () => {
      throw new ScannerError('disk_full', 'the disk is full');
    });
    readiness.add('queue', async () => {
      throw new TypeError('undefined is not a function');
    });
    const { status, checks } = await readiness.report();
    assert.deepEqual([status, checks], ['not_ready', { store: 'the disk is full', queue: 'failing' }]);
  });

  it('waits two seconds for an answer, not longer', async () => {
    const clock = new FakeClock();
    const readiness = new Readiness(clock);
    readiness.add('store', () => new Promise(() => undefined));
    const report = readiness.report();
    await clock.advance(2000);
    assert.deepEqual((await report).checks, { store: 'no answer' });
    assert.equal(clock.pendingTimers, 0);
  });

  it('ends for good with draining', async () => {
    const readiness = new Readiness();
    readiness.drain();
    assert.deepEqual(await readiness.report(), { status: 'not_ready', checks: { process: 'draining' } });
  });
});
