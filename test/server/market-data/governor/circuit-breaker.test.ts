import assert from 'node:assert/strict';
import { endOf, exchangeError, type GovernorHarness, governorHarness } from './governor-harness.ts';

/** Two calls of five attempts each: ten failures in a row. */
async function breakDown({ ask, answer, clock }: GovernorHarness): Promise<void> {
  answer(exchangeError('exchange_unavailable'));
  const ends = [endOf(ask()), endOf(ask())];
  await clock.advance(3_750);
  assert.deepEqual(await Promise.all(ends), ['exchange_unavailable', 'exchange_unavailable']);
}

describe('the circuit breaker', () => {
  it('opens after ten failures in a row: calls then fail at once without a request', async () => {
    const harness = governorHarness();
    await breakDown(harness);
    assert.equal(harness.starts.length, 10);
    assert.equal(harness.governor.state().status, 'open');
    await assert.rejects(harness.ask(), { code: 'exchange_unavailable', retryAfterMs: 5_000 });
    assert.equal(harness.starts.length, 10);
  });

  it('lets one call try after 5 s and closes when it is answered', async () => {
    const harness = governorHarness();
    await breakDown(harness);
    harness.answer(null);
    await harness.clock.advance(5_000);
    const ends = [1, 2, 3].map(() => endOf(harness.ask({ durationMs: 100 })));
    await harness.clock.advance(50);
    assert.equal(harness.starts.length, 11);
    await harness.clock.advance(200);
    assert.deepEqual(await Promise.all(ends), Array(3).fill('answer'));
    assert.equal(harness.governor.state().status, 'ok');
  });

  it('stays open twice as long each time the try fails', async () => {
    const harness = governorHarness();
    await breakDown(harness);
    await harness.clock.advance(5_000);
    const trial = endOf(harness.ask());
    await harness.clock.advance(300);
    assert.equal(await trial, 'exchange_unavailable');
    assert.equal(harness.starts.length, 11);
    await assert.rejects(harness.ask(), { retryAfterMs: 9_700 });
  });

  it('passes the try on when its caller gives up', async () => {
    const harness = governorHarness();
    await breakDown(harness);
    harness.answer(null);
    await harness.clock.advance(5_000);
    const controller = new AbortController();
    const first = endOf(harness.ask({ signal: controller.signal, durationMs: 1_000 }));
    const second = endOf(harness.ask());
    await harness.clock.advance(10);
    controller.abort(new Error('no longer wanted'));
    await harness.clock.advance(10);
    assert.equal(await first, 'no longer wanted');
    assert.equal(await second, 'answer');
    assert.equal(harness.governor.state().status, 'ok');
  });

  for (const code of ['symbol_unknown', 'no_data', 'not_supported'] as const) {
    it(`takes ${code} as a sign of life`, async () => {
      const harness = governorHarness();
      harness.answer(exchangeError('exchange_unavailable'));
      const failing = [endOf(harness.ask())];
      await harness.clock.advance(3_750);
      harness.answer(exchangeError(code));
      await endOf(harness.ask());
      harness.answer(exchangeError('exchange_unavailable'));
      failing.push(endOf(harness.ask()));
      await harness.clock.advance(3_750);
      await Promise.all(failing);
      assert.equal(harness.starts.length, 11);
      assert.equal(harness.governor.state().status, 'ok');
    });
  }
});
