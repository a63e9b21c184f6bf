import assert from 'node:assert/strict';
import {
  createScannerClient,
  type MarketScanEvent,
  type RunEvent,
  type RunResponse,
  type ScanEvent,
} from '@fast-scanner/client';
import { SP500 } from '@fast-scanner/server/market-data/universes/sp500.ts';
import { eventually } from '../support/eventually.ts';
import { seededRandom } from '../support/exchange-server/seeded-random.ts';
import { type ServerProcess, startServerProcess } from '../support/server-process.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const ROUNDS = process.env['SOAK'] ? 40 : 2;
const RUN_ROUNDS = process.env['SOAK'] ? 40 : 1;
const MARKET_ROUNDS = process.env['SOAK'] ? 40 : 0;
const SYMBOLS = 20;
const RUN_SYMBOLS = 8;
const STOCKS = SP500.members.slice(0, 100).map(({ ticker }) => ticker);

function assertTellsEverySymbolOnce(seen: readonly ScanEvent[]): void {
  assert.deepEqual(
    seen.map(({ seq }) => seq),
    seen.map((_, index) => index + 1),
  );
  const analysed = seen.flatMap((event) => (event.type === 'symbolAnalyzed' ? [event.symbol] : []));
  assert.equal(new Set(analysed).size, SYMBOLS);
  assert.equal(analysed.length, SYMBOLS, 'no symbol is told twice');
}

function assertTellsRun(seen: readonly RunEvent[], { run_id, status, metadata }: RunResponse): void {
  assert.deepEqual(
    seen.map(({ seq, run_id: id }) => [seq, id]),
    seen.map((_, index) => [index + 1, run_id]),
  );
  assert.deepEqual([status, metadata?.scanned, metadata?.failed], ['completed', RUN_SYMBOLS, 0]);
  const told = seen.flatMap((event) => ('symbol' in event ? [event.symbol] : []));
  assert.equal(new Set(told).size, RUN_SYMBOLS);
  assert.equal(told.length, RUN_SYMBOLS, 'no symbol is told twice');
}

function assertTellsMarketScan(seen: readonly MarketScanEvent[]): void {
  assert.deepEqual(
    seen.map(({ seq }) => seq),
    seen.map((_, index) => index + 1),
  );
  assert.deepEqual(
    seen.map(({ type }) => type).filter((type) => type !== 'progress'),
    ['start', 'error', 'complete'],
  );
  const steps = seen.flatMap((event) => (event.type === 'progress' ? [event.current] : []));
  assert.ok(steps.every((current, index) => index === 0 || current > (steps[index - 1] ?? 0)));
  const last = seen.at(-1);
  assert.ok(last?.type === 'complete');
  assert.deepEqual([last.successful, last.failed, last.portfolio.start_equity], [100, 1, 1_000_000]);
}

async function collect<Event>(events: AsyncIterable<Event>): Promise<Event[]> {
  const seen: Event[] = [];
  for await (const event of events) seen.push(event);
  return seen;
}

describe('the server as a process', () => {
  const folder = temporaryFolder();
  /** Starting it takes longer than most of what is done with it: each test goes on with the process that the one before has left. */
  let server: ServerProcess;
  let proxy: TcpProxy | null = null;
  const start = () => startServerProcess({ DATA_DIR: `${folder.path}/data`, DEMO_LATENCY_MS: '20' });

  before(async () => {
    server = await start();
  });
  after(async () => {
    await proxy?.close();
    server.child.kill('SIGKILL');
  });

  it('F40: a second one on the same data folder says who has it', async () => {
    const pid = String(server.child.pid);
    await assert.rejects(start(), (error: Error) => {
      assert.match(error.message, new RegExp(`in use by process ${pid}`));
      return true;
    });
  }).timeout(30_000);

  it('F01: resumes scans, runs and market scans after kill -9, and their client sees every event once', async () => {
    const random = seededRandom(11);
    proxy = await startTcpProxy(Number(new URL(server.url).port));
    const client = createScannerClient({ url: proxy.url });
    const kill = async () => {
      await server.end('SIGKILL');
      server = await start();
      assert.ok(server.readyAfterMs < 5000, `ready after ${server.readyAfterMs} ms`);
      proxy?.target(Number(new URL(server.url).port));
    };
    for (let kills = 0; kills < ROUNDS; ) {
      const scan = await client.quickScan({ limit: SYMBOLS });
      const seen: ScanEvent[] = [];
      for await (const event of scan.events()) {
        seen.push(event);
        if (kills >= ROUNDS || random() > 0.15 || event.type === 'deepAnalysisComplete') continue;
        kills += 1;
        await kill();
      }
      assertTellsEverySymbolOnce(seen);
    }
    const startMarketScan = () =>
      client.marketScans.start({ strategy: 'sma_cross', tickers: [...STOCKS, 'NOWHERE'] });
    const followed = collect((await startMarketScan()).events()); // is killed with the run
    for (let kills = 0; kills < RUN_ROUNDS; ) {
      const run = await client.runs.start({ limit: RUN_SYMBOLS, sniper_mode: 'strike' });
      const seen: RunEvent[] = [];
      for await (const event of run.events()) {
        seen.push(event);
        if (kills >= RUN_ROUNDS || random() > 0.3 || event.type === 'runEnded') continue;
        kills += 1;
        await kill();
      }
      assertTellsRun(seen, await run.result());
    }
    assertTellsMarketScan(await followed);
    for (let kills = 0; kills < MARKET_ROUNDS; ) {
      const scan = await startMarketScan();
      const seen: MarketScanEvent[] = [];
      for await (const event of scan.events()) {
        seen.push(event);
        if (kills >= MARKET_ROUNDS || random() > 0.1 || event.type !== 'progress') continue;
        kills += 1;
        await kill();
      }
      assertTellsMarketScan(seen);
    }
    client.close();
  }).timeout(600_000);

  it('F01: resumes phase 1 after kill -9 under the same id', async () => {
    const { url } = server;
    const waiting = fetch(`${url}/api/scanner/quick-scan`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': 'early' },
      body: JSON.stringify({ limit: 40 }),
    }).catch(() => null);
    const client = createScannerClient({ url });
    const scanId = await eventually(async () => {
      const { currentScanId } = (await client.status()).status;
      assert.ok(currentScanId);
      return currentScanId;
    });
    await server.end('SIGKILL');
    await waiting;
    server = await start();
    const { scan } = await createScannerClient({ url: server.url }).scan(scanId).result();
    assert.deepEqual(scan.totals, { requested: 40, completed: 40, failed: 0, skipped: 0 });
  }).timeout(60_000);

  it('F32: SIGTERM mid-scan with an event stream open ends at once with exit code 0, and the scan goes on', async () => {
    const { scanId } = await createScannerClient({ url: server.url }).quickScan({ limit: SYMBOLS });
    const stream = await fetch(`${server.url}/api/scanner/scans/${scanId}/events`, {
      headers: { accept: 'text/event-stream' },
    });
    const read = stream.text().catch(() => 'cut');
    const startedAt = performance.now();
    assert.deepEqual(await server.end('SIGTERM'), [0, null]);
    assert.ok(performance.now() - startedAt < 10_000);
    await read;
    server = await start();
    const { scan } = await createScannerClient({ url: server.url }).scan(scanId).result();
    assert.equal(scan.status, 'completed');
    assert.equal(scan.totals.completed, SYMBOLS);
  }).timeout(60_000);
});
