import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import {
  type RunEventName,
  runEventSchemas,
  runSummarySchema,
  runTopicEventSchemas,
  subscriptionSchema,
} from '@fast-scanner/shared';
import { eventually } from '../../support/eventually.ts';
import { seededRandom } from '../../support/exchange-server/seeded-random.ts';
import { startTcpProxy } from '../../support/tcp-proxy.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { sendJson } from '../http/raw-request.ts';
import { TestWindows } from '../http/test-windows.ts';
import { WrittenRun } from '../http/written-run.ts';
import { EventReader } from './event-reader.ts';

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('a subscription to a run', () => {
  const folder = temporaryFolder();
  let windows: TestWindows;
  let reader: EventReader;

  before(async () => {
    windows = await TestWindows.open({ dataDir: folder.path });
  });
  after(() => windows.close());
  beforeEach(async () => {
    reader = await EventReader.connect(windows.url);
  });
  afterEach(() => reader.close());

  const startRun = async (symbols: readonly string[]): Promise<string> => {
    const { text } = await sendJson(windows.port, '/api/scanner/runs', { sniper_mode: 'surgical', symbols });
    return JSON.parse(text).run_id;
  };
  const subscribe = async (request: Parameters<EventReader['subscribe']>[0]) => {
    const answer = await reader.subscribe(request);
    assert.ok(answer.ok, JSON.stringify(answer));
    return subscriptionSchema.parse(answer.data);
  };

  it('answers with its summary, replays, goes live and ends with it', async () => {
    const run = await WrittenRun.create(windows);
    await run.appendErrors(3);
    const { snapshot, ...position } = await subscribe({ runId: run.id, afterSeq: 1 });
    assert.equal(runSummarySchema.parse(snapshot).run_id, run.id);
    assert.deepEqual(position, { firstSeq: 1, lastSeq: 3, terminal: false });
    await eventually(() => assert.deepEqual(reader.seqs, [2, 3]));
    await run.appendErrors(1);
    await run.end();
    await eventually(() => assert.deepEqual(reader.seqs, [2, 3, 4, 5]));
    assert.equal(reader.events.at(-1)?.name, 'runEnded');
  });

  it('to some symbols brings theirs and what names none, as the contract has it', async () => {
    const runId = await startRun(['BTC/USDT', 'ETH/USDT']);
    await subscribe({ runId, symbols: ['ETH/USDT'] });
    await eventually(() => assert.equal(reader.events.at(-1)?.name, 'runEnded'));
    for (const { name, payload } of reader.events) runEventSchemas[name as RunEventName].parse(payload);
    assert.deepEqual(
      reader.events.map(({ payload }) => payload.symbol),
      [undefined, 'ETH/USDT', undefined],
    );
  });

  it('ends with unsubscribe', async () => {
    const run = await WrittenRun.create(windows);
    await run.appendErrors(1);
    await subscribe({ runId: run.id });
    await eventually(() => assert.deepEqual(reader.seqs, [1]));
    const answer = await reader.socket.emitWithAck('unsubscribe', { runId: run.id });
    assert.deepEqual(answer, { ok: true, data: {} });
    await run.appendErrors(1);
    await subscribe({ runId: run.id, afterSeq: 2 });
    await run.appendErrors(1);
    await eventually(() => assert.deepEqual(reader.seqs, [1, 3]));
  });

  it('is refused for a run that is none, and for two streams at once', async () => {
    const unknown = await reader.subscribe({ runId: randomUUID() });
    assert.ok(!unknown.ok && unknown.error.code === 'not_found');
    const twice = await reader.subscribe({ runId: randomUUID(), scanId: 'scan_x' });
    assert.ok(!twice.ok && twice.error.code === 'invalid_input');
  });

  it('that has been swept is a reset with the summary and nothing more', async () => {
    const run = await WrittenRun.create(windows);
    await run.appendErrors(2);
    await run.end();
    await run.sweep();
    const { terminal, firstSeq, lastSeq } = await subscribe({ runId: run.id });
    assert.deepEqual([terminal, firstSeq, lastSeq], [true, 4, 3]);
    await eventually(() => assert.equal(reader.events.length, 1));
    const [{ name, payload } = { name: '', payload: {} }] = reader.events;
    assert.equal(name, 'reset');
    const { snapshot, ...rest } = payload as { readonly snapshot?: unknown };
    assert.deepEqual(rest, { runId: run.id, firstSeq: 4 });
    assert.equal(runSummarySchema.parse(snapshot).details_kept, false);
    const seen = await subscribe({ runId: run.id, afterSeq: 3 });
    assert.ok(seen.terminal);
    await reader.socket.emitWithAck('unsubscribe', { runId: run.id });
    assert.equal(reader.events.length, 1, 'who has seen the end has missed nothing');
  });

  it('to the topic hears of every run that is queued, begins and ends', async () => {
    const { lastSeq } = await windows.app.eventLog.read('topic:runs', 0, 1);
    const { snapshot } = await subscribe({ topic: 'runs', afterSeq: lastSeq });
    assert.equal(snapshot, null);
    const runId = await startRun(['BTC/USDT']);
    await eventually(() => assert.equal(reader.events.length, 3));
    const told = reader.events.map(({ name, payload }) => {
      assert.equal(name, 'runUpdated');
      return runTopicEventSchemas.runUpdated.parse(payload);
    });
    assert.deepEqual(
      told.map(({ run_id, status }) => [run_id, status]),
      ['queued', 'running', 'completed'].map((status) => [runId, status]),
    );
  });

  it('resumes by seq wherever the connection is cut', async () => {
    const proxy = await startTcpProxy(windows.port);
    const random = seededRandom(7);
    const run = await WrittenRun.create(windows);
    const cut = new EventReader(proxy.url, {
      reconnection: true,
      reconnectionDelay: 1,
      reconnectionDelayMax: 5,
    });
    cut.socket.on('connect', () => {
      void cut.subscribe({ runId: run.id, afterSeq: cut.seqs.at(-1) ?? 0 }).catch(() => undefined); // cut again meanwhile
    });
    for (let count = 0; count < 40; count += 1) {
      await run.appendErrors(1);
      if (random() < 0.15) proxy.cut();
    }
    await run.end();
    await eventually(() => assert.equal(cut.seqs.at(-1), 41));
    assert.deepEqual(cut.seqs, range(1, 41));
    cut.close();
    await proxy.close();
  });
});
