import assert from 'node:assert/strict';
import { scanStreamId } from '@fast-scanner/server/scanners/fast-scanner/fast-scanner-service.ts';
import { scanEventSchemas, subscriptionSchema } from '@fast-scanner/shared';
import { eventually } from '../../support/eventually.ts';
import { seededRandom } from '../../support/exchange-server/seeded-random.ts';
import { startTcpProxy } from '../../support/tcp-proxy.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { scanError, TestWindows } from '../http/test-windows.ts';
import { EventReader } from './event-reader.ts';

const TRANSPORTS = ['websocket', 'polling'] as const;
const ROUNDS = process.env['SOAK'] ? 50 : 2;
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('a subscription', () => {
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

  it('answers where the stream stands, replays it, goes live and ends with it', async () => {
    await windows.createScan('scan_a');
    await windows.appendErrors('scan_a', 3);
    const answer = await reader.subscribe({ scanId: 'scan_a', afterSeq: 1 });
    assert.ok(answer.ok);
    const { firstSeq, lastSeq, terminal, snapshot } = subscriptionSchema.parse(answer.data);
    const about = snapshot && 'scanId' in snapshot ? snapshot.scanId : null;
    assert.deepEqual([firstSeq, lastSeq, terminal, about], [1, 3, false, 'scan_a']);
    await eventually(() => assert.deepEqual(reader.seqs, [2, 3]));
    await windows.appendErrors('scan_a', 2);
    await windows.end('scan_a');
    await eventually(() => assert.deepEqual(reader.seqs, range(2, 6)));
    for (const { name, payload } of reader.events) {
      scanEventSchemas[name as keyof typeof scanEventSchemas].parse(payload);
    }
    assert.equal(reader.events.at(-1)?.name, 'deepAnalysisComplete');
    const late = await reader.subscribe({ scanId: 'scan_a', afterSeq: 6 });
    assert.ok(late.ok && late.data.terminal);
  });

  it('begun in the middle of a storm of events misses none and gets none twice', async () => {
    await windows.createScan('scan_storm');
    const random = seededRandom(3);
    const readers: EventReader[] = [];
    const joining: Promise<unknown>[] = [];
    for (let commit = 0; commit < 120; commit += 1) {
      const events = Array.from({ length: 1 + Math.floor(random() * 4) }, () => scanError('scan_storm'));
      const committed = windows.append('scan_storm', events);
      if (random() < 0.4) {
        const storm = new EventReader(windows.url);
        readers.push(storm);
        joining.push(storm.connected().then(() => storm.subscribe({ scanId: 'scan_storm' })));
      }
      if (random() < 0.5) await committed;
    }
    await Promise.all(joining);
    await windows.end('scan_storm');
    const { lastSeq } = await windows.app.eventLog.read(scanStreamId('scan_storm'), 0, 1);
    assert.ok(readers.length > 30 && lastSeq > 200);
    for (const storm of readers) {
      await eventually(() => assert.equal(storm.seqs.at(-1), lastSeq));
      assert.deepEqual(storm.seqs, range(1, lastSeq));
      storm.close();
    }
  });

  it('to some symbols brings theirs and what names none', async () => {
    await windows.createScan('scan_filter');
    await windows.appendErrors('scan_filter', 2, 'ETH/USDT');
    await windows.appendErrors('scan_filter', 1, 'BTC/USDT');
    await reader.subscribe({ scanId: 'scan_filter', symbols: ['BTC/USDT'] });
    await eventually(() => assert.deepEqual(reader.seqs, [3]));
    await windows.appendErrors('scan_filter', 1, 'ETH/USDT');
    await windows.appendErrors('scan_filter', 1, 'BTC/USDT');
    await windows.end('scan_filter');
    await eventually(() => assert.deepEqual(reader.seqs, [3, 5, 6]));
  });

  it('whose events have been trimmed begins with a reset, then goes on from the oldest', async () => {
    await windows.createScan('scan_trimmed');
    await windows.appendErrors('scan_trimmed', 5);
    await windows.app.store.trimEvents(scanStreamId('scan_trimmed'), 3);
    const answer = await reader.subscribe({ scanId: 'scan_trimmed', afterSeq: 1 });
    assert.ok(answer.ok && answer.data.firstSeq === 4);
    await eventually(() => assert.deepEqual(reader.seqs, [undefined, 4, 5]));
    assert.equal(reader.events[0]?.name, 'reset');
    assert.deepEqual(
      Object.entries(reader.events[0]?.payload ?? {}).filter(([key]) => key !== 'snapshot'),
      [
        ['scanId', 'scan_trimmed'],
        ['firstSeq', 4],
      ],
    );
  });

  it('ahead of the log begins with a reset too', async () => {
    await windows.createScan('scan_young');
    await windows.appendErrors('scan_young', 2);
    await reader.subscribe({ scanId: 'scan_young', afterSeq: 99 });
    await eventually(() => assert.deepEqual(reader.seqs, [undefined, 1, 2]));
  });

  it('ends with unsubscribe; begun again, it starts anew', async () => {
    await windows.createScan('scan_again');
    await windows.appendErrors('scan_again', 2);
    await reader.subscribe({ scanId: 'scan_again' });
    await eventually(() => assert.deepEqual(reader.seqs, [1, 2]));
    const answer = await reader.socket.emitWithAck('unsubscribe', { scanId: 'scan_again' });
    assert.deepEqual(answer, { ok: true, data: {} });
    await windows.appendErrors('scan_again', 1);
    await reader.subscribe({ scanId: 'scan_again', afterSeq: 1 });
    await reader.subscribe({ scanId: 'scan_again', afterSeq: 2 });
    await windows.appendErrors('scan_again', 1);
    await eventually(() => assert.equal(reader.seqs.at(-1), 4));
    assert.ok(!reader.seqs.slice(2).includes(1));
  });

  it('is the only way into a room', async () => {
    await windows.createScan('scan_closed');
    (reader.socket as unknown as { emit(...args: unknown[]): void }).emit('join', 'scan:scan_closed');
    await windows.appendErrors('scan_closed', 1);
    await reader.subscribe({ topic: 'scans' });
    assert.deepEqual(
      reader.events.filter(({ payload }) => payload.scanId === 'scan_closed'),
      [],
    );
  });

  it('to the topic hears of every scan that starts', async () => {
    const { lastSeq } = await windows.app.eventLog.read('topic:scans', 0, 1);
    const answer = await reader.subscribe({ topic: 'scans', afterSeq: lastSeq });
    assert.ok(answer.ok && answer.data.snapshot === null);
    const { scanId } = await windows.app.scanner.start({ timeframe: '1h', limit: 1, analyze: false });
    await eventually(() => assert.equal(reader.events[0]?.payload.scanId, scanId));
    assert.equal(reader.events[0]?.name, 'scanStarted');
  });

  it('comes with requestQuickScan before the first event', async () => {
    const answer = await reader.socket.emitWithAck('requestQuickScan', { limit: 3 });
    assert.ok(answer.ok);
    await eventually(() => assert.equal(reader.events.at(-1)?.name, 'deepAnalysisComplete'));
    assert.deepEqual(reader.seqs, range(1, reader.seqs.length));
    assert.deepEqual(
      new Set(reader.events.map(({ payload }) => payload.scanId)),
      new Set([answer.data.scanId]),
    );
    assert.equal(reader.events[0]?.name, 'quickScanComplete');
  });

  for (const transport of TRANSPORTS) {
    it(`over ${transport} resumes by seq wherever the connection is cut`, async () => {
      const proxy = await startTcpProxy(windows.port);
      const random = seededRandom(11);
      for (let round = 0; round < ROUNDS; round += 1) {
        const scanId = `scan_cut_${transport}_${round}`;
        await windows.createScan(scanId);
        const cut = new EventReader(proxy.url, {
          transports: [transport],
          reconnection: true,
          reconnectionDelay: 1,
          reconnectionDelayMax: 5,
        });
        cut.socket.on('connect', () => {
          void cut.subscribe({ scanId, afterSeq: cut.seqs.at(-1) ?? 0 }).catch(() => undefined); // cut again meanwhile
        });
        for (let commit = 0; commit < 60; commit += 1) {
          await windows.append(scanId, [scanError(scanId), scanError(scanId)]);
          if (random() < 0.15) proxy.cut();
        }
        await windows.end(scanId);
        await eventually(() => assert.equal(cut.seqs.at(-1), 121));
        assert.deepEqual(cut.seqs, range(1, 121));
        cut.close();
      }
      await proxy.close();
    });
  }
});
