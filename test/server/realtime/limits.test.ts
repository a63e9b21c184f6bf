import assert from 'node:assert/strict';
import { MAX_SUBSCRIPTIONS } from '@fast-scanner/server/realtime/socket-session.ts';
import { type AckError, ackErrorSchema, type ErrorCode } from '@fast-scanner/shared';
import { eventually } from '../../support/eventually.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { rawRequest } from '../http/raw-request.ts';
import { scanError, TestWindows } from '../http/test-windows.ts';
import { EventReader } from './event-reader.ts';
import { RawSocket } from './raw-socket.ts';

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
const megabyteOf = (scanId: string) =>
  Array.from({ length: 10 }, () => scanError(scanId, { error: 'x'.repeat(100_000) }));

describe('a client that does not read', () => {
  const folder = temporaryFolder();
  let windows: TestWindows;

  before(async () => {
    windows = await TestWindows.open({ dataDir: folder.path });
  });
  after(() => windows.close());

  const metric = async (name: string) => {
    const { text } = await rawRequest({ port: windows.port, path: '/metrics' });
    const line = text.split('\n').find((candidate) => candidate.startsWith(`${name} `));
    return Number(line?.split(' ').at(-1) ?? 0);
  };
  const deliveries = () => metric('fast_scanner_event_deliveries_total{window="socket"}');
  const resume = async (scanId: string, afterSeq: number) => {
    const reader = await EventReader.connect(windows.url);
    await reader.subscribe({ scanId, afterSeq });
    return reader;
  };

  it('is let go with a reason once a megabyte waits, and resumes by seq', async () => {
    await windows.createScan('scan_live');
    const stalled = await RawSocket.connect({ port: windows.port });
    await stalled.request(1, 'subscribe', { scanId: 'scan_live' });
    const healthy = await resume('scan_live', 0);
    await windows.appendErrors('scan_live', 1);
    await eventually(() => assert.deepEqual(stalled.seqs, [1]));
    stalled.ws.pause();
    for (let count = 0; count < 15; count += 1) await windows.append('scan_live', megabyteOf('scan_live'));
    assert.equal(await metric('fast_scanner_reader_disconnects_total{reason="slow_consumer"}'), 1);
    stalled.ws.resume();
    assert.deepEqual(await stalled.closed, { code: 1013, reason: 'slow_consumer' });
    assert.ok(stalled.seqs.length < 151 - 10, `${stalled.seqs.length} events were queued`);
    assert.deepEqual(stalled.seqs, range(1, stalled.seqs.length));
    const resumed = await resume('scan_live', stalled.seqs.length);
    for (const [reader, first] of [
      [resumed, stalled.seqs.length + 1],
      [healthy, 1],
    ] as const) {
      await eventually(() => assert.deepEqual(reader.seqs, range(first, 151)));
      reader.close();
    }
  });

  it('is sent no more of a replay than it takes', async () => {
    await windows.createScan('scan_long');
    for (let count = 0; count < 15; count += 1) await windows.append('scan_long', megabyteOf('scan_long'));
    const stalled = await RawSocket.connect({ port: windows.port });
    const before = await deliveries();
    stalled.ws.send('421["subscribe",{"scanId":"scan_long"}]');
    await stalled.next((text) => text.startsWith('431'));
    stalled.ws.pause();
    let sent = -1;
    await eventually(
      async () => {
        const now = (await deliveries()) - before;
        const isStill = now === sent;
        sent = now;
        assert.ok(isStill, 'still sending');
      },
      { intervalMs: 50 },
    );
    assert.ok(sent < 140, `${sent} of 150 events were sent: more than the sockets of both sides hold`);
    stalled.ws.resume();
    await eventually(() => assert.deepEqual(stalled.seqs, range(1, 150)));
    stalled.ws.close();
  });

  it('does not hold up the end of the server', async () => {
    const ending = await TestWindows.open({ dataDir: `${folder.path}/ending` });
    await ending.createScan('scan_a');
    const stalled = await RawSocket.connect({ port: ending.port });
    await stalled.request(1, 'subscribe', { scanId: 'scan_a' });
    stalled.ws.pause();
    await ending.append('scan_a', megabyteOf('scan_a'));
    const startedAt = performance.now();
    await ending.close();
    assert.ok(performance.now() - startedAt < 5000);
    stalled.ws.resume();
    await stalled.closed;
  });
});

