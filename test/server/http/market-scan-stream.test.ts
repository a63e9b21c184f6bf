import assert from 'node:assert/strict';
import { type MarketScanEventName, marketScanEventSchemas } from '@fast-scanner/shared';
import fc from 'fast-check';
import { eventually } from '../../support/eventually.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { expectProblem } from './expect-problem.ts';
import { MARKET_SCAN, MarketScanClient, QUICK_SCAN, QUICK_SWEEP } from './market-scan-client.ts';
import { rawRequest, sendJson } from './raw-request.ts';
import { SseReader } from './sse-reader.ts';
import { TestWindows } from './test-windows.ts';
import { WrittenMarketScan } from './written-market-scan.ts';

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
const pathOf = (jobId: string, query = '') => `${MARKET_SCAN}/stream/${jobId}${query}`;
/** Six stocks, one of which is none: two groups. */
const SCAN = { ...QUICK_SCAN, tickers: ['AAPL', 'MSFT', 'NONE', 'AMZN', 'JNJ', 'NVDA'] };

describe('the event stream of a market scan', () => {
  const folder = temporaryFolder();
  let windows: TestWindows;
  let client: MarketScanClient;

  before(async () => {
    windows = await TestWindows.open({ dataDir: folder.path });
    client = new MarketScanClient(windows);
  });
  after(() => windows.close());

  const open = async (jobId: string, query = '', headers: Record<string, string> = {}) =>
    (await SseReader.open({ port: windows.port, path: pathOf(jobId, query), headers })).read();
  const read = async (...request: Parameters<typeof open>) => {
    const reader = await open(...request);
    await eventually(() => assert.ok(reader.ended));
    return reader;
  };

  it('tells the whole scan, as the contract has it, whatever the client accepts', async () => {
    const jobId = await client.start(SCAN);
    const reader = await read(jobId, '', { accept: 'application/json' });
    const { headers } = reader.response;
    assert.equal(headers['content-type'], 'text/event-stream; charset=utf-8');
    assert.equal(headers['x-accel-buffering'], 'no');
    assert.equal(headers['cache-control'], 'no-cache, no-transform');
    assert.deepEqual(reader.seqs, range(1, reader.seqs.length));
    for (const { id, data } of reader.events) {
      const event = marketScanEventSchemas[data.type as MarketScanEventName].parse(data);
      assert.deepEqual([event.seq, event.job_id], [id, jobId]);
    }
    const types = reader.events.map(({ data }) => data.type);
    assert.deepEqual([types.at(0), types.at(-1)], ['start', 'complete']);
    assert.deepEqual(types.slice(1, -1).sort(), ['error', 'progress', 'progress']);
  });

  it('tells a sweep too', async () => {
    const reader = await read(await client.start(QUICK_SWEEP, 'sweep'));
    const last = reader.events.at(-1)?.data;
    assert.equal(last?.type, 'sweepComplete');
    marketScanEventSchemas.sweepComplete.parse(last);
  });

  it('begins with the request that starts the scan, and is the same when read again', async () => {
    const { headers, text } = await sendJson(windows.port, `${MARKET_SCAN}/stream`, SCAN);
    assert.equal(headers['x-accel-buffering'], 'no');
    const again = await rawRequest({ port: windows.port, path: String(headers.location) });
    assert.equal(again.text, text);
    assert.match(text, /^retry: \d+\n\nid: 1\ndata: \{"type":"start"/);
  });

  it('is resumed after the newest word of the client, followed live and ended with the terminal event', async () => {
    const scan = await WrittenMarketScan.create(windows);
    await scan.appendErrors(3);
    const readers = await Promise.all([
      open(scan.id),
      open(scan.id, '?lastEventId=1'),
      open(scan.id, '?lastEventId=1', { 'last-event-id': '2' }),
    ]);
    const expectSeqs = (last: number) =>
      eventually(() => {
        assert.deepEqual(
          readers.map(({ seqs }) => seqs),
          [range(1, last), range(2, last), range(3, last)],
        );
      });
    await expectSeqs(3);
    await scan.appendErrors(1);
    await expectSeqs(4);
    await scan.end();
    await expectSeqs(5);
    await eventually(() => assert.ok(readers.every(({ ended }) => ended)));
  });

  it('answers 204 to who has seen the end, so that an EventSource stays away', async () => {
    const scan = await WrittenMarketScan.create(windows);
    await scan.appendErrors(1);
    await scan.end();
    const answers = await Promise.all([
      client.ask(pathOf(scan.id), 'GET', { 'last-event-id': '2' }),
      client.ask(pathOf(scan.id, '?lastEventId=2')),
    ]);
    for (const { status, text } of answers) assert.deepEqual([status, text], [204, '']);
    assert.deepEqual((await read(scan.id, '?lastEventId=1')).seqs, [2]);
  });

  it('answers HEAD at once', async () => {
    const scan = await WrittenMarketScan.create(windows);
    const { status, headers } = await client.ask(pathOf(scan.id), 'HEAD');
    assert.deepEqual([status, headers['content-type']], [200, 'text/event-stream; charset=utf-8']);
  });

  it('says what is wrong as JSON', async () => {
    const accept = { accept: 'text/event-stream' };
    expectProblem(await client.ask(pathOf(crypto.randomUUID()), 'GET', accept), 'not_found');
    const scan = await WrittenMarketScan.create(windows);
    await scan.appendErrors(4);
    const wrong = await client.ask(pathOf(scan.id), 'GET', { ...accept, 'last-event-id': 'x' });
    assert.equal(expectProblem(wrong, 'invalid_input').errors?.[0]?.pointer, 'Last-Event-ID');
    await windows.app.store.trimEvents(scan.streamId, 3);
    const trimmed = await client.ask(pathOf(scan.id, '?lastEventId=1'), 'GET', accept);
    assert.equal(expectProblem(trimmed, 'gone').summary?.['job_id'], scan.id);
  });

  it('gives exactly the events of an uncut one wherever it is cut and resumed', async () => {
    const finished = await client.start(SCAN);
    const uncut = (await read(finished)).blocks;
    const length = uncut.join('\n\n').length;
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.integer({ min: 1, max: length * 2 })), async (cuts) => {
        assert.deepEqual(await readInPieces(`${windows.url}${pathOf(finished)}`, cuts), uncut);
      }),
      { numRuns: 12, seed: 1 },
    );
  });

  it('gives a live scan without a hole wherever it is cut and resumed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 15 }),
        fc.infiniteStream(fc.integer({ min: 1, max: 1500 })),
        async (total, cuts) => {
          const scan = await WrittenMarketScan.create(windows);
          const reading = readInPieces(`${windows.url}${pathOf(scan.id)}`, cuts);
          await scan.appendErrors(total);
          await scan.end();
          const ids = (await reading).map((block) => Number(/^id: (\d+)/.exec(block)?.[1]));
          assert.deepEqual(ids, range(1, total + 1));
        },
      ),
      { numRuns: 10, seed: 1 },
    );
  });
});

