import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import {
  type MarketScanEventName,
  marketJobSchema,
  marketScanEventSchemas,
  type SubscribeInput,
  subscriptionSchema,
} from '@fast-scanner/shared';
import { eventually } from '../../support/eventually.ts';
import { seededRandom } from '../../support/exchange-server/seeded-random.ts';
import { startTcpProxy } from '../../support/tcp-proxy.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { MarketScanClient, QUICK_SCAN } from '../http/market-scan-client.ts';
import { TestWindows } from '../http/test-windows.ts';
import { WrittenMarketScan } from '../http/written-market-scan.ts';
import { EventReader } from './event-reader.ts';
import { RawSocket } from './raw-socket.ts';

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('a subscription to a market scan', () => {
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

  const subscribe = async (request: Parameters<EventReader['subscribe']>[0]) => {
    const answer = await reader.subscribe(request);
    assert.ok(answer.ok, JSON.stringify(answer));
    return subscriptionSchema.parse(answer.data);
  };
  const expectSeqs = (seqs: readonly number[]) => eventually(() => assert.deepEqual(reader.seqs, [...seqs]));

  it('brings every event of the scan, as the contract has it', async () => {
    const client = new MarketScanClient(windows);
    const jobId = await client.start({ ...QUICK_SCAN, tickers: ['AAPL', 'NONE'] });
    await subscribe({ jobId });
    await eventually(() => assert.equal(reader.events.at(-1)?.name, 'complete'));
    assert.deepEqual(
      reader.events.map(({ name }) => name),
      ['start', 'error', 'progress', 'complete'],
    );
    for (const { name, payload } of reader.events) {
      const { job_id } = marketScanEventSchemas[name as MarketScanEventName].parse(payload);
      assert.equal(job_id, jobId);
    }
  });

  it('answers with the job, replays, goes live and ends with it', async () => {
    const scan = await WrittenMarketScan.create(windows);
    await scan.appendErrors(3);
    const { snapshot, ...position } = await subscribe({ jobId: scan.id, afterSeq: 1 });
    assert.equal(marketJobSchema.parse(snapshot).job_id, scan.id);
    assert.deepEqual(position, { firstSeq: 1, lastSeq: 3, terminal: false });
    await expectSeqs([2, 3]);
    await scan.appendErrors(1);
    await scan.end();
    await expectSeqs([2, 3, 4, 5]);
    assert.equal(reader.events.at(-1)?.name, 'cancelled');
  });

  it('brings an event named "error" as any other, replayed or live, also to who does not listen for it', async () => {
    const scan = await WrittenMarketScan.create(windows);
    await scan.appendErrors(1);
    const heard: unknown[] = [];
    reader.socket.on('error', (payload) => heard.push(payload.seq));
    const deaf = await EventReader.connect(windows.url);
    deaf.socket.offAny();
    deaf.socket.on('cancelled', ({ seq }) => deaf.events.push({ name: 'cancelled', payload: { seq } }));
    const raw = await RawSocket.connect({ port: windows.port });
    await Promise.all([
      subscribe({ jobId: scan.id }),
      deaf.subscribe({ jobId: scan.id }),
      raw.request(1, 'subscribe', { jobId: scan.id }),
    ]);
    await expectSeqs([1]);
    await scan.appendErrors(2); // these go to the room, the first one went to each alone
    await scan.end();
    await eventually(() => assert.deepEqual(heard, [1, 2, 3]));
    await eventually(() => assert.deepEqual(deaf.seqs, [4]));
    assert.ok(deaf.socket.connected && reader.socket.connected);
    await raw.next((text) => text.includes('"cancelled"'));
    assert.equal(raw.messages.filter((text) => text.startsWith('42["error",{')).length, 3);
    deaf.close();
    raw.ws.close();
  });

  it('ends with unsubscribe', async () => {
    const scan = await WrittenMarketScan.create(windows);
    await scan.appendErrors(1);
    await subscribe({ jobId: scan.id });
    await expectSeqs([1]);
    const answer = await reader.socket.emitWithAck('unsubscribe', { jobId: scan.id });
    assert.deepEqual(answer, { ok: true, data: {} });
    await scan.appendErrors(1);
    await subscribe({ jobId: scan.id, afterSeq: 2 });
    await scan.appendErrors(1);
    await expectSeqs([1, 3]);
  });

  it('is refused for a job that is none, for two streams at once, and for some symbols', async () => {
    const unknown = await reader.subscribe({ jobId: randomUUID() });
    assert.ok(!unknown.ok && unknown.error.code === 'not_found');
    const scan = await WrittenMarketScan.create(windows);
    const refused: readonly (readonly [SubscribeInput, string])[] = [
      [{ jobId: scan.id, runId: randomUUID() }, ''],
      [{ jobId: scan.id, symbols: ['AAPL'] }, '/symbols'],
      [{ jobId: 'scan_1' }, '/jobId'],
    ];
    for (const [request, pointer] of refused) {
      const answer = await reader.subscribe(request);
      assert.ok(!answer.ok && answer.error.code === 'invalid_input');
      assert.equal(answer.error.errors?.[0]?.pointer, pointer);
    }
  });

  it('that has been trimmed or swept is a reset with the job', async () => {
    const scan = await WrittenMarketScan.create(windows);
    await scan.appendErrors(4);
    await windows.app.store.trimEvents(scan.streamId, 3);
    await subscribe({ jobId: scan.id, afterSeq: 1 });
    await eventually(() => assert.equal(reader.events.length, 2));
    await scan.end();
    await scan.sweep();
    await subscribe({ jobId: scan.id });
    await eventually(() => assert.equal(reader.events.length, 4));
    assert.deepEqual(
      reader.events.map(({ name }) => name),
      ['reset', 'error', 'cancelled', 'reset'],
    );
    const resets = reader.events.filter(({ name }) => name === 'reset');
    const told = resets.map(({ payload }) => {
      const { snapshot, ...rest } = payload as { readonly snapshot?: unknown };
      return { ...rest, isKept: marketJobSchema.parse(snapshot).details_kept };
    });
    assert.deepEqual(told, [
      { jobId: scan.id, firstSeq: 4, isKept: true },
      { jobId: scan.id, firstSeq: 6, isKept: false },
    ]);
  });

  it('resumes by seq wherever the connection is cut', async () => {
    const proxy = await startTcpProxy(windows.port);
    const random = seededRandom(7);
    const scan = await WrittenMarketScan.create(windows);
    const cut = new EventReader(proxy.url, {
      reconnection: true,
      reconnectionDelay: 1,
      reconnectionDelayMax: 5,
    });
    cut.socket.on('connect', () => {
      void cut.subscribe({ jobId: scan.id, afterSeq: cut.seqs.at(-1) ?? 0 }).catch(() => undefined); // cut again meanwhile
    });
    for (let count = 0; count < 25; count += 1) {
      await scan.appendErrors(1);
      if (random() < 0.15) proxy.cut();
    }
    await scan.end();
    await eventually(() => assert.equal(cut.seqs.at(-1), 26));
    assert.deepEqual(cut.seqs, range(1, 26));
    cut.close();
    await proxy.close();
  });
});
