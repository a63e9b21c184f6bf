import assert from 'node:assert/strict';
import { SingleFlight } from '@fast-scanner/server/market-data/single-flight.ts';
import fc from 'fast-check';

/** Work that ends when told, or when it is aborted. */
function controllableWork() {
  const started: { readonly signal: AbortSignal; readonly finish: (value: string) => void }[] = [];
  const start = (signal: AbortSignal) =>
    new Promise<string>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      started.push({ signal, finish: resolve });
    });
  return { started, start };
}

describe('SingleFlight', () => {
  it('runs concurrent work of one key once and of two keys twice', async () => {
    const flights = new SingleFlight<string>();
    const { started, start } = controllableWork();
    const results = [flights.run('a', start), flights.run('a', start), flights.run('b', start)];
    assert.equal(started.length, 2);
    started[0]?.finish('one');
    started[1]?.finish('two');
    assert.deepEqual(await Promise.all(results), ['one', 'one', 'two']);
  });

  it('starts anew once the work has ended, well or badly', async () => {
    const flights = new SingleFlight<string>();
    let runs = 0;
    const start = async () => {
      runs += 1;
      if (runs === 1) throw new Error('first');
      return `run ${runs}`;
    };
    await assert.rejects(flights.run('a', start), /first/);
    assert.equal(await flights.run('a', start), 'run 2');
    assert.equal(await flights.run('a', start), 'run 3');
  });

  it('lets one caller leave without harm to the others', async () => {
    const flights = new SingleFlight<string>();
    const { started, start } = controllableWork();
    const leaver = new AbortController();
    const left = flights.run('a', start, leaver.signal);
    const stayed = flights.run('a', start);
    leaver.abort(new Error('left'));
    await assert.rejects(left, /left/);
    assert.equal(started[0]?.signal.aborted, false);
    started[0]?.finish('done');
    assert.equal(await stayed, 'done');
  });

  it('aborts the work when the last caller has left, and the next one starts anew', async () => {
    const flights = new SingleFlight<string>();
    const { started, start } = controllableWork();
    const leavers = [new AbortController(), new AbortController()];
    const left = leavers.map(({ signal }) => flights.run('a', start, signal));
    for (const leaver of leavers) leaver.abort(new Error('left'));
    const next = flights.run('a', start);
    for (const result of left) await assert.rejects(result, /left/);
    assert.equal(started[0]?.signal.aborted, true);
    started[1]?.finish('second');
    assert.equal(await next, 'second');
  });

  it('does not start for a caller that has aborted already', async () => {
    const flights = new SingleFlight<string>();
    const { started, start } = controllableWork();
    await assert.rejects(flights.run('a', start, AbortSignal.abort(new Error('too late'))), /too late/);
    assert.equal(started.length, 0);
  });

  it('lets many requests share one signal without a warning of a leak', async () => {
    const warnings: Error[] = [];
    const collect = (warning: Error) => warnings.push(warning);
    process.on('warning', collect);
    const { signal } = new AbortController();
    const flights = new SingleFlight<number>();
    await Promise.all(Array.from({ length: 50 }, (_, key) => flights.run(`${key}`, async () => key, signal)));
    await new Promise(setImmediate);
    process.off('warning', collect);
    assert.deepEqual(warnings, []);
  });

  it('ends everything under way on abortAll', async () => {
    const flights = new SingleFlight<string>();
    const { start } = controllableWork();
    const results = [flights.run('a', start), flights.run('b', start)];
    const outcomes = Promise.allSettled(results);
    await flights.abortAll(new Error('closing'));
    assert.deepEqual(
      (await outcomes).map(({ status }) => status),
      ['rejected', 'rejected'],
    );
  });

  it('aborts the work exactly when all callers have left, in any order of leaving', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { minLength: 1, maxLength: 6 }), async (leaves) => {
        const flights = new SingleFlight<string>();
        const { started, start } = controllableWork();
        const callers = leaves.map((leave) => ({ leave, controller: new AbortController() }));
        const results = callers.map(({ controller }) => flights.run('a', start, controller.signal));
        const outcomes = Promise.allSettled(results);
        for (const { leave, controller } of callers) if (leave) controller.abort(new Error('left'));
        started[0]?.finish('done');
        const expected = leaves.map((leave) => (leave ? 'rejected' : 'fulfilled'));
        assert.deepEqual(
          (await outcomes).map(({ status }) => status),
          expected,
        );
        assert.equal(started[0]?.signal.aborted, leaves.every(Boolean));
      }),
      { numRuns: 50, seed: 3 },
    );
  });
});