/**
 * Reads with `fetch`, cutting each connection after so many bytes, until the server has nothing more. Answers whole messages.
 * The cuts must let the longest message through now and then.
 */
async function readInPieces(url: string, cuts: Iterator<number>): Promise<string[]> {
  const blocks: string[] = [];
  for (;;) {
    const lastId = /^id: (\d+)/.exec(blocks.at(-1) ?? '')?.[1];
    const cutting = new AbortController();
    const headers = lastId === undefined ? {} : { 'Last-Event-ID': lastId };
    const response = await fetch(url, { headers, signal: cutting.signal });
    if (response.status === 204) return blocks;
    assert.equal(response.status, 200);
    const text = await readSome(response, cuts.next().value ?? 0);
    cutting.abort();
    const whole = text.split('\n\n').slice(0, -1);
    blocks.push(...whole.filter((block) => block.startsWith('id: ')));
  }
}

/** The beginning of the answer up to the cut; a message that the cut has torn stays torn. */
async function readSome({ body }: Response, bytes: number): Promise<string> {
  const decoder = new TextDecoder();
  let [text, left] = ['', bytes];
  for await (const chunk of body ?? []) {
    text += decoder.decode(chunk.subarray(0, left), { stream: true });
    left -= chunk.length;
    if (left <= 0) break;
  }
  return text;
}
