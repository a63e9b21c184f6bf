/*
 * Scan runs of 100 symbols on the simulated market through a whole server process: wall time per mode with nothing cached and again,
 * how the server answers a client that polls meanwhile, and how long its event loop is held.
 *   node --import tsx bench/scan-runs.bench.ts [--quick]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createScannerClient } from '@fast-scanner/client';
import { RUN_MODE_NAMES, type RunModeName, type RunResponse } from '@fast-scanner/shared';
import { startServerProcess } from '../test/support/server-process.ts';
import { median } from './support/measure.ts';
import { printTable } from './support/table.ts';

const SYMBOLS = 100;
const GOAL_MS = 5_000;
const MODES: readonly RunModeName[] = process.argv.includes('--quick') ? ['overwatch'] : RUN_MODE_NAMES;
const ROUNDS = process.argv.includes('--quick') ? 1 : 3;

interface Measured {
  readonly runMs: number;
  readonly pollsMs: readonly number[];
  readonly run: RunResponse;
  /** Delay of the event loop since the measurement before, 99 % quantile. */
  readonly loopP99Ms: number;
}

const percentile = (values: readonly number[], share: number) =>
  values.toSorted((left, right) => left - right)[Math.floor(share * (values.length - 1))] ?? Number.NaN;

/** Starts a run and asks for it over HTTP every 10 ms until it has ended. */
async function measure(url: string, mode: RunModeName): Promise<Measured> {
  const client = createScannerClient({ url });
  await readLoopP99Ms(url); // what was before the run does not count
  const startedAt = performance.now();
  const { runId } = await client.runs.start({ sniper_mode: mode, limit: SYMBOLS, meme_mode: true });
  const pollsMs: number[] = [];
  for (;;) {
    const askedAt = performance.now();
    const run: RunResponse = await (await fetch(`${url}/api/scanner/runs/${runId}`)).json();
    if (run.completed_at !== null) {
      const runMs = Date.parse(run.completed_at) - Date.parse(run.created_at);
      client.close();
      return { runMs, pollsMs, run, loopP99Ms: await readLoopP99Ms(url) };
    }
    pollsMs.push(performance.now() - askedAt);
    if (performance.now() - startedAt > 60_000) throw new Error('the run takes longer than a minute');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function readLoopP99Ms(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const value = /^nodejs_eventloop_delay_seconds\{quantile="0\.99"\} (\S+)$/m.exec(text)?.[1];
  return Number(value) * 1000;
}

async function measureRound(): Promise<ReadonlyMap<string, Measured>> {
  const folder = mkdtempSync(join(tmpdir(), 'fast-scanner-bench-'));
  const server = await startServerProcess({ DATA_DIR: folder });
  try {
    const results = new Map<string, Measured>();
    for (const mode of MODES) {
      for (const state of ['cold', 'again'] as const)
        results.set(`${mode}, ${state}`, await measure(server.url, mode));
    }
    return results;
  } finally {
    await server.end('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  }
}

const rounds: ReadonlyMap<string, Measured>[] = [];
for (let round = 0; round < ROUNDS; round += 1) rounds.push(await measureRound());

const names = [...(rounds[0]?.keys() ?? [])];
const rows = names.map((name) => {
  const measured = rounds.flatMap((round) => round.get(name) ?? []);
  const polls = measured.flatMap(({ pollsMs }) => pollsMs);
  const runMs = median(measured.map((one) => one.runMs));
  return [
    name,
    runMs.toFixed(0),
    `${(runMs / GOAL_MS).toFixed(2)} ×`,
    polls.length === 0 ? '–' : percentile(polls, 0.5).toFixed(1),
    polls.length === 0 ? '–' : percentile(polls, 0.99).toFixed(1),
    median(measured.map(({ loopP99Ms }) => loopP99Ms)).toFixed(1),
    measured[0]?.run.metadata?.summary ?? '',
  ];
});
printTable(
  `Scan runs of ${SYMBOLS} symbols on the demo market, polled every 10 ms (median of ${ROUNDS})`,
  ['mode', 'ms', `of ${GOAL_MS} ms`, 'GET p50 ms', 'GET p99 ms', 'loop p99 ms', 'outcome'],
  rows,
);
