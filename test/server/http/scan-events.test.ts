import assert from 'node:assert/strict';
import { MAX_SSE_STREAMS } from '@fast-scanner/server/http/events/sse-streams.ts';
import { scanStreamId } from '@fast-scanner/server/scanners/fast-scanner/fast-scanner-service.ts';
import { eventsResponseSchema } from '@fast-scanner/shared';
import fc from 'fast-check';
import { eventually } from '../../support/eventually.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { expectProblem } from './expect-problem.ts';
import { rawRequest } from './raw-request.ts';
import { SseReader } from './sse-reader.ts';
import { scanError, TestWindows } from './test-windows.ts';

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
const pathOf = (scanId: string, query = '') => `/api/scanner/scans/${scanId}/events${query}`;

describe('the log of a scan as JSON', () => {
  const folder = temporaryFolder();
  let windows: TestWindows;

  before(async () => {
    windows = await TestWindows.open({ dataDir: folder.path });
    await windows.createScan('scan_a');
    await windows.appendErrors('scan_a', 4);
  });
  after(() => windows.close());

  const page = async (query: string) => {
    const { text } = await rawRequest({ port: windows.port, path: pathOf('scan_a', query) });
    return eventsResponseSchema.parse(JSON.parse(text));
  };

  it('comes in pages after a seq, with type and seq in every event', async () => {
    const { events, lastSeq, terminal } = await page('?after=1&limit=2');
    assert.deepEqual(
      events.map(({ seq, type }) => [seq, type]),
      [
        [2, 'scanError'],
        [3, 'scanError'],
      ],
    );
    assert.deepEqual([lastSeq, terminal], [4, false]);
    assert.deepEqual((await page('?after=4')).events, []);
  });

  it('says so when what was asked for has been trimmed', async () => {
    await windows.createScan('scan_trimmed');
    await windows.appendErrors('scan_trimmed', 5);
    await windows.app.store.trimEvents(scanStreamId('scan_trimmed'), 3);
    const ask = (query: string, accept: string) =>
      rawRequest({ port: windows.port, path: pathOf('scan_trimmed', query), headers: { accept } });
    expectProblem(await ask('?after=1', 'application/json'), 'gone');
    expectProblem(await ask('?after=2', 'text/event-stream'), 'gone');
    assert.equal((await ask('?after=3', 'application/json')).status, 200);
  });
});

