import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import {
  alertsStore,
  createScannerClient,
  type ReadableStore,
  runStore,
  type ScannerClient,
} from '@fast-scanner/client';
import { eventually } from '../support/eventually.ts';
import { type ScriptedCall, ScriptedServer } from './scripted-server.ts';

const RUN = '1b4e28ba-2fa1-41d2-883f-0016d3cca427';
const NOW = '2026-01-05T12:00:00.000Z';
const RUNNING = { run_id: RUN, status: 'running', progress: 0, total: 0, created_at: NOW, started_at: NOW };
const SYMBOLS = 60;

function refuse(response: ServerResponse, problem: { readonly code: string; readonly status: number }): void {
  response.writeHead(problem.status).end(JSON.stringify({ detail: 'no', requestId: 'r1', ...problem }));
}

/** A whole run at once. */
function tellRun({ socket, answer }: ScriptedCall): void {
  answer({ lastSeq: SYMBOLS + 2 });
  const shared = { run_id: RUN, timestamp: NOW, total: SYMBOLS };
  socket.emit('runStarted', { ...shared, seq: 1, mode: 'recon', exchange: 'demo', symbols: [] });
  for (let progress = 1; progress <= SYMBOLS; progress += 1) {
    const rejection = { reason: 'no_data', rejection: { symbol: `S${progress}/USDT`, reason: 'none' } };
    socket.emit('runRejection', { ...shared, ...rejection, seq: progress + 1, symbol: 'S/USDT', progress });
  }
  socket.emit('runEnded', { ...shared, seq: SYMBOLS + 2, status: 'completed', metadata: {} });
}

describe('the stores of the client', () => {
  let server: ScriptedServer;
  let client: ScannerClient;

  afterEach(async () => {
    client.close();
    await server.close();
  });

  async function connect(...script: Parameters<typeof ScriptedServer.listen>): Promise<void> {
    server = await ScriptedServer.listen(...script);
    client = createScannerClient({ url: server.url });
  }

  /** Listens, and counts how often it is told. */
  function listen(store: ReadableStore<unknown>): { count: number; readonly stop: () => void } {
    const heard = { count: 0, stop: store.subscribe(() => (heard.count += 1)) };
    return heard;
  }

  it('tell what comes together once, and give the same snapshot until something changes', async () => {
    await connect((_, response) => response.end(JSON.stringify(RUNNING)), tellRun);
    const store = runStore(client);
    const heard = listen(store);
    store.attach(RUN);
    await eventually(() => assert.equal(store.getSnapshot().phase, 'complete'));
    const { progress, rejections } = store.getSnapshot();
    assert.deepEqual([progress.processed, rejections.by_reason.no_data], [SYMBOLS, SYMBOLS]);
    assert.ok(heard.count < 10, `told ${heard.count} times of ${SYMBOLS + 2} events`);
    assert.equal(store.getSnapshot(), store.getSnapshot());
    store.attach(RUN);
    assert.equal(store.getSnapshot().progress, progress, 'it is attached already');
    heard.stop();
  });

  it('never go back to older news: what was read may be newer than the first events', async () => {
    const started = { ...RUNNING, progress: 30, total: SYMBOLS };
    await connect((_, response) => response.end(JSON.stringify(started)), tellRun);
    const store = runStore(client);
    const seen: number[] = [];
    const stop = store.subscribe(() => seen.push(store.getSnapshot().progress.processed));
    store.attach(RUN);
    await eventually(() => assert.equal(store.getSnapshot().phase, 'complete'));
    assert.deepEqual(
      seen,
      seen.toSorted((one, other) => one - other),
    );
    assert.ok(seen.includes(30));
    stop();
  });

  it('read once for listeners that come, leave and come again in one turn, as in strict mode', async () => {
    const asked: string[] = [];
    await connect((request, response) => {
      asked.push(request.url ?? '');
      response.end(JSON.stringify(RUNNING));
    }, tellRun);
    const store = runStore(client);
    store.attach(RUN);
    assert.deepEqual(asked, [], 'nobody looks');
    listen(store).stop();
    const again = listen(store);
    await eventually(() => assert.equal(store.getSnapshot().phase, 'complete'));
    assert.deepEqual(asked, [`/api/scanner/runs/${RUN}`]);
    again.stop();
    await eventually(() => assert.equal(client.connectionState, 'idle'));
  });

  it('ask until there is an answer, and say why there is none meanwhile', async () => {
    let asked = 0;
    await connect((_, response) => {
      asked += 1;
      if (asked === 1) refuse(response, { code: 'too_many_requests', status: 429 });
      else
        response.end(
          JSON.stringify({ ...RUNNING, status: 'failed', error: { code: 'no_data', detail: 'none' } }),
        );
    });
    const store = runStore(client);
    store.attach(RUN);
    const { stop } = listen(store);
    await eventually(() => assert.equal(store.getSnapshot().error?.code, 'too_many_requests'));
    assert.equal(store.getSnapshot().phase, 'starting');
    await eventually(() => assert.equal(store.getSnapshot().phase, 'failed'));
    assert.deepEqual([store.getSnapshot().error?.code, asked], ['no_data', 2]);
    stop();
  });

  it('show what is left of a run that has been swept', async () => {
    const summary = {
      ...RUNNING,
      status: 'completed',
      mode: 'ghost',
      progress: 9,
      total: 9,
      completed_at: NOW,
    };
    await connect((_, response) => refuse(response, { code: 'gone', status: 410, ...{ summary } }));
    const store = runStore(client);
    store.attach(RUN);
    const { stop } = listen(store);
    await eventually(() => assert.equal(store.getSnapshot().phase, 'complete'));
    const { mode, progress, error, signals } = store.getSnapshot();
    assert.deepEqual([mode, progress.processed, error?.code, signals], ['ghost', 9, 'gone', []]);
    stop();
  });

  it('stay as they are when the server refuses for good, until it is tried again', async () => {
    const answers = [{ code: 'unauthorized', status: 401 }, null];
    await connect((_, response) => {
      const problem = answers.shift();
      if (problem) refuse(response, problem);
      else response.end(JSON.stringify({ ...RUNNING, status: 'cancelled' }));
    });
    const store = runStore(client);
    store.attach(RUN);
    const { stop } = listen(store);
    await eventually(() => assert.equal(store.getSnapshot().error?.code, 'unauthorized'));
    assert.equal(store.getSnapshot().error?.requestId, 'r1');
    store.retry();
    await eventually(() => assert.equal(store.getSnapshot().phase, 'cancelled'));
    assert.equal(store.getSnapshot().error, null);
    stop();
  });

  it('read a list anew when the server does not keep what was missed', async () => {
    let reads = 0;
    const answer = { alerts: [], rules: [] };
    await connect(
      (request, response) => {
        if (request.url === '/api/scanner/alerts') reads += 1;
        response.end(JSON.stringify(answer));
      },
      ({ call, socket, ...scripted }) => {
        scripted.answer(call < 3 ? { lastSeq: 3 } : { firstSeq: 10, lastSeq: 12 });
        if (call === 2) setTimeout(() => socket.disconnect(true), 20);
      },
    );
    const store = alertsStore(client);
    const { stop } = listen(store);
    await eventually(() => assert.equal(store.getSnapshot().isLoading, false));
    assert.equal(reads, 1);
    await eventually(() => assert.equal(reads, 2));
    stop();
  });
});
