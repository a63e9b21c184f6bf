/*
 * Market scans (Bollinger 20/2, costs included) by the server as it is shipped, built and in a process of its own, asked over HTTP: wall time
 * of the first one with nothing read and of later ones, how much memory the process has by then, how long its event loop is held, and a
 * sweep. Over the recorded S&P 500, when it is there, and over the simulated stocks.
 *   node --import tsx bench/market-scan.bench.ts [--quick]
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type MarketScanResultResponse, type SweepResult, sweepRequestSchema } from '@fast-scanner/shared';
import { type ServerProcess, startServerProcess } from '../test/support/server-process.ts';
import { median } from './support/measure.ts';
import { printTable } from './support/table.ts';

const QUICK = process.argv.includes('--quick');
const ROUNDS = QUICK ? 2 : 10;
const GOALS = { coldMs: 5_000, cachedMs: 1_000, rssMb: 400 } as const;

/** What the system this one takes its market scan from says of itself: 503 stocks in 9 min 23 s. */
const HEADLINE_MS_PER_STOCK = 563_000 / 503;

const RECORDED = new URL('../../shared/data/', import.meta.url).pathname;
const STRATEGY = 'bollinger_bands_strategy';
/** Ten periods times five widths. */
const GRID = { period: [5, 10, 15, 20, 25, 30, 40, 50, 75, 100], devfactor: [1, 1.5, 2, 2.5, 3] };

/** Which data, and what the server is told to find them. */
const SOURCES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  files: { DEFAULT_EXCHANGE: 'files', FILES_DIR: RECORDED, FILES_AS_OF: '2018-02-08' },
  demo: { DEFAULT_EXCHANGE: 'demo' },
};

async function post(url: string, body: object): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}

async function scan(server: ServerProcess): Promise<{ ms: number; result: MarketScanResultResponse }> {
  const startedAt = performance.now();
  const result = (await post(`${server.url}/market-scan`, {
    strategy: STRATEGY,
  })) as MarketScanResultResponse; // its answer
  return { ms: performance.now() - startedAt, result };
}

async function sweep({ url }: ServerProcess): Promise<SweepResult> {
  const request = sweepRequestSchema.parse({ strategy: STRATEGY, parameters: GRID });
  const { job_id } = (await post(`${url}/market-scan/sweep`, request)) as { job_id: string }; // its answer
  await (await fetch(`${url}/market-scan/stream/${job_id}`)).text(); // ends with the job
  const answer = await fetch(`${url}/market-scan/sweep/${job_id}`);
  if (!answer.ok) throw new Error(await answer.text());
  return (await answer.json()) as SweepResult; // its answer
}

async function readMetric(server: ServerProcess, name: string): Promise<number> {
  const text = await (await fetch(`${server.url}/metrics`)).text();
  const line = text.split('\n').find((one) => one.startsWith(`${name} `));
  return Number(line?.slice(name.length));
}

const rssMb = async (server: ServerProcess) =>
  (await readMetric(server, 'process_resident_memory_bytes')) / 2 ** 20;
const loopP99Ms = async (server: ServerProcess) =>
  1_000 * (await readMetric(server, 'nodejs_eventloop_delay_seconds{quantile="0.99"}'));

async function measure(name: string, server: ServerProcess): Promise<void> {
  await loopP99Ms(server); // what was before does not count
  const cold = await scan(server);
  const coldLoopMs = await loopP99Ms(server);
  const coldRssMb = await rssMb(server);
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) rounds.push((await scan(server)).ms);
  const cachedLoopMs = await loopP99Ms(server);
  const cachedRssMb = await rssMb(server);
  const { total_time, variants, failed } = await sweep(server);
  const { successful, stock_results } = cold.result;
  const candles = stock_results.reduce((sum, stock) => sum + stock.candles, 0);
  const row = (what: string, ms: number, units: number, rest: readonly [loopMs: number, mb: number]) => [
    what,
    ms.toFixed(0),
    ((successful * units) / (ms / 1_000)).toFixed(0),
    `${((candles * units) / ms / 1_000).toFixed(2)} M`,
    ...rest.map((value) => value.toFixed(0)),
    `${((HEADLINE_MS_PER_STOCK * successful * units) / ms).toFixed(0)} ×`,
  ];
  printTable(
    `${name}: ${successful} stocks, ${candles} candles`,
    ['', 'ms', 'stocks/s', 'candles/s', 'loop p99 ms', 'RSS MB', 'faster than the headline'],
    [
      row(`first scan (goal ≤ ${GOALS.coldMs} ms)`, cold.ms, 1, [coldLoopMs, coldRssMb]),
      row(`later, median of ${ROUNDS} (goal ≤ ${GOALS.cachedMs} ms)`, median(rounds), 1, [
        cachedLoopMs,
        cachedRssMb,
      ]),
      row(
        `sweep of ${variants.length} variants, ${failed} stocks too short`,
        total_time * 1_000,
        variants.length,
        [await loopP99Ms(server), await rssMb(server)],
      ),
    ],
  );
}

for (const [name, env] of Object.entries(SOURCES)) {
  if (name === 'files' && !existsSync(RECORDED)) {
    console.log('files: skipped: no recorded data');
    continue;
  }
  const folder = mkdtempSync(join(tmpdir(), 'fast-scanner-bench-'));
  const server = await startServerProcess({ DATA_DIR: folder, ...env });
  try {
    await measure(name, server);
  } finally {
    await server.end('SIGTERM');
    rmSync(folder, { recursive: true });
  }
}
console.log(
  `\nGoal for the memory of the process: < ${GOALS.rssMb} MB. Headline: 503 stocks in 9 min 23 s, downloads included.`,
);
