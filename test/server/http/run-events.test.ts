import assert from 'node:assert/strict';
import { type RunEventName, runEventSchemas, runEventsResponseSchema } from '@fast-scanner/shared';
import { eventually } from '../../support/eventually.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { expectProblem } from './expect-problem.ts';
import { rawRequest, sendJson } from './raw-request.ts';
import { SseReader } from './sse-reader.ts';
import { TestWindows } from './test-windows.ts';
import { WrittenRun } from './written-run.ts';

const pathOf = (runId: string, query = '') => `/api/scanner/runs/${runId}/events${query}`;

describe('the log of a run', () => {
  const folder = temporaryFolder();
  let windows: TestWindows;

  before(async () => {
    windows = await TestWindows.open({ dataDir: folder.path });
  });
  after(() => windows.close());

  const open = (runId: string, query = '', headers: Record<string, string> = {}) =>
    SseReader.open({ port: windows.port, path: pathOf(runId, query), headers });

  it('comes as JSON in pages after a seq', async () => {
    const run = await WrittenRun.create(windows);
    await run.appendErrors(3);
    const { text } = await rawRequest({ port: windows.port, path: pathOf(run.id, '?after=1&limit=1') });
    const { events, ...page } = runEventsResponseSchema.parse(JSON.parse(text));
    assert.deepEqual(
      events.map(({ seq, type }) => [seq, type]),
      [[2, 'runError']],
    );
    assert.deepEqual(page, { success: true, run_id: run.id, firstSeq: 1, lastSeq: 3, terminal: false });
  });

  it('comes as an event stream from the start of the run to its end, as the contract has it', async () => {
    const body = { sniper_mode: 'surgical', symbols: ['BTC/USDT', 'ETH/USDT'] };
    const { text } = await sendJson(windows.port, '/api/scanner/runs', body);
    const reader = (await open(JSON.parse(text).run_id)).read();
    await eventually(() => assert.ok(reader.ended));
    assert.deepEqual(reader.seqs, [1, 2, 3, 4]);
    for (const { data } of reader.events) runEventSchemas[data.type as RunEventName].parse(data);
    const types = reader.events.map(({ data }) => data.type);
    assert.deepEqual([types.at(0), types.at(-1)], ['runStarted', 'runEnded']);
  });

  it('is resumed after Last-Event-ID, followed live and ended with the terminal event', async () => {
    const run = await WrittenRun.create(windows);
    await run.appendErrors(3);
    const reader = (await open(run.id, '?after=0', { 'last-event-id': '2' })).read();
    await eventually(() => assert.deepEqual(reader.seqs, [3]));
    await run.appendErrors(1);
    await run.end();
    await eventually(() => assert.ok(reader.ended));
    assert.deepEqual(reader.seqs, [3, 4, 5]);
    const last = await open(run.id, '', { 'last-event-id': '5' });
    assert.equal(last.response.statusCode, 204);
    last.close();
  });

  it('is gone once the run is swept, however it is asked for', async () => {
    const run = await WrittenRun.create(windows);
    await run.end();
    await run.sweep();
    for (const accept of ['application/json', 'text/event-stream']) {
      const answer = await rawRequest({ port: windows.port, path: pathOf(run.id), headers: { accept } });
      assert.equal(expectProblem(answer, 'gone').summary?.['run_id'], run.id);
    }
  });
});