describe('the log of a scan as an event stream', () => {
  const folder = temporaryFolder();
  let clock: FakeClock;
  let windows: TestWindows;

  before(async () => {
    clock = new FakeClock();
    windows = await TestWindows.open({ dataDir: folder.path, clock });
  });
  after(() => windows.close());

  const open = (scanId: string, query = '', headers: Record<string, string> = {}) =>
    SseReader.open({ port: windows.port, path: pathOf(scanId, query), headers });

  it('replays, follows live and ends after the terminal event', async () => {
    await windows.createScan('scan_b');
    await windows.appendErrors('scan_b', 3);
    const reader = (await open('scan_b')).read();
    const { headers } = reader.response;
    assert.match(headers['content-type'] ?? '', /^text\/event-stream/);
    assert.equal(headers['cache-control'], 'no-cache, no-transform');
    assert.equal(headers['x-accel-buffering'], 'no');
    assert.ok(headers['x-request-id']);
    await eventually(() => assert.deepEqual(reader.seqs, [1, 2, 3]));
    await windows.appendErrors('scan_b', 2);
    await windows.end('scan_b');
    await eventually(() => assert.ok(reader.ended));
    assert.deepEqual(reader.seqs, range(1, 6));
    assert.deepEqual(
      reader.events.map(({ id, data }) => id - data.seq),
      [0, 0, 0, 0, 0, 0],
    );
    assert.equal(reader.events.at(-1)?.data.type, 'deepAnalysisComplete');
  });

  it('resumes after the last event seen, wherever the connection was cut', async () => {
    await windows.createScan('scan_c');
    const total = 30;
    let written = 0;
    const write = async (count: number) => {
      await windows.appendErrors('scan_c', count);
      written += count;
    };
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: total }),
        fc.constantFrom('header', 'after', 'lastEventId'),
        async (cut, how) => {
          if (written < total) await write(Math.min(6, total - written));
          const after = Math.min(cut, written);
          const headers = how === 'header' ? { 'last-event-id': String(after) } : {};
          // A browser repeats the first address beside the header, which is the newer word.
          const reader = (
            await open('scan_c', how === 'header' ? '?after=0' : `?${how}=${after}`, headers)
          ).read();
          if (written < total) await write(1);
          await eventually(() => assert.deepEqual(reader.seqs, range(after + 1, written)));
          reader.close();
        },
      ),
      { numRuns: 15, seed: 1 },
    );
  });

  it('answers 204 when the scan has ended and nothing is left, so that an EventSource stays away', async () => {
    await windows.createScan('scan_d');
    await windows.appendErrors('scan_d', 1);
    await windows.end('scan_d');
    const last = await open('scan_d', '', { 'last-event-id': '2' });
    assert.equal(last.response.statusCode, 204);
    last.close();
    const before = (await open('scan_d', '', { 'last-event-id': '1' })).read();
    await eventually(() => assert.ok(before.ended));
    assert.deepEqual(before.seqs, [2]);
  });

  it('is kept alive by a comment every 15 seconds', async () => {
    await windows.createScan('scan_e');
    const reader = (await open('scan_e')).read();
    await clock.advance(14_999);
    assert.equal(reader.comments, 0);
    await clock.advance(1);
    await eventually(() => assert.equal(reader.comments, 1));
    await clock.advance(30_000);
    await eventually(() => assert.equal(reader.comments, 3));
    reader.close();
  });

  it('is refused when too many are open, and possible again when one has gone', async () => {
    await windows.createScan('scan_f');
    await eventually(async () => assert.equal(await openStreams(), 0));
    const readers = await Promise.all(range(1, MAX_SSE_STREAMS).map(() => open('scan_f')));
    const headers = { accept: 'text/event-stream' };
    const refused = await rawRequest({ port: windows.port, path: pathOf('scan_f'), headers });
    expectProblem(refused, 'too_many_requests');
    readers[0]?.close();
    await eventually(async () => assert.equal(await openStreams(), MAX_SSE_STREAMS - 1));
    const again = await open('scan_f');
    assert.equal(again.response.statusCode, 200);
    for (const reader of [...readers, again]) reader.close();
  });

  it('is not buffered for a reader that does not read, who is let go after 30 seconds and resumes', async () => {
    await windows.createScan('scan_g');
    const megabyte = Array.from({ length: 10 }, () => scanError('scan_g', { error: 'x'.repeat(100_000) }));
    const reader = await open('scan_g');
    reader.response.pause();
    const before = await metric('fast_scanner_event_deliveries_total{window="sse"}');
    for (let count = 0; count < 30; count += 1) await windows.append('scan_g', megabyte);
    const written = (await metric('fast_scanner_event_deliveries_total{window="sse"}')) - before;
    assert.ok(
      written < 150,
      `${written} of 300 events were written: more than the sockets of both sides hold`,
    );
    const socket = reader.response.socket;
    await eventually(async () => {
      await clock.advance(30_000);
      assert.equal(await openStreams(), 0);
    });
    reader.read();
    await eventually(() => assert.ok(reader.ended && socket.destroyed));
    const seen = reader.seqs.at(-1) ?? 0;
    assert.ok(seen > 0 && seen < 300, `${seen} events arrived before the end`);
    assert.deepEqual(reader.seqs, range(1, seen));
    await windows.end('scan_g');
    const resumed = (await open('scan_g', '', { 'last-event-id': String(seen) })).read();
    await eventually(() => assert.ok(resumed.ended));
    assert.deepEqual(resumed.seqs, range(seen + 1, 301));
  });

  async function metric(name: string): Promise<number> {
    const { text } = await rawRequest({ port: windows.port, path: '/metrics' });
    const line = text.split('\n').find((candidate) => candidate.startsWith(`${name} `));
    return Number(line?.split(' ').at(-1));
  }

  const openStreams = () => metric('fast_scanner_sse_streams');
});

describe('shutting down with an event stream open', () => {
  const folder = temporaryFolder();

  it('ends the stream at once; its reader has everything up to then', async () => {
    const windows = await TestWindows.open({ dataDir: folder.path });
    await windows.createScan('scan_a');
    await windows.appendErrors('scan_a', 2);
    const reader = (await SseReader.open({ port: windows.port, path: pathOf('scan_a') })).read();
    await eventually(() => assert.deepEqual(reader.seqs, [1, 2]));
    const startedAt = performance.now();
    await windows.close();
    assert.ok(performance.now() - startedAt < 450, 'no force was needed');
    await eventually(() => assert.ok(reader.ended));
    await windows.close();
  });
});