describe('a client that sends too much or nonsense', () => {
  const folder = temporaryFolder();
  let windows: TestWindows;

  before(async () => {
    windows = await TestWindows.open({ dataDir: folder.path });
    await windows.createScan('scan_a');
  });
  after(() => windows.close());

  it('loses a connection that brings more than 100 kB at once', async () => {
    const socket = await RawSocket.connect({ port: windows.port });
    socket.ws.send(`42["subscribe","${'x'.repeat(2_000_000)}"]`);
    assert.equal((await socket.closed).code, 1009);
    const opened = await rawRequest({ port: windows.port, path: '/socket.io/?EIO=4&transport=polling' });
    const { sid } = JSON.parse(opened.text.slice(1));
    const path = `/socket.io/?EIO=4&transport=polling&sid=${sid}`;
    const headers = { 'content-type': 'text/plain' };
    const body = 'x'.repeat(200_000);
    assert.equal((await rawRequest({ port: windows.port, path, method: 'POST', headers, body })).status, 413);
  });

  it('loses a connection that brings 1,000 events at once, over WebSocket and polling', async () => {
    const socket = await RawSocket.connect({ port: windows.port });
    for (let count = 0; count < 1000; count += 1) socket.ws.send('42["unsubscribe",{"scanId":"scan_a"}]');
    assert.deepEqual(await socket.closed, { code: 1008, reason: 'rate_limited' });
    const opened = await rawRequest({ port: windows.port, path: '/socket.io/?EIO=4&transport=polling' });
    const path = `/socket.io/?EIO=4&transport=polling&sid=${JSON.parse(opened.text.slice(1)).sid}`;
    const headers = { 'content-type': 'text/plain' };
    assert.equal(
      (await rawRequest({ port: windows.port, path, method: 'POST', headers, body: '40' })).text,
      'ok',
    );
    assert.match((await rawRequest({ port: windows.port, path })).text, /^40/);
    const body = Array(1000).fill('42["x"]').join('\u001e');
    await rawRequest({ port: windows.port, path, method: 'POST', headers, body });
    assert.equal((await rawRequest({ port: windows.port, path })).status, 400, 'the session is gone');
  });

  it('may send a burst of 200', async () => {
    const reader = await EventReader.connect(windows.url);
    const answers = await Promise.all(
      range(1, 190).map(() => reader.socket.emitWithAck('unsubscribe', { scanId: 'scan_a' })),
    );
    assert.ok(answers.every(({ ok }) => ok));
    reader.close();
  });

  it('may follow 20 streams, and another one after leaving one', async () => {
    const reader = await EventReader.connect(windows.url);
    for (const index of range(1, MAX_SUBSCRIPTIONS + 1)) await windows.createScan(`scan_${index}`);
    const answers = await Promise.all(
      range(1, MAX_SUBSCRIPTIONS + 1).map((index) => reader.subscribe({ scanId: `scan_${index}` })),
    );
    assert.equal(answers.filter(({ ok }) => ok).length, MAX_SUBSCRIPTIONS);
    const last = answers.at(-1);
    assert.ok(last && !last.ok && last.error.code === 'too_many_requests');
    const scan = await reader.socket.emitWithAck('requestQuickScan', {});
    assert.ok(!scan.ok && scan.error.code === 'too_many_requests');
    await reader.socket.emitWithAck('unsubscribe', { scanId: 'scan_1' });
    assert.ok((await reader.subscribe({ scanId: `scan_${MAX_SUBSCRIPTIONS + 1}` })).ok);
    await windows.end('scan_2');
    await eventually(async () => assert.ok((await reader.subscribe({ scanId: 'scan_1' })).ok));
    reader.close();
  });

  it('is answered with the code and the pointer', async () => {
    const socket = await RawSocket.connect({ port: windows.port });
    const table: readonly (readonly [event: unknown[], code: ErrorCode, pointer?: string])[] = [
      [['subscribe'], 'invalid_input', ''],
      [['subscribe', null], 'invalid_input', ''],
      [['subscribe', 'scan_a'], 'invalid_input', ''],
      [['subscribe', [1, 2]], 'invalid_input', ''],
      [['subscribe', {}], 'invalid_input', ''],
      [['subscribe', { scanId: 'scan_a', topic: 'scans' }], 'invalid_input', ''],
      [['subscribe', { scanId: '../x' }], 'invalid_input', '/scanId'],
      [['subscribe', { scanId: 'scan_a', afterSeq: -1 }], 'invalid_input', '/afterSeq'],
      [['subscribe', { scanId: 'scan_a', room: 'x' }], 'invalid_input', '/room'],
      [['subscribe', { topic: 'admin' }], 'invalid_input', '/topic'],
      [['subscribe', { scanId: 'scan_none' }], 'not_found'],
      [['unsubscribe', { scanId: 7 }], 'invalid_input', '/scanId'],
      [['requestQuickScan', { symbols: ['x y'] }], 'invalid_input', '/symbols/0'],
      [['requestQuickScan', { exchange: 'mtgox' }], 'exchange_unknown'],
      [['join', 'scan:scan_a'], 'not_found'],
      [['__proto__', {}], 'not_found'],
      [['constructor'], 'not_found'],
      [['toString', { a: 1 }], 'not_found'],
    ];
    for (const [index, [event, code, pointer]] of table.entries()) {
      const answer = (await socket.request(index, ...event)) as { ok: false; error: AckError };
      assert.equal(answer.ok, false);
      const error = ackErrorSchema.parse(answer.error);
      assert.equal(error.code, code, JSON.stringify(event));
      assert.equal(error.errors?.[0]?.pointer, pointer, JSON.stringify(event));
    }
    socket.ws.close();
  });

  it('harms nobody by forgetting the acknowledgement or speaking gibberish', async () => {
    const bystander = await EventReader.connect(windows.url);
    const gibberish = [
      '42',
      '42[]',
      '42[7]',
      '42{"a":1}',
      '42["connect"]',
      '4',
      '45-["x"]',
      '451-["x",{"_placeholder":true,"num":0}]',
      '9',
      'x',
      '44{}',
    ];
    for (const text of gibberish) {
      const socket = await RawSocket.connect({ port: windows.port });
      socket.ws.send('42["subscribe"]');
      socket.ws.send('42["subscribe",{"scanId":"scan_a"}]');
      socket.ws.send('42["requestQuickScan",{"limit":0}]');
      socket.ws.send('431["late ack"]');
      socket.ws.send(text);
      socket.ws.send(Buffer.from([0, 1, 2]));
      socket.ws.close();
      await socket.closed;
    }
    assert.ok((await bystander.subscribe({ scanId: 'scan_a' })).ok);
    bystander.close();
  });
});
