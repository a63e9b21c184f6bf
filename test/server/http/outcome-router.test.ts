import assert from 'node:assert/strict';
import { createScannerClient } from '@fast-scanner/client';
import type { SignalRecord } from '@fast-scanner/server/store/signal-record.ts';
import {
  replaySignalResponseSchema,
  scorecardResponseSchema,
  signalsResponseSchema,
  storedSignalResponseSchema,
} from '@fast-scanner/shared';
import { FakeClock } from '../../support/fake-clock.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { DAY, HOUR, NOW, pendingSignal } from '../scanners/outcomes/labelled-world.ts';
import { expectProblem } from './expect-problem.ts';
import { sendJson } from './raw-request.ts';
import { TestClient } from './test-client.ts';
import { TestWindows } from './test-windows.ts';

const UNKNOWN = '0'.repeat(24);

describe('the routes of outcomes', () => {
  const folder = temporaryFolder();
  /** Of the simulated market, some days ago; the last is not due yet. */
  const signals: readonly SignalRecord[] = Array.from({ length: 33 }, (_, index) =>
    pendingSignal({
      exchange: 'demo',
      candleCloseTime: NOW - HOUR / 2 - 4 * index * HOUR,
      signalType: index % 2 === 0 ? 'BUY' : 'HOLD',
      direction: index % 2 === 0 ? 'long' : 'none',
    }),
  );
  let windows: TestWindows;
  let client: TestClient;

  before(async () => {
    windows = await TestWindows.open({ dataDir: folder.path, clock: new FakeClock(NOW) });
    client = new TestClient(windows);
    await windows.app.store.commit({ putSignals: signals });
    await windows.app.outcomes.settle();
  });
  after(() => windows.close());

  it('answer the signals with their outcomes, and the next page', async () => {
    const first = await client.get('/api/signals?limit=20', signalsResponseSchema);
    assert.deepEqual([first.count, first.signals[0]?.outcome], [20, null]);
    const rest = await client.get(`/api/signals?limit=20&cursor=${first.next_cursor}`, signalsResponseSchema);
    assert.deepEqual([rest.count, rest.next_cursor], [13, null]);
    const buys = await client.get('/api/signals?signal_type=BUY&settled=true', signalsResponseSchema);
    assert.deepEqual(new Set(buys.signals.map(({ outcome }) => outcome?.outcome)), new Set(['timeout']));
  });

  it('answer one signal, and compute it again', async () => {
    const { id } = signals[3] ?? { id: '' };
    const { signal } = await client.get(`/api/signals/${id}`, storedSignalResponseSchema);
    assert.equal(signal.outcome?.outcome, 'none');
    const { status, text } = await sendJson(windows.port, `/api/signals/${id}/replay`, {});
    assert.equal(status, 200, text);
    assert.equal(replaySignalResponseSchema.parse(JSON.parse(text)).signalId, id);
  });

  it('answer the scorecard of what is asked for', async () => {
    const all = await client.get('/api/scorecard', scorecardResponseSchema);
    assert.deepEqual([all.overall.n, all.overall.directional, all.overall.pending], [32, 16, 1]);
    assert.deepEqual(all.data_kinds, ['simulated']);
    const from = new Date(NOW - DAY).toISOString();
    const day = await client.get(`/api/scorecard?from=${from}&signal_type=BUY`, scorecardResponseSchema);
    assert.equal(day.overall.n, 2);
    assert.equal(day.overall.note, 'not enough data (2 of 30)');
    assert.deepEqual(day.filters, { from, signal_type: 'BUY' });
  });

  it('name the field that is wrong, and what is not there', async () => {
    for (const [path, pointer] of [
      ['/api/signals?limit=501', '?limit'],
      ['/api/signals?cursor=nonsense', '?cursor'],
      ['/api/signals?settled=perhaps', '?settled'],
      ['/api/scorecard?from=yesterday', '?from'],
      ['/api/scorecard?by=type', '?by'],
      ['/api/scorecard?origin=rumour', '?origin'],
      ['/api/scorecard?from=2024-02-01&to=2024-01-01', '?to'],
    ] as const) {
      const { errors } = expectProblem(await client.ask(path), 'invalid_input');
      assert.equal(errors?.[0]?.pointer, pointer);
    }
    const { detail } = expectProblem(await client.ask('/api/scorecard?from=2024-13-01'), 'invalid_input');
    assert.match(detail, /from: must be a day such as/);
    expectProblem(await client.ask('/api/signals/short'), 'invalid_input');
    expectProblem(await client.ask(`/api/signals/${UNKNOWN}`), 'not_found');
    expectProblem(await sendJson(windows.port, `/api/signals/${UNKNOWN}/replay`, {}), 'not_found');
    expectProblem(await client.ask('/api/scorecard', 'POST'), 'method_not_allowed');
  });

  it('are at hand in the client', async () => {
    const client = createScannerClient({ url: windows.url });
    const { id } = signals[2] ?? { id: '' };
    const page = await client.outcomes.signals({ settled: true, symbol: 'BTC/USDT', limit: 2 });
    assert.deepEqual([page.count, page.next_cursor === null], [2, false]);
    assert.equal((await client.outcomes.signal(id)).signal.signalId, id);
    assert.equal((await client.outcomes.replay(id)).signalId, id);
    assert.equal(
      (await client.outcomes.scorecard({ signal_type: 'HOLD' })).overall.note,
      'not enough data (0 of 30)',
    );
    client.close();
  });

  it('count the outcomes in the metrics', async () => {
    assert.equal(await client.metric('fast_scanner_outcomes_total{outcome="timeout"}'), 16);
    assert.equal(await client.metric('fast_scanner_outcomes_total{outcome="none"}'), 16);
  });
});
